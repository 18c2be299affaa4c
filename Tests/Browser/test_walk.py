"""From a photo of a licence to an open shop, at both sizes, without JavaScript, and where it goes another way."""

import re

from accessibility import assert_accessible
from conftest import DESK, PHONE
from test_landing import overflow
from walk import (
    ACCOUNT,
    CONFIRMED,
    PERSON,
    REVIEWER,
    begin,
    choose_category,
    claim,
    confirm,
    fill_people,
    fill_shop,
    hand_in,
    is_filled,
    new_phone,
    sign_in,
    truth_of,
    upload,
    wait_for_state,
)


def look(page, screen, name):
    """What is asked of every page: nothing hangs over, nobody is shut out; and a picture to look at."""
    screen(page, f"{name}-{page.size_name}")
    assert overflow(page) <= 0, f"{name} is wider than its window"
    assert_accessible(page)


def handed_in(page, picture, truth, shop):
    """Somebody's application, in review. Returns its address."""
    sign_in(page, new_phone())
    address = begin(page)
    upload(page, picture)
    page.click("button:has-text('下一步')")
    confirm(page, truth, CONFIRMED)
    fill_shop(page, shop)
    fill_people(page)
    hand_in(page)
    wait_for_state(page, address, "资料正在审核")
    return address


def test_walk_with_changes_to_the_open_shop(page, open_page, papers, screen):
    truth = truth_of(papers, "licence-02.jpg")
    page.goto("/sign-in")
    look(page, screen, "sign-in")
    sign_in(page, new_phone())
    look(page, screen, "applications-empty")
    address = begin(page)
    look(page, screen, "step-licence")
    assert "读出" in upload(page, papers / "licence-02.jpg")
    look(page, screen, "step-licence-read")
    page.click("button:has-text('下一步')")
    page.wait_for_url("**/steps/confirm")
    look(page, screen, "step-confirm")
    read = [name for name, path in CONFIRMED.items() if is_filled(page, path, truth[name])]
    assert "统一社会信用代码" in read and len(read) >= 6, f"read only {read}"
    confirm(page, truth, CONFIRMED)
    page.wait_for_url("**/steps/shop")
    look(page, screen, "step-shop")
    fill_shop(page)
    page.wait_for_url("**/steps/people")
    look(page, screen, "step-people")
    fill_people(page)
    page.wait_for_url("**/review")
    look(page, screen, "review")
    assert PERSON["legalRepresentative.idNumber"] not in page.content()
    hand_in(page)
    wait_for_state(page, address, "资料正在审核")
    look(page, screen, "progress")

    reviewer = open_page(PHONE if page.size_name == "phone" else DESK)
    reviewer.size_name = page.size_name
    sign_in(reviewer, REVIEWER, "/staff/sign-in")
    reviewer.goto("/staff/queue")
    look(reviewer, screen, "queue")
    claim(reviewer, truth["名称"])
    look(reviewer, screen, "case")
    assert ACCOUNT not in reviewer.content(), "an account number is masked until somebody asks for it"
    note = reviewer.locator("[name='comment./settlement/bank']")
    if not note.is_visible():
        note.locator("xpath=ancestor::details[1]/summary").click()
    note.fill("请写到支行")
    reviewer.locator("button[name=decision][value=changes]").click()
    reviewer.wait_for_url(lambda url: "/staff/" in url)

    wait_for_state(page, address, "要改一下")
    look(page, screen, "progress-changes")
    page.click("a:has-text('去修改')")
    page.wait_for_url("**/steps/people**")
    look(page, screen, "step-changes")
    assert page.get_by_text("请写到支行").count()
    assert page.locator("#f-settlement-accountNumber").get_attribute("readonly") is not None
    assert not page.locator("[name='settlement.accountNumber']").count(), "what is masked must not be sent back"
    page.fill("[name='settlement.bank']", "招商银行杭州文三路支行")
    page.click("button:has-text('去提交')")
    hand_in(page)
    wait_for_state(page, address, "资料正在审核")

    claim(reviewer, truth["名称"])
    look(reviewer, screen, "case-second-round")
    reviewer.locator("button[name=decision][value=approve]").click()
    wait_for_state(page, address, "开张了")
    look(page, screen, "progress-open")
    page.click("a:has-text('去我的店铺')")
    page.wait_for_url("**/first-day")
    assert page.get_by_role("textbox", name="公示页的链接").input_value().endswith("/licence")
    page.get_by_role("button", name="在商城后台上架第一件商品：做完了").click()
    page.get_by_text("做完 1 件").wait_for()
    page.evaluate("scrollTo(0, 0)")
    look(page, screen, "first-day")
    page.get_by_role("button", name="复制链接").click()
    page.get_by_role("button", name=re.compile("已复制|请选中后复制")).wait_for()
    page.locator("a.back").click()
    page.get_by_text("第一天还有").wait_for()
    look(page, screen, "shop")
    page.locator("a[href$='/licence']").first.click()
    page.wait_for_url("**/licence")
    look(page, screen, "shop-licence")
    for name in ("统一社会信用代码", "名称", "法定代表人", "住所"):
        assert page.get_by_text(truth[name]).count(), f"{name} is not shown in public"


