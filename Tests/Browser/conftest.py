"""What every browser test stands on: the product, Debian's Chromium, and contexts of known sizes.

Tests ask for `phone`, `desk` or `plain` (no JavaScript) and get a page at the product's address; a page that
logs an error or throws fails its test. Pictures go to .local/screens/ with `screen("name")`.
"""

import os
import pathlib
import shutil

import pytest
from playwright.sync_api import sync_playwright

from product import BINARY, ROOT, Product

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
SCREENS = ROOT / ".local" / "screens"


@pytest.fixture(scope="session")
def papers():
    """The folder of sample papers with its truth.json."""
    folder = ROOT / ".local" / "papers"
    assert (folder / "truth.json").exists(), "no sample papers: run `make papers`"
    return folder


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """One running demo for the whole session."""
    assert BINARY.exists(), "the product is not built: run `make build`"
    running = Product(tmp_path_factory.mktemp("demo"), ROOT / ".local" / "logs" / "demo-under-test.log")
    running.log.unlink(missing_ok=True)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    executable = shutil.which("chromium")
    assert executable, "chromium is missing: run `make setup`"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, product):
    """Opens pages in contexts of their own: open_page(PHONE), open_page(DESK, java_script_enabled=False)."""
    contexts, faults = [], []

    def opened(device, **options):
        context = browser.new_context(base_url=product.address, **{**device, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: faults.append(f"{page.url}: {message.text}") if is_fault(message) else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "the browser's console shows errors:\n  " + "\n  ".join(faults)


def is_fault(message):
    # A refused form is an answer (422), which the browser logs as an error of its own.
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest.fixture
def phone(open_page):
    return open_page(PHONE)


@pytest.fixture
def desk(open_page):
    return open_page(DESK)


@pytest.fixture
def plain(open_page):
    """A telephone with JavaScript switched off."""
    return open_page(PHONE, java_script_enabled=False)


@pytest.fixture(params=["phone", "desk"])
def page(request, open_page):
    """The same test at 390 px and at 1440 px."""
    opened = open_page(PHONE if request.param == "phone" else DESK)
    opened.size_name = request.param
    return opened


@pytest.fixture
def screen():
    """Keeps a picture of the whole page: screen(page, "landing")."""

    def keep(page, name):
        path = pathlib.Path(SCREENS, f"{name}.png")
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(path), full_page=True)

    return keep
