"""When applicants are told to expect their answer, and how far off that was, as operators see it."""

import random
import sqlite3
import time

from test_walk import handed_in, look
from walk import OPERATOR, sign_in, truth_of

FINISHED = "INSERT INTO applications_finished_rounds VALUES (?, 1, 'clothing', 'auto', ?, ?, 0, ?, 0, 0, 0)"
FORETOLD = "INSERT INTO applications_forecasts VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)"


def identifier(chance):
    """What an application of earlier days may have been called."""
    return "0" + "".join(chance.choices("0123456789abcdefghjkmnpqrstvwxyz", k=25))


def test_the_way_names_its_steps_and_their_times(page, papers, product, screen):
    address = handed_in(page, papers / "licence-02.jpg", truth_of(papers, "licence-02.jpg"), "晨光生活馆")
    page.goto(address)
    titles = [title.split("\n")[0] for title in page.locator(".journey h3").all_inner_texts()]
    steps = ["提交", "机审", "类目复核", "合同", "保证金", "支付进件", "开店"]
    assert [title for title, step in zip(titles, steps, strict=True) if not title.startswith(step)] == []
    assert page.get_by_text("默认估计").count() == 1 or page.get_by_text("按本平台最近").count() == 1
    assert "预计" in page.locator(".journey .now .expected").inner_text()
    look(page, screen, "progress-expected")

    chance, now = random.Random(f"way {page.size_name}"), int(time.time() * 1000)
    with sqlite3.connect(product.data / "ruzhu.sqlite", timeout=30) as database:
        for _ in range(60):
            database.execute(
                FINISHED, (identifier(chance), chance.randint(1, 7), now - 3_600_000, chance.randint(20, 90))
            )
    page.goto(address)
    assert page.get_by_text("按本平台最近").count() == 1
    look(page, screen, "progress-expected-own")


def test_operators_see_how_far_off_it_was(page, product, screen):
    chance, now = random.Random(f"errors {page.size_name}"), int(time.time() * 1000)
    with sqlite3.connect(product.data / "ruzhu.sqlite", timeout=30) as database:
        for _ in range(40):
            error = chance.randint(-90, 120)
            ended = now + error * 60_000
            database.execute(
                FORETOLD,
                (identifier(chance), chance.choice(["review", "opening"]), chance.choice(["clothing", "books"]))
                + (now - 3_600_000, now, now + 3_600_000, 45, ended, error),
            )
    sign_in(page, OPERATOR, "/staff/sign-in")
    page.goto("/staff/operations")
    look(page, screen, "operations-with-expected-times")
    page.click("text=预计时间准不准")
    assert page.locator("tbody tr").count() >= 4
    look(page, screen, "expected-times")
