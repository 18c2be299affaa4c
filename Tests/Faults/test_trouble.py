"""A machine in trouble: the disk is full, read only or slow, the clock jumps, connections and open files run out. People
are told clearly, nothing is lost, and when the trouble ends the service goes on by itself."""

import errno
import os
import resource
import shutil
import signal
import socket
import subprocess
import time

import pytest

from harness import Load, Server, Trouble, copied, dies_with_us, verify, wait_until
from postgres import BIN, cluster_from
from uploads import targets

DAY = 86_400
# What a write is answered while the disk can't take it.
REFUSALS = {errno.ENOSPC: {"database.full"}, errno.EROFS: {"database.disk", "database.outcome_unknown"}}


@pytest.fixture
def troubled(sqlite_seed, tmp_path):
    server = Server(copied(sqlite_seed, tmp_path / "data"))
    server.trouble = Trouble(server)
    yield server
    server.stop()


def save(server, number=0):
    """Saves a value into a draft: (status, body)."""
    session, application = targets(server.data, "half")[number]
    return server.ask(
        f"/api/applications/{application}/draft", "PATCH", b'{"shop":{"name":"\xe5\xba\x97"}}',
        {"Content-Type": "application/merge-patch+json", "Accept": "application/json",
         "Cookie": f"ruzhu_session={session}", "X-Forwarded-For": f"10.8.0.{number}"},
    )


def under_load(server, seed, ledger, act):
    """Does something under load, and checks afterwards that nothing is lost. Returns (acknowledged writes, report,
    seconds until writes were back)."""
    server.start()
    load = Load(server, seconds=300, seed=seed, ledger=ledger, connections=8)
    try:
        load.wait_begun()
        act(load)
        end = time.monotonic()
        load.wait_begun(above=load.acknowledged(), within=30)
        back = time.monotonic() - end
        time.sleep(0.5)
        load.process.terminate()
        report = load.finish()
    finally:
        load.stop()
    count, _, _ = verify(server, ledger)
    return count, report, back


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def test_a_disk_that_takes_nothing(code, troubled, seed, tmp_path):
    said = {}

    def act(load):
        troubled.trouble.set(code=code)
        time.sleep(1)
        said["write"] = save(troubled)
        session, application = targets(troubled.data, "half")[0]
        said["read"] = troubled.ask(f"/api/applications/{application}", headers={
            "Accept": "application/json", "Cookie": f"ruzhu_session={session}"})[0]
        troubled.trouble.set()

    count, report, back = under_load(troubled, seed, tmp_path / "ledger", act)
    assert troubled.trouble.count > 0
    status, body = said["write"]
    assert status == 503 and any(code in body.decode() for code in REFUSALS[code]), body.decode()
    assert "磁盘" in body.decode() or "不知道" in body.decode()
    assert said["read"] == 200, "what is there can still be read"
    assert set(report["refusals"]) <= REFUSALS[code], report["refusals"]
    assert back < 5, f"writes were back after {back:.1f} s"
    print(f"{count} acknowledged writes all there; {report['refusals']}; writes back after {back:.1f} s")


