"""The rules that everybody can read, and the desk where operators publish them."""

import pytest
from accessibility import assert_accessible
from conftest import DESK
from test_landing import overflow
from walk import OPERATOR, sign_in


@pytest.mark.parametrize("address", ["/rules", "/rules/生鲜", "/rules/history", "/rules?q=手机"])
def test_rules_are_readable_by_everybody(page, screen, address):
    page.goto(address)
    screen(page, f"rules-{address.count('/')}-{len(address)}-{page.size_name}")
    assert overflow(page) <= 0
    assert_accessible(page)


def test_rules_are_found_without_javascript(plain):
    plain.goto("/rules")
    plain.fill("[name=q]", "翡翠")
    plain.click("button:has-text('查找')")
    plain.get_by_text("珠宝玉石鉴定证书").first.wait_for()
    assert plain.get_by_text("¥50,000").count()
    assert plain.get_by_text("双人会签加专家").count()


def test_the_bundle_is_what_its_address_says(page):
    import hashlib

    page.goto("/rules")
    address = page.locator("a[href$='.json']").first.get_attribute("href")
    body = page.request.get(address).body()
    assert hashlib.sha256(body).hexdigest() in address


def test_operators_see_what_holds_and_strangers_do_not(open_page):
    desk = open_page(DESK)
    sign_in(desk, OPERATOR, "/staff/sign-in")
    desk.goto("/operations/packs")
    desk.get_by_text("现行规则").first.wait_for()
    assert_accessible(desk)
    assert overflow(desk) <= 0
    stranger = open_page(DESK)
    stranger.goto("/operations/packs")
    assert "/sign-in" in stranger.url
