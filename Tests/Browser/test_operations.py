"""The operators' page: what is stuck, and what they do about it."""

import json
import sqlite3
import time

import pytest
from accessibility import assert_accessible
from conftest import DESK, PHONE
from test_landing import overflow
from walk import OPERATOR, sign_in

HANDLER = "stores.open-store"


def stick(product, number):
    """Leaves an event as six failed attempts leave it: about an application that nobody ever handed in."""
    application = f"01m{number:023d}"
    stream = f"application/{application}"
    now = int(time.time() * 1000)
    payload = {
        "application": application,
        "person": application,
        "stage": "opening",
        "round": 1,
        "pack": "none",
        "categories": [],
    }
    with sqlite3.connect(product.data / "ruzhu.sqlite", timeout=10) as database:
        database.execute("INSERT INTO work_streams (stream, head) VALUES (?, 1)", [stream])
        database.execute(
            "INSERT INTO work_events (stream, number, name, payload, at, is_fanned) VALUES (?, 1, ?, ?, ?, 1)",
            [stream, "applications.stage_requested", json.dumps(payload), now],
        )
        database.execute(
            "INSERT INTO work_cursors"
            " (handler, stream, delivered, head, due_since, retry_at, attempts, error, parked_at) VALUES"
            " (?, ?, 0, 1, ?, ?, 6, 'MissingSubmission', ?)",
            [HANDLER, stream, now, now, now],
        )
    database.close()
    return stream


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_stuck_event_is_skipped_with_a_reason(open_page, product, screen, device):
    stream = stick(product, 1 if device is PHONE else 2)
    page = open_page(device)
    sign_in(page, OPERATOR, "/staff/sign-in")
    page.goto("/staff/operations")
    row = page.locator("tr", has_text=stream).first
    row.locator("summary").click()
    assert_accessible(page)
    assert overflow(page) <= 0
    screen(page, "operations-phone" if device is PHONE else "operations-desk")
    # Without a reason the browser keeps the form.
    row.get_by_role("button", name="跳过 1 号事件").click()
    assert row.locator("[name=reason]").evaluate("field => field.validity.valueMissing")
    row.locator("[name=reason]").fill("测试数据，没有这份申请")
    row.get_by_role("button", name="跳过 1 号事件").click()
    page.locator("tr", has_text="测试数据，没有这份申请").filter(has_text=stream).wait_for()
    assert page.locator("tr", has_text=stream).get_by_text("MissingSubmission").count() == 0
    assert overflow(page) <= 0


def test_replaying_says_first_what_it_means(open_page, screen):
    page = open_page(PHONE)
    sign_in(page, OPERATOR, "/staff/sign-in")
    page.goto("/staff/operations")
    page.get_by_role("link", name="重放 开店").click()
    page.get_by_text("重放意味着什么").wait_for()
    assert_accessible(page)
    assert overflow(page) <= 0
    screen(page, "operations-replay-phone")
