"""Two PostgreSQL nodes under Patroni, in synchronous mode: the leader is killed again and again under load, and no
acknowledged row is lost. docs/operations.md shows the same configuration to operators."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from harness import Load, Server, bench, dies_with_us, free_port, verify, wait_until
from postgres import BIN, as_postgres, hand_over, parent_of, place, processes

COUNT = 600
# Seconds until writes are back: the leader's lease, whose end tells of a crash, and the other's taking over.
BACK_WITHIN = 20
LEASE = 12

NODE = """\
scope: ruzhu
name: {name}
restapi:
  listen: 127.0.0.1:{api}
  connect_address: 127.0.0.1:{api}
etcd3:
  hosts: 127.0.0.1:{etcd}
bootstrap:
  dcs:
    ttl: {ttl}
    loop_wait: 2
    retry_timeout: 3
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters:
        synchronous_commit: "on"
        max_connections: 100
        max_pred_locks_per_transaction: 256
        wal_log_hints: "on"
  initdb:
    - encoding: UTF8
    - locale: C
  pg_hba:
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
postgresql:
  listen: 127.0.0.1:{port}
  connect_address: 127.0.0.1:{port}
  data_dir: {folder}/{name}
  bin_dir: {bin}
  pgpass: {folder}/{name}.pgpass
  authentication:
    superuser: {{username: postgres, password: postgres}}
    replication: {{username: replicator, password: replicator}}
    rewind: {{username: postgres, password: postgres}}
  parameters:
    unix_socket_directories: {folder}
"""


class Node:
    def __init__(self, folder, name, etcd):
        self.folder, self.name = folder, name
        self.port, self.api = free_port(), free_port()
        self.config = folder / f"{name}.yml"
        self.config.write_text(NODE.format(
            name=name, api=self.api, etcd=etcd, port=self.port, folder=folder, bin=BIN, ttl=LEASE))
        self.process = None

    def start(self):
        with open(self.folder / f"{self.name}.log", "ab") as log:
            self.process = subprocess.Popen(
                ["patroni", str(self.config)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=as_postgres, cwd=self.folder)

    def ask(self, path):
        """What its Patroni says; empty if it says nothing."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.api}{path}", timeout=2) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as answer:
            return json.load(answer)
        except OSError:
            return {}

    @property
    def leads(self):
        state = self.ask("/patroni")
        return state.get("role") in ("master", "primary") and state.get("state") == "running"

    @property
    def postmaster(self):
        try:
            return int((self.folder / self.name / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def kill(self):
        """The whole machine: Patroni, the postmaster and all of its processes."""
        family = [self.process.pid]
        leader = self.postmaster
        if leader:
            family += [leader] + [pid for pid in processes() if parent_of(pid) == leader]
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.kill()


@pytest.fixture
def pair():
    assert shutil.which("patroni") and shutil.which("etcd"), "patroni or etcd is missing: scripts/setup soak installs them"
    folder = place()
    folder.chmod(0o755)
    hand_over(folder)
    ports = [free_port(), free_port()]
    with open(folder / "etcd.log", "wb") as log:
        etcd = subprocess.Popen(
            ["etcd", "--data-dir", str(folder / "etcd"), "--listen-client-urls", f"http://127.0.0.1:{ports[0]}",
             "--advertise-client-urls", f"http://127.0.0.1:{ports[0]}", "--listen-peer-urls", f"http://127.0.0.1:{ports[1]}",
             "--initial-advertise-peer-urls", f"http://127.0.0.1:{ports[1]}",
             "--initial-cluster", f"default=http://127.0.0.1:{ports[1]}"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=dies_with_us, cwd=folder)
    nodes = [Node(folder, name, ports[0]) for name in ("a", "b")]
    try:
        nodes[0].start()
        wait_until(lambda: nodes[0].leads, 90, "the first node leads", every=0.5)
        nodes[1].start()
        wait_until(lambda: in_step(nodes), 90, "the second node follows in step", every=0.5)
        yield nodes
    finally:
        for node in nodes:
            node.stop()
        etcd.kill()
        etcd.wait()
        shutil.rmtree(folder, ignore_errors=True)


def in_step(nodes):
    """One leads, and the other may take over: it stands in etcd as the synchronous standby. Before that nobody takes
    over, since rows might be lost."""
    leader = next((node for node in nodes if node.leads), None)
    return leader is not None and any(
        member["role"] == "sync_standby" for member in leader.ask("/cluster").get("members", [])
    )


def address(nodes):
    ports = ",".join(str(node.port) for node in nodes)
    hosts = ",".join("127.0.0.1" for _ in nodes)
    return f"host={hosts} port={ports} user=postgres password=postgres dbname=ruzhu target_session_attrs=read-write connect_timeout=2"


@pytest.mark.soak
def test_the_leader_is_killed_and_nothing_is_lost(pair, seed, request, tmp_path):
    kills = request.config.getoption("--failovers")
    leader = next(node for node in pair if node.leads)
    subprocess.run(
        [BIN / "psql", "-X", "-q", "-c",
         "CREATE DATABASE ruzhu TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
         f"host=127.0.0.1 port={leader.port} user=postgres dbname=postgres"], check=True)
    data = tmp_path / "data"
    bench("seed", "--count", COUNT, data=data, database=address(pair))
    for marker in ("demo-data", "seeded"):
        (data / marker).touch()
    server = Server(data, database=address(pair))
    ledger = tmp_path / "ledger"
    times = []
    server.start()
    load = Load(server, seconds=1800, seed=seed, ledger=ledger, patience=120)
    try:
        load.wait_begun()
        for number in range(kills):
            time.sleep(2)
            leader = next(node for node in pair if node.leads)
            leader.kill()
            start = time.monotonic()
            # What was under way may still be counted: a write counts that is acknowledged by the new leader.
            time.sleep(0.5)
            seen = load.acknowledged()
            load.wait_begun(above=seen, within=90)
            times.append(time.monotonic() - start)
            print(f"kill {number + 1} of {leader.name}: writes back after {times[-1]:.1f} s", flush=True)
            leader.start()
            wait_until(lambda: in_step(pair), 120, "the killed node follows again", every=0.5)
        load.process.terminate()
        report = load.finish()
        count, _, _ = verify(server, ledger, within=180)
    finally:
        load.stop()
        server.stop()
    print(f"{kills} kills, {count} acknowledged writes, none lost; back after {[f'{one:.1f}' for one in times]} s; "
          f"refusals {report['refusals']}")
    assert max(times) <= BACK_WITHIN, times
