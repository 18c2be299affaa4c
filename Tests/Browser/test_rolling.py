"""Every process is restarted in turn while people work: nobody may notice.

ROLLING_MINUTES=10 goes on for that long; without it each process is restarted once (about half a minute).
"""

import contextlib
import os
import re
import subprocess
import threading
import time

import pytest
from cluster import Cluster, postgres
from product import ROOT
from visitor import Refused, Visitor

PEOPLE = 6
# Of a client that tries once more when its connection is refused or closed before an answer.
WANTED = 0.9995


class Load(threading.Thread):
    """One person who reads and saves, faster than anybody clicks, but with fewer writes than nginx lets through."""

    # 240 writes a minute, and one request of four is a write.
    PAUSE = 0.08

    def __init__(self, port, number):
        super().__init__(daemon=True)
        self.visitor = Visitor(port, source=f"127.0.0.{20 + number}")
        self.phone = f"1350000{5560 + number}"
        self.done = self.retried = self.saves = 0
        self.faults = []
        self.saved = None
        self.stopped = threading.Event()

    def prepare(self):
        self.visitor.sign_in(self.phone)
        self.visitor.open("/applications/new")
        self.visitor.post("/applications", {"_key": self.visitor.key or "first", "subject": "enterprise"})
        self.address = re.match(r"/applications/[0-9a-z]{26}", self.visitor.path).group(0)
        self.visitor.open(self.address + "/steps/shop")

    def run(self):
        turn = 0
        while not self.stopped.is_set():
            turn += 1
            if turn % 4 == 0:
                name = f"小铺{turn}"
                fields = {"shop.name": name, "shop.type": "ordinary", "go": "auto"}
                if self.once("POST", lambda: self.visitor.post(self.address + "/steps/shop", fields)):
                    self.saved, self.saves = name, self.saves + 1
            else:
                path = [self.address, "/applications", "/"][turn % 4 - 1]
                self.once("GET", lambda: self.visitor.open(path))
            time.sleep(self.PAUSE)

    def once(self, method, act):
        """A request with one retry. Returns whether it was answered as it should be."""
        self.done += 1
        began = time.time()
        for attempt in range(2):
            try:
                act()
            except Refused as fault:
                if attempt:
                    self.note(method, began, f"refused twice: {fault!r} after {fault.__cause__!r}")
                else:
                    self.retried += 1
                continue
            if self.visitor.status in (200, 422):
                return self.visitor.status == 200
            self.note(method, began, f"{self.visitor.status} at {self.visitor.path}: {self.visitor.text[:200]}")
            return False
        return False

    def note(self, method, began, words):
        self.faults.append(f"{time.strftime('%H:%M:%S', time.gmtime(began))} {method}, {time.time() - began:.2f} s: {words}")


def restart(cluster, folder):
    """Runs scripts/rolling-upgrade, with this test's processes as its units."""
    orders, answers = folder / "orders", folder / "answers"
    for pipe in (orders, answers):
        if not pipe.exists():
            os.mkfifo(pipe)
    members = {f"unit{number}": member for number, member in enumerate(cluster.members)}
    order = folder / "order"
    order.write_text(f"#!/bin/sh\necho \"$@\" >'{orders}'\ncat '{answers}'\n")
    order.chmod(0o755)
    units = [f"{name}={member.address}" for name, member in members.items()]
    script = subprocess.Popen(
        [str(ROOT / "scripts" / "rolling-upgrade"), units[0], "--", *units[1:]],
        env={**os.environ, "STOP": f"{order} stop", "START": f"{order} start"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    statuses = []

    def obey():
        # Two orders for each process: the units live in this process, as systemd's live in systemd.
        for _ in range(2 * len(members)):
            act, unit = orders.read_text().split()
            if act == "stop":
                statuses.append(members[unit].stop())
            else:
                members[unit].start()
            answers.write_text("")

    servant = threading.Thread(target=obey, daemon=True)
    servant.start()
    said, _ = script.communicate(timeout=300)
    assert script.returncode == 0, said
    servant.join(30)
    assert statuses == [0] * len(members), f"exit statuses {statuses}"


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_rolling_upgrade_under_load_loses_no_request(engine, tmp_path):
    minutes = float(os.environ.get("ROLLING_MINUTES", "0"))
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(postgres()) if engine == "postgres" else ""
        cluster = stack.enter_context(Cluster(tmp_path / "cluster", database=database))
        people = [Load(cluster.port, number) for number in range(PEOPLE)]
        for person in people:
            person.prepare()
        began, rounds = time.monotonic(), 0
        for person in people:
            person.start()
        while rounds == 0 or time.monotonic() - began < minutes * 60:
            restart(cluster, tmp_path)
            rounds += 1
        for person in people:
            person.stopped.set()
        for person in people:
            person.join(40)
        seconds = time.monotonic() - began
        done = sum(person.done for person in people)
        faults = [fault for person in people for fault in person.faults]
        print(
            f"{engine}: {done} requests, {sum(p.saves for p in people)} of them saves, in {seconds:.0f} s with "
            f"{rounds * len(cluster.members)} restarts: {len(faults)} failed, {sum(p.retried for p in people)} retried",
            *faults[:5], *(["nginx noted:", *cluster.nginx.told()[-40:]] if faults else []), sep="\n")
        assert done > 10 * seconds, f"only {done} requests in {seconds:.0f} s"
        assert len(faults) <= done * (1 - WANTED), "\n".join(faults[:20])
        for person in people:
            assert person.saves > 0
            person.visitor.open(person.address + "/steps/shop")
            assert f'value="{person.saved}"' in person.visitor.text, "an acknowledged save is gone"
