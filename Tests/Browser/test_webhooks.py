"""What the mall hears and fetches, judged by the reference library and by the code that docs/webhooks.md shows."""

import datetime
import json
import os
import re
import signal
import sqlite3
import urllib.error
import urllib.request

import pytest
from accessibility import assert_accessible
from conftest import DESK, PHONE
from product import ROOT, Product
from receiver import Receiver
from standardwebhooks import Webhook, WebhookVerificationError
from test_landing import overflow
from walk import OPERATOR, REVIEWER, sign_in


def documented_verify():
    """The function that receivers copy out of the manual."""
    text = (ROOT / "docs" / "webhooks.md").read_text()
    names = {}
    exec(re.search(r"```python\n(.*?)```", text, re.S).group(1), names)
    return names["verify"]


@pytest.fixture
def mall(tmp_path, monkeypatch):
    """A receiver, and a demo of its own that may call it."""
    with Receiver() as receiver:
        monkeypatch.setenv("RUZHU_WEBHOOK_HOSTS", receiver.host)
        monkeypatch.setenv("RUZHU_SUPPORT", "商城招商热线 400-000-0000，每天 9–21 点")
        product = Product(tmp_path / "demo", tmp_path / "demo.log").start()
        yield product, receiver
        product.stop()


def look(page, screen, name):
    screen(page, name)
    assert overflow(page) <= 0, f"{name} is wider than its window"
    assert_accessible(page)


def register(page, address, name="商城店铺中心"):
    """A new endpoint. Returns its secret; the page is then the endpoint's."""
    page.goto("/operations/webhooks")
    page.fill("#description", name)
    page.fill("#address", address)
    page.click("button:has-text('登记')")
    secret = page.input_value("#secret")
    page.click("a:has-text('我已保存')")
    return secret


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_operators_register_test_rotate_and_replay(browser, mall, screen, device):
    product, receiver = mall
    size = "phone" if device is PHONE else "desk"
    with browser.new_context(base_url=product.address, **device) as context:
        context.set_default_timeout(15_000)
        page = context.new_page()
        sign_in(page, OPERATOR, "/staff/sign-in")
        page.goto("/operations/webhooks")
        look(page, screen, f"webhooks-empty-{size}")
        page.fill("#description", "商城")
        page.fill("#address", "https://10.0.0.8/hooks")
        page.click("button:has-text('登记')")
        assert page.get_by_text("这是内网或本机地址").count()
        page.goto("/operations/webhooks")
        page.fill("#description", "商城店铺中心")
        page.fill("#address", f"http://{receiver.host}/hooks")
        page.click("button:has-text('登记')")
        look(page, screen, f"webhook-secret-{size}")
        secret = page.input_value("#secret")
        page.click("a:has-text('我已保存')")
        assert secret not in page.content()

        page.click("button:has-text('发一条测试消息')")
        path, headers, body = receiver.wait_for(1)[0]
        assert path == "/hooks" and json.loads(body)["type"] == "endpoint.test"
        Webhook(secret).verify(body, headers)
        verify = documented_verify()
        assert verify([secret], headers, body) == headers["webhook-id"]
        with pytest.raises(ValueError):
            verify([secret], headers, body + b" ")
        with pytest.raises(ValueError):
            verify([secret], headers, body, now=lambda: int(headers["webhook-timestamp"]) + 301)

        page.locator("summary:has-text('换新的签名密钥')").click()
        page.locator("[name=overlap][value=day]").check()
        page.click("button:has-text('生成新的签名密钥')")
        new = page.input_value("#secret")
        page.click("a:has-text('我已保存')")
        page.locator("tbody button:has-text('补发')").first.click()
        _, again, body = receiver.wait_for(2)[1]
        assert again["webhook-id"] == headers["webhook-id"], "a replay has the id of the first time"
        for one in (secret, new):
            Webhook(one).verify(body, again)
        with pytest.raises(WebhookVerificationError):
            Webhook("whsec_" + "A" * 43 + "=").verify(body, again)

        receiver.answer = 500
        with page.expect_navigation():
            page.click("button:has-text('发一条测试消息')")
        receiver.wait_for(3)
        for _ in range(50):
            page.reload()
            if page.get_by_text("正在重试").count():
                break
            page.wait_for_timeout(200)
        page.locator("details.fold summary:has-text('试过')").first.click()
        look(page, screen, f"webhook-{size}")
        page.goto("/operations/webhooks")
        look(page, screen, f"webhooks-{size}")


