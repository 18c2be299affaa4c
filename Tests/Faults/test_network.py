"""The way to PostgreSQL delays, loses, resets and swallows: people are told clearly, nothing is lost, and the service is
back soon after."""

import re
import shutil
import threading
import time

import pytest

from harness import Load, Server, copied, in_ten_minutes, verify, wait_until
from postgres import cluster_from
from proxy import Proxy
from uploads import targets

# How long service may take after the fault's end (seconds).
BACK_WITHIN = 5
# A connection that is dead without a word is found by its time limits (PostgresOptions): so long a fault lasts.
FAULTS = {
    "reset": 0.5,
    "refuse": 2,
    "black hole": 6,
    "deaf": 6,
    "delay": 3,
    "narrow": 3,
}


@pytest.fixture
def wired(postgres_seed, tmp_path):
    """A server whose every connection to PostgreSQL goes through a proxy."""
    cluster = cluster_from(postgres_seed)
    proxy = Proxy(cluster.port).start()
    server = Server(copied(postgres_seed / "run", tmp_path / "data"), database=cluster.address(port=proxy.port))
    server.bench_database = cluster.address()
    server.cluster, server.proxy = cluster, proxy
    yield server
    server.stop()
    proxy.stop()
    cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)


def strike(server, load, fault, lasting):
    """One fault under load. Returns the seconds from its end to the next acknowledged write."""
    server.proxy.fault(fault)
    time.sleep(lasting)
    server.proxy.fault(None)
    end = time.monotonic()
    seen = load.acknowledged()
    # With slack for a slow machine: the bound is asserted on what is returned.
    load.wait_begun(above=seen, within=BACK_WITHIN * 6)
    return time.monotonic() - end


def test_faults_between_the_server_and_postgresql(wired, seed, tmp_path):
    ledger = tmp_path / "ledger"
    wired.start()
    load = Load(wired, seconds=300, seed=seed, ledger=ledger)
    back = {}
    try:
        load.wait_begun()
        for fault, lasting in FAULTS.items():
            back[fault] = strike(wired, load, fault, lasting)
            print(f"{fault} for {lasting} s: writes back after {back[fault]:.1f} s", flush=True)
            time.sleep(0.3)
        load.process.terminate()
        # Only clear refusals (503 with a code, in Chinese) are borne: see Load.finish.
        report = load.finish()
    finally:
        load.stop()
    # No connection leaks: those that a fault left behind are let go.
    limit = 16 + 1
    wait_until(lambda: len(wired.cluster.backends()) <= limit, 30, f"at most {limit} connections are left")
    assert wired.proxy.open_connections <= limit
    # What a lost connection left claimed would be waited for.
    wired.kill()
    in_ten_minutes(wired)
    wired.start()
    count, _, _ = verify(wired, ledger)
    print(f"{count} acknowledged writes all there; refusals {report['refusals']}, {report['repeated']:.0f} repeated")
    slow = {fault: seconds for fault, seconds in back.items() if seconds > BACK_WITHIN}
    assert not slow, f"service came back too late: {slow}"


def test_without_the_database_people_are_told_to_try_again(wired):
    wired.start()
    wired.proxy.fault("refuse")
    try:
        start = time.monotonic()
        status, body = wired.ask("/api/applications/01kf8v1c8wz7m1d6h4t9q2r5xa", headers={
            "Accept": "application/json", "Cookie": "ruzhu_session=" + "a" * 43})
        took = time.monotonic() - start
        text = body.decode()
        assert status == 503, text
        assert '"code":"database.unreachable"' in text and "数据库暂时连不上" in text
        assert took < 12, f"it took {took:.1f} s to say so"
        assert wired.status("/health/ready") == 503 or wired.status("/health/ready") is None
        assert wired.status("/health/live") == 200
    finally:
        wired.proxy.fault(None)
    back = wait_until(lambda: wired.status("/health/ready") == 200, 30, "the server is ready again")
    assert back < BACK_WITHIN, f"ready again after {back:.1f} s"


# A statement may take 15 s; a server that owes its answer for longer stands still.
STATEMENT_LIMIT = 15
# With the second by which the server's own limit goes first, and what a busy machine adds.
SLACK = 4


class Questions:
    """What people and machines ask while the database stands still, all at once, and how long they wait for what."""

    def __init__(self, server):
        session, application = targets(server.data, "half")[0]
        headers = {"Accept": "application/json", "Cookie": f"ruzhu_session={session}", "X-Forwarded-For": "10.8.7.1"}
        patch = headers | {"Content-Type": "application/merge-patch+json"}
        address = f"/api/applications/{application}"
        self.answers = {}
        self.threads = [
            threading.Thread(target=self.ask, args=(server, *words), daemon=True)
            for words in [
                ("read", address, "GET", None, headers),
                ("write", address + "/draft", "PATCH", b'{"shop":{"name":"a"}}', patch),
                ("health", "/health/ready", "GET", None, {"Accept": "application/json"}),
            ]
        ]
        for thread in self.threads:
            thread.start()

    def ask(self, server, name, path, method, body, headers):
        began = time.monotonic()
        status, text = server.ask(path, method, body, headers, timeout=60)
        self.answers[name] = (status, text.decode(), time.monotonic() - began)

    def finish(self, within):
        for thread in self.threads:
            thread.join(within)
        return self.answers


def test_a_database_that_stands_still(wired, seed, tmp_path):
    """It acknowledges all that TCP brings and answers nothing, so that no connection ever breaks by itself."""
    ledger = tmp_path / "ledger"
    wired.start()
    load = Load(wired, seconds=300, seed=seed, ledger=ledger)
    try:
        load.wait_begun()
        wired.cluster.freeze()
        answers = Questions(wired).finish(within=STATEMENT_LIMIT + 3 * SLACK)
        assert wired.status("/health/live") == 200
        wired.cluster.thaw()
        end = time.monotonic()
        load.wait_begun(above=load.acknowledged(), within=BACK_WITHIN * 6)
        back = time.monotonic() - end
        ready = wait_until(lambda: wired.status("/health/ready") == 200, 30, "the server is ready again")
        time.sleep(0.3)
        load.process.terminate()
        report = load.finish()
    finally:
        wired.cluster.thaw()
        load.stop()
    assert set(answers) == {"read", "write", "health"}, f"only {sorted(answers)} were answered"
    for name, (status, text, seconds) in answers.items():
        print(f"{name}: {status} {re.findall(r'code.:.([a-z_.]+)', text)} after {seconds:.1f} s")
        assert status == 503 and re.search(r'"code":"(database|health)\.[a-z_]+"', text), (name, status, text)
        assert re.search("[\u4e00-\u9fff]", text), text
        limit = 2 + SLACK if name == "health" else STATEMENT_LIMIT + SLACK
        assert seconds < limit, f"{name} was told after {seconds:.1f} s"
    wired.kill()
    in_ten_minutes(wired)
    wired.start()
    count, _, _ = verify(wired, ledger)
    print(f"writes back after {back:.1f} s, ready after {ready:.1f} s; {count} acknowledged writes all there; "
          f"refusals {report['refusals']}")
    assert max(back, ready) < BACK_WITHIN
