"""The page that a shop owner sees first."""

import gzip
import json
import urllib.error
import urllib.request

from accessibility import assert_accessible
from conftest import PHONE
from loading import measure

LARGEST_PAINT = 1500
SHIFT = 0.02
BYTES = 60 * 1024


def overflow(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_landing_is_accessible_and_fits(page, screen):
    assert page.goto("/").status == 200
    page.wait_for_load_state("load")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("h1").count() == 1
    assert overflow(page) <= 0
    screen(page, f"landing-{page.size_name}")
    assert_accessible(page)


def test_landing_works_without_javascript(plain):
    assert plain.goto("/").status == 200
    assert plain.locator("h1").is_visible()
    assert plain.locator("a[href], button").count() > 0


def test_landing_is_fast_on_a_cheap_telephone(browser, product, record_property):
    loading = measure(browser, product.address + "/", **PHONE)
    record_property("loading", str(loading))
    print(loading)
    assert loading.largest_paint <= LARGEST_PAINT, str(loading)
    assert loading.shift <= SHIFT, str(loading)
    assert loading.bytes <= BYTES, str(loading)


def test_assets_are_compressed_and_cached_for_ever(page, product):
    addresses = []
    page.on("response", lambda response: addresses.append(response.url) if "/assets/" in response.url else None)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert addresses
    for address in addresses:
        request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            assert "immutable" in answer.headers["Cache-Control"], address
            body = answer.read()
            if answer.headers["Content-Encoding"] == "gzip":
                assert gzip.decompress(body)


def test_health_answers(product):
    for path in ("/health/live", "/health/ready"):
        with urllib.request.urlopen(product.address + path) as answer:
            assert answer.status == 200


def test_unknown_addresses_are_refused_in_words(page, product):
    assert page.goto("/没有这一页").status == 404
    request = urllib.request.Request(product.address + "/nothing", headers={"Accept": "application/json"})
    try:
        urllib.request.urlopen(request)
        raise AssertionError("a page that does not exist was found")
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 404
        assert refusal.headers["Content-Type"].startswith("application/problem+json")
        assert json.load(refusal)["status"] == 404