def test_a_real_full_disk(sqlite_seed, seed, tmp_path):
    """The same on a file system without room, where that can be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    if os.system(f"mount -t tmpfs -o size=40m tmpfs {place} 2>/dev/null") != 0:
        pytest.skip("a small tmpfs can't be mounted here: trouble.c stands for it")
    server = Server(copied(sqlite_seed, place / "data"))
    server.log = tmp_path / "log"
    said = {}
    try:
        def act(load):
            filler = place / "filler"
            with open(filler, "wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(4096))
                except OSError as full:
                    assert full.errno == errno.ENOSPC

            def refused():
                said["write"] = save(server)
                return said["write"][0] == 503

            wait_until(refused, 30, "a write is refused")
            filler.unlink()

        count, report, back = under_load(server, seed, tmp_path / "ledger", act)
        assert "database.full" in said["write"][1].decode() and "磁盘满了" in said["write"][1].decode()
        assert back < 5
        print(f"{count} acknowledged writes all there; {report['refusals']}; writes back after {back:.1f} s")
    finally:
        server.stop()
        os.system(f"umount -l {place}")


def test_a_slow_disk(troubled, seed, tmp_path):
    """Every sync takes 300 ms: answers come late, in groups, and are still synced first."""

    def act(load):
        troubled.trouble.set(sync_microseconds=300_000)
        before = load.acknowledged()
        time.sleep(3)
        assert load.acknowledged() > before, "nothing was acknowledged on the slow disk"
        troubled.trouble.set()

    count, report, _ = under_load(troubled, seed, tmp_path / "ledger", act)
    assert troubled.trouble.count >= 5
    assert not report["refusals"], report["refusals"]
    print(f"{count} acknowledged writes all there after {troubled.trouble.count} slow syncs")


def test_a_clock_that_jumps(troubled, seed, tmp_path):
    """A day forth, a day back, and right again: nothing is lost or done twice, and people stay signed in."""
    def signed_in():
        session, application = targets(troubled.data, "half")[0]
        return troubled.ask(f"/api/applications/{application}", headers={
            "Accept": "application/json", "Cookie": f"ruzhu_session={session}"})[0] == 200

    def act(load):
        for jump in (DAY, -DAY, 0):
            troubled.trouble.set(clock_seconds=jump)
            before = load.acknowledged()
            load.wait_begun(above=before, within=20)
            time.sleep(0.7)
            assert signed_in(), f"signed out by a jump of {jump} s"

    count, report, _ = under_load(troubled, seed, tmp_path / "ledger", act)
    assert not report["refusals"], report["refusals"]
    print(f"{count} acknowledged writes all there, each done once")


def test_open_files_run_out(sqlite, seed, tmp_path):
    """Idle connections take all open files: those who are in are served, and the server lives to take others again."""
    sqlite.limits = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (160, 160))

    def act(load):
        idle = []
        try:
            for _ in range(300):
                one = socket.socket()
                one.settimeout(0.2)
                try:
                    one.connect(("127.0.0.1", sqlite.port))
                except OSError:
                    one.close()
                    break
                idle.append(one)
            time.sleep(1)
            assert sqlite.process.poll() is None, f"the server ended: {sqlite.tail()}"
        finally:
            for one in idle:
                one.close()

    count, report, back = under_load(sqlite, seed, tmp_path / "ledger", act)
    assert wait_until(lambda: sqlite.status("/health/ready") == 200, 10, "new connections are taken") < 5
    print(f"{count} acknowledged writes all there; {report['refusals']}; writes back after {back:.1f} s")


def test_connections_of_postgresql_run_out(postgres_seed, tmp_path):
    """Others have taken all connections when the server wants its own: it says so, and goes on when some are free."""
    cluster = cluster_from(postgres_seed, max_connections=12, superuser_reserved_connections=0)
    server = Server(
        copied(postgres_seed / "run", tmp_path / "data"), database=cluster.address(), RUZHU_DATABASE_CONNECTIONS="4"
    )
    # They ask for another as soon as they have none, and sleep on those that they have.
    greedy = f"while :; do {BIN}/psql -X -q -c 'SELECT pg_sleep(300)' '{cluster.address(database='postgres')}'; sleep 0.1; done"
    others = []
    try:
        server.start()
        others = [
            subprocess.Popen(["sh", "-c", greedy], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, preexec_fn=dies_with_us)
            for _ in range(14)
        ]

        def is_crowded_out():
            for pid in cluster.backends():
                try:
                    os.kill(pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass
            return len(cluster.backends("postgres")) == 12

        wait_until(is_crowded_out, 30, "others have all connections")
        status, body = save(server)
        assert status == 503 and '"code":"database.unreachable"' in body.decode(), (status, body.decode())
    finally:
        for one in others:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()
        # They sleep on, although nobody waits for them.
        for pid in cluster.backends("postgres"):
            os.kill(pid, signal.SIGTERM)
    try:
        back = wait_until(lambda: save(server)[0] == 200, 30, "writes are back")
        print(f"told to try again; writes back after {back:.1f} s")
        assert back < 5, f"writes were back after {back:.1f} s"
    finally:
        server.stop()
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)
