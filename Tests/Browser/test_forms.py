"""What a form asks follows who applies and what is sold, at once and without JavaScript too."""

import re

import pytest
from walk import begin, choose_category, new_phone, sign_in

SUBJECTS = ["enterprise", "individual", "cooperative", "person", "crossborder"]
# 生鲜, 手机, 翡翠, 服饰, 奢侈品, 三类医疗器械, 图书, 教培, 酒, 宠物: a field that each brings, for those who may sell it.
CATEGORIES = {
    "fresh-fruit-vegetables": "qualifications.cold-chain.",
    "mobile-phone": "qualifications.ccc.number",
    "jade": "qualifications.gem-report.",
    "clothing": None,
    "luxury-new": "brands.r0001.certificate",
    "device-3": "qualifications.device-operation-3.number",
    "books": "qualifications.choice.",
    "vocational-training": "qualifications.",
    "liquor": "qualifications.alcohol-no-minors.promise",
    "pet-staple-food": "qualifications.",
}
ASKED = (
    "[name^='qualifications.'], [name^='brands.'], [name^='file.qualifications.'], [name^='file.brands.']"
)


def described(page, subject, categories):
    """The form of a selection as the API tells it."""
    query = "&".join([f"subject={subject}"] + [f"category={category}" for category in categories])
    return page.request.get(f"/api/forms?{query}").json()


def fields_of(form):
    """The names of inputs that papers and brands bring, from what the API says."""
    names = set()
    for step in form["ui"]["steps"]:
        for group in step["groups"]:
            for field in group["fields"]:
                if not field["path"].startswith(("/qualifications/", "/brands")) or "show_when" in field:
                    continue
                if field["widget"] == "list":
                    rows = [item for item in field["items"] if "show_when" not in item]
                    names |= {f"brands.r0001{item['path'].replace('/', '.')}" for item in rows}
                else:
                    names.add(field["path"][1:].replace("/", "."))
    return names


def fields_on(page):
    """The names of inputs that papers and brands bring, as the page shows them."""
    names = page.eval_on_selector_all(ASKED, "all => all.map(one => one.name)")
    return {re.sub(r"\.(year|month|day|forever)$", "", name.removeprefix("file.")) for name in names}


def offered(page, category):
    return page.locator(f"input[name='shop.categories'][value={category}]").count() > 0


def untick(page, category):
    box = page.locator(f"input[name='shop.categories'][value={category}]").first
    if not box.is_visible():
        page.locator(f"details:has(input[value={category}]) > summary").first.click()
    box.uncheck()


def switch(page, category, before, has_script):
    """Chooses one category instead of another, and lets the page follow."""
    if before:
        untick(page, before)
    choose_category(page, category)
    if not has_script:
        page.click("button:has-text('下一步')")
        page.wait_for_load_state()
        if "/steps/shop" not in page.url:
            page.goto(re.sub(r"/(steps/[a-z]+|review).*", "/steps/shop", page.url))


def waits_for(page, expected):
    """The page shows exactly these fields, sooner or later."""
    for _ in range(50):
        if fields_on(page) == expected:
            return
        page.wait_for_timeout(200)
    assert fields_on(page) == expected


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_fields_papers_deposit_and_route_follow_the_choice(request, subject, has_script):
    page = request.getfixturevalue("desk" if has_script else "plain")
    sign_in(page, new_phone())
    page.goto(begin(page, subject) + "/steps/shop")
    page.fill("[name='shop.name']", "十样铺子")
    before = None
    for category, sign in CATEGORIES.items():
        form = described(page, subject, [category])
        expected = fields_of(form)
        if not offered(page, category):
            assert category not in str(form["schema"]["properties"]["shop"]["properties"]["categories"]["items"]["enum"])
            continue
        switch(page, category, before, has_script)
        before = category
        waits_for(page, expected)
        if subject == "enterprise" and sign:
            assert any(name.startswith(sign) for name in expected), category
        if subject == "enterprise" and not sign:
            assert not expected, "clothes need no papers of their own"
        terms = page.locator("[data-terms]").inner_text()
        assert f"¥{form['deposit'] // 100:,}" in terms, category
        assert described_route(page, form) in terms, category
    assert page.input_value("[name='shop.name']") == "十样铺子", "nothing typed is lost on the way"


def described_route(page, form):
    """The Chinese name of a route, from the rules that everybody can read."""
    names = {
        "auto": "机审",
        "auto-sampled": "机审加抽检",
        "manual": "人工审核",
        "manual-expert": "人工审核加专家",
        "committee": "双人会签加专家",
    }
    return names[form["route"]]


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_switching_back_loses_nothing_typed(request, has_script):
    page = request.getfixturevalue("phone" if has_script else "plain")
    sign_in(page, new_phone())
    page.goto(begin(page) + "/steps/shop")
    page.fill("[name='shop.name']", "来回铺子")
    page.check("[name='shop.type'][value=ordinary]")
    switch(page, "mobile-phone", None, has_script)
    number = page.locator("[name='qualifications.ccc.number']")
    number.wait_for()
    number.fill("2020990101000001")
    number.blur()
    switch(page, "clothing", "mobile-phone", has_script)
    number.wait_for(state="detached")
    switch(page, "mobile-phone", "clothing", has_script)
    number.wait_for()
    assert number.input_value() == "2020990101000001"


def test_a_wrong_check_digit_is_told_when_the_field_is_left(desk):
    sign_in(desk, new_phone())
    desk.goto(begin(desk) + "/steps/confirm")
    code = desk.locator("[name='licence.creditCode']")
    code.fill("91330106MA9TE5T04A")
    assert not desk.locator(".error").count(), "nobody is told off while typing"
    desk.locator("[name='licence.name']").fill("禾穗知")
    desk.get_by_text("第 18 位校验码应为 E").first.wait_for()


def test_brands_are_added_and_taken_away_row_by_row(desk):
    sign_in(desk, new_phone())
    desk.goto(begin(desk) + "/steps/shop")
    desk.fill("[name='shop.name']", "双牌专营店")
    desk.check("[name='shop.type'][value=franchise]")
    choose_category(desk, "clothing")
    first = desk.locator("[name='brands.r0001.name']")
    first.wait_for()
    first.fill("青禾")
    desk.check("[name='brands.r0001.relation'][value=distributed]")
    desk.locator("[name='file.brands.r0001.subAuthorisation']").wait_for(state="attached")
    desk.click("button[value='add:/brands']")
    second = desk.locator("[name='brands.r0002.name']")
    second.wait_for()
    second.fill("白露")
    desk.click("button[value='remove:/brands/r0001']")
    first.wait_for(state="detached")
    assert second.input_value() == "白露", "the other row keeps its name and its address"
