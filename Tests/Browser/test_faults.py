"""What people see when something dies under them."""

import os
import pathlib
import signal
import time

import pytest
from conftest import DESK
from product import Product
from walk import begin, fill_shop, new_phone, sign_in, truth_of


def readers(pid):
    """The recognition processes that belong to a product, by its process group."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        if b"recognition-worker" in words and parent == pid:
            found.append(int(entry.name))
    return found


@pytest.fixture
def own_product(tmp_path):
    """A demo of this test's own, to be harmed by it."""
    running = Product(tmp_path / "demo", tmp_path / "demo.log").start()
    yield running
    running.stop()


@pytest.fixture
def own_page(browser, own_product):
    with browser.new_context(base_url=own_product.address, **DESK) as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


def test_a_picture_is_read_although_its_reader_was_killed(own_product, own_page, papers):
    sign_in(own_page, new_phone())
    begin(own_page)
    own_page.set_input_files("input[type=file]", str(papers / "licence-00.jpg"))
    own_page.locator(".picture .tag").first.wait_for()
    killed = readers(own_product.process.pid)
    assert killed, "no recognition process is running"
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    own_page.locator(".picture .tag-ok").first.wait_for(timeout=60_000)
    assert truth_of(papers, "licence-00.jpg")["名称"] in own_page.locator(".picture").inner_text()
    assert readers(own_product.process.pid) != killed


def test_what_was_acknowledged_survives_a_kill(own_product, own_page):
    sign_in(own_page, new_phone())
    address = begin(own_page)
    own_page.goto(address + "/steps/shop")
    fill_shop(own_page, "断电也不丢")
    own_page.wait_for_url("**/steps/people")
    own_product.process.kill()
    own_product.process.wait()
    deadline = time.monotonic() + 10
    while readers(own_product.process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not readers(own_product.process.pid), "the recognition process outlives the product"
    own_product.process = None
    own_product.start()
    own_page.goto(address + "/steps/shop")
    assert own_page.input_value("[name='shop.name']") == "断电也不丢"
