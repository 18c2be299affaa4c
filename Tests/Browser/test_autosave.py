"""What somebody types is kept: on a slow line, in two tabs, while photos go up, and when a save fails."""

import re

import pytest
from playwright.sync_api import expect
from walk import begin, choose_category, new_phone, sign_in

NAME = "[name='shop.name']"
ROWS = "[name^='brands.'][name$='.name']"
ADD = "button[value='add:/brands']"


def wish_of(request):
    """What the form wants of a request: auto, upload, add:…; None for one that only reads."""
    if request.method != "POST" or "/steps/" not in request.url:
        return None
    body = request.post_data_buffer or b""
    found = re.search(rb'(?:name="go"\r\n\r\n|(?:^|&)go=)([a-z]+)', body)
    return found.group(1).decode() if found else None


class Line:
    """The way to the server: what goes over it is noted, and may be held up, cut, lost or dropped."""

    def __init__(self, page):
        self.page = page
        self.sent = []
        self.held = []
        self.stops = set()
        self.cuts = set()
        self.losses = set()
        self.drops = set()
        page.route("**/steps/**", self.pass_on)

    def pass_on(self, route):
        wish = wish_of(route.request)
        if wish is None:
            return route.continue_()
        self.sent.append((wish, route.request.post_data_buffer or b""))
        if wish in self.cuts:
            route.abort()
        elif wish in self.losses:
            route.fetch(max_redirects=0)
            route.abort()  # the server did it, but its answer is lost
        elif wish in self.drops:
            route.fulfill(status=204)  # the browser stays where it is, as after its stop button
        elif wish in self.stops:
            self.held.append(route)
        else:
            route.continue_()

    def wait_for(self, wish, count=1):
        """Until so many requests of this wish were sent."""
        for _ in range(300):
            if sum(1 for known, _ in self.sent if known == wish) >= count:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"only {[known for known, _ in self.sent]} went out, no {wish}")

    def release(self):
        self.stops.clear()
        for route in self.held:
            route.continue_()
        self.held.clear()


def saved(page):
    """Everything typed so far is with the server."""
    expect(page.locator("#saved")).to_contain_text("已自动保存")


def shop(page):
    """A new application's step with the shop's name, its categories and brands."""
    sign_in(page, new_phone())
    address = begin(page) + "/steps/shop"
    page.goto(address)
    return address


def with_brands(page):
    address = shop(page)
    page.check("[name='shop.type'][value=franchise]")
    choose_category(page, "clothing")
    page.locator(ROWS).first.wait_for()
    saved(page)
    return address


def photo_field(page):
    """A picture of a brand's paper, which is asked for on the page that asks for its name."""
    page.check("[name='brands.r0001.relation'][value=distributed]")
    field = page.locator("input[name^='file.brands.r0001.']").first
    field.wait_for(state="attached")
    saved(page)
    return field


def test_what_is_typed_during_an_upload_stays(desk, papers):
    with_brands(desk)
    field = photo_field(desk)
    place = "#" + field.get_attribute("id").removesuffix("-file")
    desk.fill(NAME, "传照片之前")
    saved(desk)
    line = Line(desk)
    line.stops.add("upload")
    field.set_input_files(str(papers / "licence-00.jpg"))
    line.wait_for("upload")
    desk.fill(NAME, "传照片的时候")
    line.wait_for("auto")
    saved(desk)
    desk.fill("[name='brands.r0001.name']", "青禾")
    line.release()
    desk.locator(f"{place} .picture").wait_for()
    assert desk.input_value(NAME) == "传照片的时候"
    assert desk.input_value("[name='brands.r0001.name']") == "青禾"
    body = next(body for wish, body in line.sent if wish == "upload")
    assert b'name="shop.name"' not in body and b'name="_csrf"' in body, "a photo goes alone"
    line.wait_for("auto", 2)
    saved(desk)
    desk.reload()
    assert desk.input_value(NAME) == "传照片的时候"
    assert desk.input_value("[name='brands.r0001.name']") == "青禾"
    assert desk.locator(f"{place} .picture").count(), "the photo is there too"