def fetch(product, path, key):
    request = urllib.request.Request(product.address + path, headers={"Authorization": f"Bearer {key}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())


def test_an_approved_shop_is_told_fetched_and_shown(browser, mall, papers):
    product, receiver = mall
    with browser.new_context(base_url=product.address, **DESK) as context, \
            browser.new_context(base_url=product.address, **DESK) as others:
        page, reviewer = context.new_page(), others.new_page()
        sign_in(page, OPERATOR, "/staff/sign-in")
        secret = register(page, f"http://{receiver.host}/hooks")
        page.fill("#label", "店铺中心")
        page.click("button:has-text('新建接口密钥')")
        key = page.input_value("#secret")

        # One of the two companies that the demo has handed in.
        sign_in(reviewer, REVIEWER, "/staff/sign-in")
        for _ in range(100):
            reviewer.goto("/staff/queue")
            if reviewer.locator("form[action$='/claim'] button").count():
                break
            reviewer.wait_for_timeout(200)
        reviewer.locator("form[action$='/claim'] button").first.click()
        reviewer.wait_for_url("**/staff/cases/**")
        reviewer.locator("button[name=decision][value=approve]").click()
        _, headers, body = receiver.wait_for(1)[0]
        told = Webhook(secret).verify(body, headers)
        assert told["type"] == "shop.opened" and told["data"]["data_url"].startswith(product.address)
        status, shop = fetch(product, told["data"]["data_url"].removeprefix(product.address), key)
        assert status == 200 and shop["id"] == told["data"]["shop"] and shop["settlement"]["account"] == "given"
        facts = [fact for paper, fact in json.loads((papers / "truth.json").read_text()).items() if paper.startswith("licence")]
        known = next(fact for fact in facts if fact["统一社会信用代码"] == shop["licence"]["code"])
        assert shop["licence"]["name"] == known["名称"] and shop["licence"]["legal_representative"] == known["法定代表人"]
        assert shop["contact"]["phone"] == "138****2468" and known["法定代表人"] != shop["contact"]["name"]
        for secret_fact in ("13800132468", "330106199001019979"):
            assert secret_fact not in json.dumps(shop) and secret_fact.encode() not in body

        # Anybody's browser: no session, and the second look costs a few bytes.
        with browser.new_context(base_url=product.address, **PHONE) as anybody:
            public = anybody.new_page()
            first = public.goto(told["data"]["licence_url"])
            assert known["名称"] in public.content() and first.headers["etag"]
            again = anybody.request.get(told["data"]["licence_url"], headers={"If-None-Match": first.headers["etag"], "Accept": "text/html"})
            assert again.status == 304
            assert_accessible(public)


def test_a_kill_in_the_middle_of_a_call_costs_no_message_and_changes_no_id(browser, mall):
    product, receiver = mall
    with browser.new_context(base_url=product.address, **DESK) as context:
        page = context.new_page()
        sign_in(page, OPERATOR, "/staff/sign-in")
        secret = register(page, f"http://{receiver.host}/hooks")
        endpoint = page.url
        page.fill("#label", "店铺中心")
        page.click("button:has-text('新建接口密钥')")
        key = page.input_value("#secret")
        assert fetch(product, "/api/shops", key) == (200, {"last": None, "next": None, "shops": []})
        assert fetch(product, "/api/shops", key + "x")[0] == 401
        page.goto(endpoint)
        # The receiver has the whole message and says nothing yet.
        receiver.answer = None
        page.click("button:has-text('发一条测试消息')")
        receiver.wait_for(1)
        os.killpg(product.process.pid, signal.SIGKILL)
        product.process.wait()
        receiver.answer = 200
        # What a dead process had begun is taken up when its claim runs out, after two minutes; we do not wait for them.
        with sqlite3.connect(product.data / "ruzhu.sqlite", timeout=10) as database:
            waiting = database.execute(
                "UPDATE work_jobs SET claimed_until = 0 WHERE kind = 'stores.call-webhook' AND claimed_until IS NOT NULL"
            ).rowcount
        database.close()
        assert waiting == 1, "the message was on its way when the process died"
        product.start()
        (_, first, body), (_, second, again) = receiver.wait_for(2)
        assert first["webhook-id"] == second["webhook-id"] and body == again
        Webhook(secret).verify(again, second)
        stamp = Webhook(secret).sign(
            second["webhook-id"],
            datetime.datetime.fromtimestamp(int(second["webhook-timestamp"]), datetime.timezone.utc), again.decode())
        assert stamp == second["webhook-signature"]
        for _ in range(50):
            page.goto(endpoint)
            if page.get_by_text("已送到").count():
                break
            page.wait_for_timeout(200)
        assert page.get_by_text("已送到").count()
        page.wait_for_timeout(1_000)
        assert len(receiver.got) == 2, "what was taken is not sent again"
