"""The way to the object store delays, loses, resets and swallows, or the store stands still: who hands in a photo is told
clearly, no acknowledged photo is lost, nothing half made is kept, and service is back soon after."""

import hashlib
import random
import time

import pytest

from harness import Server, copied, wait_until
from proxy import Proxy
from store import ObjectStore
from uploads import Photographer, targets

# How long service may take after the fault's end (seconds).
BACK_WITHIN = 5
# How long somebody may be kept waiting for a refusal; a proxy gives up after 60 s. A large photo in parts asks twice.
TOLD_WITHIN = 25
# What sealing adds: a nonce and a tag.
SEAL = 28
QUICK = {"reset": 0.5, "refuse": 3, "black hole": 2, "frozen": 14}
LONG = QUICK | {"black hole": 14, "deaf": 14, "delay": 10, "narrow": 10}


@pytest.fixture
def stored(sqlite_seed, tmp_path):
    """A server whose photos go through a proxy into an object store."""
    store = ObjectStore()
    proxy = Proxy(store.port).start()
    proxy.rate = 500_000
    server = Server(copied(sqlite_seed, tmp_path / "data"), **store.behind(proxy.port))
    server.store, server.proxy = store, proxy
    yield server
    server.stop()
    proxy.stop()
    store.stop()


class Crowd:
    """Some photographers at once, of whom one has a camera with large pictures."""

    def __init__(self, server, seed, count=3):
        people = targets(server.data, "half")
        self.members = [
            Photographer(server, number, people[number::count], random.Random(seed + number), large_every=2 if number == 0 else 0)
            for number in range(count)
        ]

    def start(self):
        for one in self.members:
            one.start()
        return self

    @property
    def kept(self):
        return [photo for one in self.members for photo in list(one.kept)]

    def wait_for_another(self, within):
        """Until one more photo is acknowledged. Returns the seconds."""
        seen = len(self.kept)

        def another():
            faults = [fault for one in self.members for fault in one.faults]
            assert not faults, "\n".join(faults)
            return len(self.kept) > seen

        return wait_until(another, within, "another photo is acknowledged")

    def finish(self):
        for one in self.members:
            one.stopped.set()
        for one in self.members:
            one.join(60)
        faults = [fault for one in self.members for fault in one.faults]
        assert not faults, "\n".join(faults)


def strike(server, crowd, fault, lasting):
    """One fault while photos are handed in. Returns the seconds from its end to the next acknowledged photo."""
    if fault == "frozen":
        server.store.freeze()
    else:
        server.proxy.fault(fault)
    began = time.monotonic()
    # All else goes on: a process that can't reach the store is no worse than the others.
    assert server.status("/health/ready") == 200
    time.sleep(max(0, lasting - (time.monotonic() - began)))
    if fault == "frozen":
        assert not is_told_ready(server), "monitoring was not told"
        server.store.thaw()
    else:
        server.proxy.fault(None)
    return crowd.wait_for_another(within=BACK_WITHIN * 6)


def is_told_ready(server):
    return "ruzhu_blobs_ready 1.0" in server.ask("/metrics")[1].decode()


def test_faults_between_the_server_and_the_object_store(stored, seed, long):
    stored.start()
    crowd = Crowd(stored, seed).start()
    back = {}
    try:
        crowd.wait_for_another(within=60)
        for fault, lasting in (LONG if long else QUICK).items():
            back[fault] = strike(stored, crowd, fault, lasting)
            print(f"{fault} for {lasting} s: photos taken again after {back[fault]:.1f} s", flush=True)
        crowd.wait_for_another(within=60)
        wait_until(lambda: is_told_ready(stored), 10, "monitoring is told that it works again")
    finally:
        crowd.finish()
    refusals = {}
    for one in crowd.members:
        for code, number in one.refusals.items():
            refusals[code] = refusals.get(code, 0) + number
    assert refusals, "no fault was ever felt"
    slowest = max(one.slowest for one in crowd.members)
    # What is only in memory does not count.
    stored.kill()
    stored.start()
    for path, cookie, digest in crowd.kept:
        status, body = stored.ask(path, headers=cookie)
        assert status == 200 and hashlib.sha256(body).digest() == digest, f"{path} answers {status}, {len(body)} bytes"
    whole = check_bucket(stored, crowd)
    print(f"{len(crowd.kept)} acknowledged photos are as they were sent; refusals {refusals}, the slowest after "
          f"{slowest:.1f} s; {whole} files in the bucket, all of them whole")
    assert slowest < TOLD_WITHIN, f"somebody waited {slowest:.1f} s to be refused"
    slow = {fault: seconds for fault, seconds in back.items() if seconds > BACK_WITHIN}
    assert not slow, f"service came back too late: {slow}"


def check_bucket(server, crowd):
    """Nothing in the bucket was cut short: each file is as long as one of those that were sent, sealed. Returns how many
    there are."""
    sealed = {length + SEAL for one in crowd.members for length in one.lengths}
    sizes = server.store.sizes()
    cut = {name: size for name, size in sizes.items() if size not in sealed}
    assert not cut, f"half made files: {cut}"
    assert len(sizes) >= len(crowd.kept)
    return len(sizes)