def test_a_second_photo_waits_for_the_first(desk, papers):
    with_brands(desk)
    photo_field(desk)
    desk.click(ADD)
    desk.check("[name='brands.r0002.relation'][value=distributed]")
    second = desk.locator("input[name^='file.brands.r0002.']").first
    second.wait_for(state="attached")
    saved(desk)
    line = Line(desk)
    line.stops.add("upload")
    fields = [desk.locator("input[name^='file.brands.r0001.']").first, second]
    places = ["#" + field.get_attribute("id").removesuffix("-file") for field in fields]
    for field in fields:
        field.set_input_files(str(papers / "licence-00.jpg"))
    line.wait_for("upload")
    expect(desk.locator(f"{places[1]} .sending-box p")).to_have_text("等前一张照片传完…")
    line.release()
    for place in places:
        desk.locator(f"{place} .picture").wait_for()
        assert not desk.locator(f"{place} .sending-box:not([hidden])").count()
    bodies = [body for wish, body in line.sent if wish == "upload"]
    assert [body.count(b'name="upload.') for body in bodies] == [1, 1], "each photo has a request of its own"


def test_a_tab_does_not_clear_what_another_one_saved(desk):
    address = with_brands(desk)
    other = desk.context.new_page()
    other.goto(address)
    other.fill(NAME, "第二个标签页")
    saved(other)
    desk.fill("[name='brands.r0001.name']", "青禾")
    saved(desk)
    other.reload()
    assert other.input_value(NAME) == "第二个标签页"
    assert other.input_value("[name='brands.r0001.name']") == "青禾"


def test_a_part_of_a_date_goes_with_its_others(desk):
    with_brands(desk)
    day = "[name='brands.r0001.validTo.{}']"
    desk.locator(day.format("year")).wait_for()
    line = Line(desk)
    for part, text in {"year": "2030", "month": "5", "day": "8"}.items():
        desk.fill(day.format(part), text)
    line.wait_for("auto")
    saved(desk)
    count = len(line.sent)
    desk.fill(day.format("day"), "9")
    line.wait_for("auto", count + 1)
    body = line.sent[-1][1].decode()
    assert "validTo.year=2030" in body and "validTo.day=9" in body and "shop.name" not in body


def test_what_is_cleared_while_a_save_is_under_way_stays_clear(desk):
    shop(desk)
    line = Line(desk)
    line.stops.add("auto")
    desk.fill(NAME, "写错的名字")
    line.wait_for("auto")
    desk.fill(NAME, "")
    desk.locator(NAME).blur()
    line.release()
    line.wait_for("auto", 2)
    saved(desk)
    assert desk.input_value(NAME) == ""
    desk.reload()
    assert desk.input_value(NAME) == ""


def test_a_row_is_added_although_a_save_is_under_way(desk):
    with_brands(desk)
    line = Line(desk)
    line.stops.add("auto")
    desk.fill("[name='brands.r0001.name']", "青禾")
    line.wait_for("auto")
    desk.click(ADD)
    line.release()
    expect(desk.locator(ROWS)).to_have_count(2)
    expect(desk.locator("[name='brands.r0002.name']")).to_be_focused()
    assert desk.input_value("[name='brands.r0001.name']") == "青禾"


@pytest.mark.parametrize("way", ["cut", "lost"])
def test_a_row_comes_once_although_the_line_failed(desk, way):
    with_brands(desk)
    line = Line(desk)
    failing = line.cuts if way == "cut" else line.losses
    failing.add("add")
    desk.click(ADD)
    expect(desk.locator("#saved")).to_contain_text("还没有加上")
    failing.clear()
    expect(desk.locator(ROWS)).to_have_count(2)
    desk.reload()
    assert desk.locator(ROWS).count() == 2


def test_a_failed_save_is_told_and_tried_again(desk):
    shop(desk)
    line = Line(desk)
    line.cuts.add("auto")
    desk.fill(NAME, "断网时的名字")
    expect(desk.locator("#saved")).to_contain_text("没有保存上，网络恢复后会再试")
    line.cuts.clear()
    saved(desk)
    desk.reload()
    assert desk.input_value(NAME) == "断网时的名字"


@pytest.mark.parametrize("way", ["typing", "hiding"])
def test_saving_goes_on_after_a_submit_was_stopped(desk, way):
    shop(desk)
    line = Line(desk)
    line.drops.add("next")
    desk.click("button.btn-go[value=next]")
    line.wait_for("next")
    desk.fill(NAME, "停下以后")
    if way == "hiding":
        desk.evaluate(
            "Object.defineProperty(document, 'hidden', { get: () => true });"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    line.wait_for("auto")
    saved(desk)
    desk.reload()
    assert desk.input_value(NAME) == "停下以后"