def test_walk_without_javascript(plain, open_page, papers):
    truth = truth_of(papers, "licence-01.jpg")
    sign_in(plain, new_phone())
    address = begin(plain)
    upload(plain, papers / "licence-01.jpg", has_script=False)
    plain.click("button:has-text('下一步')")
    confirm(plain, truth, CONFIRMED)
    fill_shop(plain, "朝暮原")
    fill_people(plain)
    hand_in(plain)
    wait_for_state(plain, address, "资料正在审核")

    reviewer = open_page(DESK, java_script_enabled=False)
    sign_in(reviewer, REVIEWER, "/staff/sign-in")
    claim(reviewer, truth["名称"])
    reviewer.locator("button[name=decision][value=approve]").click()
    wait_for_state(plain, address, "开张了")


def test_rejection_tells_why(desk, open_page, papers):
    truth = truth_of(papers, "licence-03.jpg")
    address = handed_in(desk, papers / "licence-03.jpg", truth, "半亩塘")

    reviewer = open_page(DESK)
    sign_in(reviewer, REVIEWER, "/staff/sign-in")
    claim(reviewer, truth["名称"])
    reviewer.select_option("[name=reason]", "category.not_covered")
    reviewer.fill("[name=note]", "执照的经营范围里没有服装")
    reviewer.locator("button[name=decision][value=reject]").click()
    wait_for_state(desk, address, "没有通过")
    assert desk.get_by_text("执照的经营范围里没有服装").count()


def test_withdrawal_while_a_reviewer_has_the_case_open(desk, open_page, papers):
    truth = truth_of(papers, "licence-04.jpg")
    address = handed_in(desk, papers / "licence-04.jpg", truth, "一苇行")

    reviewer = open_page(DESK)
    sign_in(reviewer, REVIEWER, "/staff/sign-in")
    claim(reviewer, truth["名称"])
    desk.click("summary:has-text('撤回申请')")
    desk.click("button:has-text('确定撤回')")
    wait_for_state(desk, address, "你撤回了这份申请")
    reviewer.locator("button[name=decision][value=approve]").click()
    reviewer.get_by_text(re.compile("撤回")).first.wait_for()
    wait_for_state(desk, address, "你撤回了这份申请")


def test_food_asks_which_permit_and_then_for_that_one_at_once(page, screen):
    sign_in(page, new_phone())
    address = begin(page)
    page.goto(address + "/steps/shop")
    number = page.locator("[name='qualifications.food-operation.number']")
    assert not number.count()
    page.fill("[name='shop.name']", "拾味铺子")
    page.check("[name='shop.type'][value=ordinary]")
    choose_category(page, "snacks")
    page.locator("[name^='qualifications.choice.'][value=food-operation]").check()
    number.fill("JY13301060999992")
    page.click("button.btn-go[value=next]")
    page.locator(".summary").wait_for()
    look(page, screen, "step-shop-errors")
    assert number.input_value() == "JY13301060999992"
    assert page.input_value("[name='shop.name']") == "拾味铺子"
