"""The processes that read pictures are killed at random while licences come in: every picture is read in the end or told
as unreadable, nothing happens twice, and nothing stays stuck."""

import hashlib
import os
import random
import signal
import sqlite3
import time

import pytest

from harness import ROOT, Server, copied, wait_until
from postgres import parent_of, processes, words_of
from uploads import Photographer, targets

# What a warm reader needs for a picture at most (seconds).
WARM = 2
QUICK = {"pictures": 2, "kills": 3}
LONG = {"pictures": 40, "kills": 100}


@pytest.fixture
def reading(sqlite_seed, tmp_path):
    """A server that reads pictures."""
    home = ROOT / ".local" / "recognition"
    assert (home / "models").exists(), "recognition is not installed: run `make setup`"
    server = Server(copied(sqlite_seed, tmp_path / "data"), RUZHU_RECOGNITION_HOME=str(home), RUZHU_DRAIN_SECONDS="0")
    yield server
    server.stop()


def workers(server):
    return [pid for pid in processes() if parent_of(pid) == server.process.pid and b"recognition-worker" in words_of(pid)]


def kill_workers(server):
    """Returns how many were killed."""
    killed = 0
    for pid in workers(server):
        try:
            os.kill(pid, signal.SIGKILL)
            killed += 1
        except ProcessLookupError:
            pass
    return killed


def is_warm(server):
    return "ruzhu_reader_ready 1.0" in server.ask("/metrics")[1].decode()


class Rows:
    """What the database says of the pictures that were handed in."""

    def __init__(self, server, kept):
        self.path = server.data / "ruzhu.sqlite"
        self.ids = [path.split("/")[2] for path, _, _ in kept]

    def ask(self, sql, *values):
        with sqlite3.connect(self.path, timeout=20) as rows:
            return rows.execute(sql, values).fetchall()

    def state(self, document):
        return self.ask("SELECT reading FROM documents_pictures WHERE id = ?", document)[0][0]

    def states(self):
        return {document: self.state(document) for document in self.ids}

    def check(self):
        """No job is left, and each picture was told of once and has its crops once."""
        # A job goes in a transaction of its own, a moment after its picture was told of.
        wait_until(
            lambda: not self.ask("SELECT 1 FROM work_jobs WHERE kind = 'documents.read-picture'"), 20, "no job is left")
        for document in self.ids:
            told = self.ask(
                "SELECT COUNT(*) FROM work_events WHERE name = 'documents.read' AND payload LIKE ?", f"%{document}%")
            assert told == [(1,)], f"{document} was told of {told} times"
        crops = dict(self.ask("SELECT document, COUNT(*) FROM documents_crops GROUP BY document"))
        for document, state in self.states().items():
            # A licence has eleven fields at most.
            assert (crops.get(document, 0) > 0) == (state == "read") and crops.get(document, 0) <= 12, (document, crops)
        stuck = self.ask("SELECT handler, stream, error FROM work_cursors WHERE parked_at IS NOT NULL")
        assert stuck == [], stuck


def hand_in(server, people, seed):
    """One licence for each of some people. Returns the photographer."""
    one = Photographer(server, 1, [], random.Random(seed))
    for session, application in people:
        one.hand_in(session, application, "licence.picture")
    return one


def test_readers_are_killed_at_random(reading, seed, chance, long):
    wanted = LONG if long else QUICK
    people = targets(reading.data, "half")[-wanted["pictures"] - 3:]
    reading.start()
    wait_until(lambda: is_warm(reading), 120, "the reader is warm", every=0.1)
    # How fast it is before anything happens; of a few, the fastest.
    before = min(seconds_to_read(reading, people[:1], seed))
    photographer = hand_in(reading, people[3:], seed + 1)
    rows = Rows(reading, photographer.kept)
    killed = 0
    while killed < wanted["kills"]:
        # Soon after its start, in the middle of a picture, or between two.
        time.sleep(chance.choice([0.1, 0.5, 1.5, 3]) * chance.random())
        if "waiting" not in rows.states().values():
            photographer.kept += hand_in(reading, people[3:4], seed + 100 + killed).kept
            rows = Rows(reading, photographer.kept)
        killed += kill_workers(reading)
    took = wait_until(lambda: "waiting" not in rows.states().values(), 240, "every picture was looked at", every=0.2)
    states = rows.states()
    wait_until(lambda: is_warm(reading), 120, "the reader is warm again", every=0.1)
    after = min(seconds_to_read(reading, people[1:2], seed + 7))
    rows.check()
    for path, cookie, digest in photographer.kept:
        status, body = reading.ask(path, headers=cookie)
        assert status == 200 and hashlib.sha256(body).digest() == digest
    counts = {state: list(states.values()).count(state) for state in set(states.values())}
    print(f"{killed} kills: {counts}, the last {took:.1f} s after the last kill; a warm reader takes {before:.1f} s before "
          f"and {after:.1f} s after")
    assert set(counts) <= {"read", "failed"}, "a picture was told as if there were no reader"
    assert counts.get("read", 0) > 0
    # On a machine that is busy with other things both are slow.
    assert after <= max(WARM, 3 * before), f"a warm reader took {after:.1f} s"


def seconds_to_read(server, people, seed):
    """How long after its upload each picture of some people was read, one after the other."""
    found = []
    for number, person in enumerate(people):
        rows = Rows(server, hand_in(server, [person], seed + 50 + number).kept)
        found.append(wait_until(lambda: "waiting" not in rows.states().values(), 60, "a picture is read", every=0.02))
        assert set(rows.states().values()) == {"read"}
    return found
