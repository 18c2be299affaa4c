"""A photo arrives over a line that breaks: in the middle, over a reload, and when its last answer is lost."""

import base64

from playwright.sync_api import expect
from test_autosave import photo_field, with_brands

# Noise does not compress, so that this takes several parts.
DRAW = """async () => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1200;
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(1200, 1200);
    for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 == 3 ? 255 : Math.random() * 256;
    context.putImageData(pixels, 0, 0);
    const url = canvas.toDataURL("image/jpeg", 0.8);
    return url.slice(url.indexOf(",") + 1);
}"""


class Parts:
    """The parts of a photo on their way: each is noted; those after `limit` do not get through."""

    def __init__(self, page, limit):
        self.page = page
        self.limit = limit
        self.offsets = []
        self.arrived = []
        page.route("**/api/uploads/*", self.pass_on)

    def pass_on(self, route):
        if route.request.method != "PATCH":
            return route.continue_()
        offset = int(route.request.headers["upload-offset"])
        self.offsets.append(offset)
        if len(self.arrived) >= self.limit:
            return route.abort()
        self.arrived.append(offset)
        route.continue_()


def begin(page):
    """A photo that is being sent, and the selector of its place."""
    with_brands(page)
    field = photo_field(page)
    place = "#" + field.get_attribute("id").removesuffix("-file")
    picture = base64.b64decode(page.evaluate(DRAW))
    assert len(picture) > 700_000
    return field, place, {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture}


def shown(page, place):
    """The size of the picture that the server shows."""
    page.locator(f"{place} .picture").wait_for()
    return page.evaluate(
        "async (address) => (await (await fetch(address)).arrayBuffer()).byteLength",
        page.locator(f"{place} .picture img").first.get_attribute("src"),
    )


def test_a_photo_goes_on_where_it_was_when_the_line_is_back(desk):
    field, place, photo = begin(desk)
    parts = Parts(desk, 1)
    field.set_input_files(photo)
    words = desk.locator(f"{place} .sending-box p")
    expect(words).to_contain_text("连上后会接着传")
    desk.context.set_offline(True)
    expect(words).to_contain_text("连上后会接着传")
    desk.wait_for_timeout(1_000)
    parts.limit = 1_000
    desk.context.set_offline(False)
    assert shown(desk, place) > 700_000
    assert parts.arrived == sorted(set(parts.arrived)), "nothing that had arrived was sent again"
    assert parts.arrived[0] == 0 and len(parts.arrived) > 1


def test_a_photo_goes_on_after_a_reload(desk):
    field, place, photo = begin(desk)
    parts = Parts(desk, 1)
    field.set_input_files(photo)
    expect(desk.locator(f"{place} .sending-box p")).to_contain_text("连上后会接着传")
    desk.reload()
    parts.limit = 1_000
    assert shown(desk, place) > 700_000
    assert parts.arrived == sorted(set(parts.arrived)), "what had arrived before was not sent again"
    desk.reload()
    desk.locator(f"{place} .picture").wait_for()
    assert not desk.locator(f"{place} .sending-box:not([hidden])").count(), "it is over"


def test_a_photo_whose_last_answer_was_lost_is_there_once(desk):
    field, place, photo = begin(desk)
    lost = []

    def lose(route):
        body = route.request.post_data_buffer or b""
        if route.request.method != "POST" or b'name="upload.' not in body or lost:
            return route.continue_()
        lost.append(body)
        route.fetch(max_redirects=0)
        route.abort()  # the server did it, but its answer is lost

    desk.route("**/steps/**", lose)
    field.set_input_files(photo)
    assert shown(desk, place) > 700_000
    assert len(lost) == 1


def test_what_is_no_photo_is_told_at_its_field(desk):
    field, place, _ = begin(desk)
    field.set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>" * 99})
    expect(desk.locator(f"{place} .sending-box p")).to_contain_text("这个文件不是照片")
    assert not desk.locator(f"{place} .picture").count()
