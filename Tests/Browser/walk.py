"""The steps of the walk, as people do them: each waits for what a person would wait for."""

import itertools
import json
import re

from playwright.sync_api import TimeoutError

REVIEWER = "13900008801"
OPERATOR = "13900008802"
PERSON = {"legalRepresentative.idNumber": "330106199001019979", "contact.phone": "13588889999"}
ACCOUNT = "1202020609999991234"

_phones = itertools.count(30)


def new_phone():
    """A phone number that nobody has used in this run, even as a message box shows it (136****0030)."""
    return f"1367788{next(_phones):04d}"


def codes_sent(page, phone):
    """The codes that the demo's message box shows for a phone, the newest first, read in a tab of its own."""
    box = page.context.new_page()
    try:
        box.goto("/demo/messages")
        texts = box.locator(".sms li", has_text=f"{phone[:3]}****{phone[-4:]}").all_inner_texts()
        return [code for text in texts for code in re.findall(r"验证码 (\d{6})", text)]
    finally:
        box.close()


def new_code(page, phone, before):
    """The code that came since `before` was read: an older one would be refused."""
    for _ in range(100):
        codes = codes_sent(page, phone)
        if len(codes) > len(before):
            return codes[0]
        page.wait_for_timeout(200)
    raise AssertionError(f"no new code came for {phone}")


def sign_in(page, phone, door="/sign-in"):
    before = codes_sent(page, phone)
    page.goto(door)
    page.fill("#phone", phone)
    if page.locator("#consent").count():
        page.check("#consent")
    page.click("button:has-text('获取验证码')")
    page.wait_for_url("**/code**")
    page.fill("#code", new_code(page, phone, before))
    try:
        # With JavaScript the sixth digit sends the form by itself.
        page.wait_for_url(lambda url: "/sign-in" not in url, timeout=1_500)
    except TimeoutError:
        # Without it, or on a busy machine: a form that is being sent is not sent again.
        if page.locator("form.sending").count() == 0 and "/code" in page.url:
            page.locator("form:has(#code) button[type=submit]").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)


def begin(page, subject="enterprise"):
    """A new application of a kind of applicant. Returns its address."""
    page.goto("/applications/new")
    page.click(f"button[name=subject][value={subject}]")
    page.wait_for_url("**/steps/**")
    return re.sub(r"/steps/.*", "", page.url)


def upload(page, picture, has_script=True):
    """Hands in a photo and waits until it was read, or until the page says that it was not."""
    page.set_input_files("input[type=file]", str(picture))
    if not has_script:
        page.click("button:has-text('上传这张照片')")
    settled = page.locator(".picture .tag-ok, .picture .tag-warn").first
    for _ in range(60):
        try:
            settled.wait_for(timeout=1_000)
            return settled.inner_text()
        except Exception:
            if not has_script:
                page.reload()
    raise AssertionError("the picture was never read")


def confirm(page, truth, paths):
    """Puts right what was read, as somebody would who has the paper in hand."""
    for name, path in paths.items():
        if not truth.get(name):
            continue
        if path.endswith("On"):
            fill_date(page, path, truth[name])
        elif page.input_value(f"[name='{path}']") != truth[name]:
            page.fill(f"[name='{path}']", truth[name])
    page.click("button:has-text('下一步')")


def is_filled(page, path, text):
    """Whether a field holds what the paper says; a date in its three parts."""
    if not path.endswith("On"):
        return page.input_value(f"[name='{path}']") == text
    parts = [page.input_value(f"[name='{path}.{part}']") for part in ("year", "month", "day")]
    return [int(part or 0) for part in parts] == [int(digits) for digits in re.findall(r"\d+", text)]


def fill_date(page, path, text):
    """Puts a day into its three parts, from the way papers print it."""
    for part, digits in zip(["year", "month", "day"], re.findall(r"\d+", text)):
        field = f"[name='{path}.{part}']"
        if page.input_value(field).lstrip("0") != digits.lstrip("0"):
            page.fill(field, digits)


CONFIRMED = {
    "统一社会信用代码": "licence.creditCode",
    "名称": "licence.name",
    "类型": "licence.type",
    "法定代表人": "licence.legalRepresentative",
    "注册资本": "licence.capital",
    "成立日期": "licence.establishedOn",
    "住所": "licence.address",
    "经营范围": "licence.scope",
}


def choose_category(page, category):
    """Ticks a category, opening its trade first."""
    box = page.locator(f"input[name='shop.categories'][value={category}]").first
    if not box.is_visible():
        page.locator(f"details:has(input[value={category}]) > summary").first.click()
    box.check()


def fill_shop(page, name="晨光生活馆", category="clothing"):
    page.wait_for_url("**/steps/shop")
    page.fill("[name='shop.name']", name)
    page.check("[name='shop.type'][value=ordinary]")
    choose_category(page, category)
    page.click("button:has-text('下一步')")


def fill_people(page, contact="欧阳惜墨"):
    page.wait_for_url("**/steps/people")
    for name, value in PERSON.items():
        page.fill(f"[name='{name}']", value)
    page.fill("[name='contact.name']", contact)
    page.fill("[name='settlement.bank']", "招商银行杭州西湖支行")
    page.fill("[name='settlement.accountNumber']", ACCOUNT)
    page.click("button:has-text('下一步')")


def hand_in(page):
    page.wait_for_url("**/review")
    page.check("#truth")
    page.click("button:has-text('提交')")
    page.wait_for_url(re.compile(r"/applications/[0-9a-z]{26}$"))


def wait_for_state(page, address, words):
    """Looks at the progress page until it says so."""
    for _ in range(60):
        page.goto(address)
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{address} never said {words}: {page.locator('main').inner_text()[:400]}")


def claim(page, company):
    """Takes the company's newest case from the queue; the demo's own data may hold an older one."""
    page.goto("/staff/queue")
    row = page.locator("tr, article, li").filter(has_text=company).last
    row.locator("form[action$='/claim'] button").click()
    page.wait_for_url("**/staff/cases/**")


def truth_of(papers, name):
    return json.loads((papers / "truth.json").read_text())[name]
