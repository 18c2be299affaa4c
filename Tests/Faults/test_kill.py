"""Nothing that was acknowledged is lost when processes are killed under load, whatever they are about."""

import json
import os
import random
import shutil
import signal
import time

import pytest

from harness import KEPT, Load, Server, copied, in_ten_minutes, kinds, verify
from postgres import cluster_from

QUICK_KILLS = {"sqlite": 12, "postgres": 8}


class Killer:
    """Kills at random moments under one load, and brings back what it killed."""

    def __init__(self, server, chance):
        self.server = server
        self.chance = chance
        self.cluster = getattr(server, "cluster", None)
        self.done = {}
        self.back = []

    def targets(self):
        return ["server"] if self.cluster is None else ["server", "server", "backend", "postmaster", "cluster"]

    def strike(self):
        what = self.chance.choice(self.targets())
        if what == "server":
            self.server.kill()
            self.server.launch()
        elif what == "backend":
            pids = self.cluster.backends()
            if not pids:
                return
            os.kill(self.chance.choice(pids), signal.SIGKILL)
        else:
            self.cluster.kill(children=what == "cluster")
            self.cluster.start_again()
        self.done[what] = self.done.get(what, 0) + 1

    def run(self, load, kills):
        """Until so many kills, or the load's end."""
        for _ in range(kills):
            before = load.acknowledged()
            begin = time.monotonic()
            # Now and then at once, so that starting is hit too.
            pause = self.chance.choice([0.02, 0.2, 0.5, 1.0]) * self.chance.random()
            while load.acknowledged() == before and pause > 0.05 and not load.is_over():
                assert time.monotonic() - begin < 60, f"no write was acknowledged for 60 s\n{self.server.tail()}"
                time.sleep(0.02)
            if load.is_over():
                return
            self.back.append(time.monotonic() - begin)
            time.sleep(pause)
            self.strike()
        load.wait_begun(above=load.acknowledged())


def one_round(server, chance, ledger, kills, seconds):
    """A load with kills. Returns the killer, the load's report and the number of acknowledged writes."""
    server.start()
    load = Load(server, seconds=seconds, seed=chance.randrange(1, 1_000_000), ledger=ledger)
    killer = Killer(server, chance)
    try:
        load.wait_begun()
        killer.run(load, kills)
        # No more kills: what is left is answered.
        load.process.send_signal(signal.SIGTERM)
        report = load.finish(120)
    finally:
        load.stop()
    # A last kill; then what the killed had claimed would be waited for.
    server.kill()
    in_ten_minutes(server)
    server.start()
    count, _, _ = verify(server, ledger)
    return killer, report, count


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_acknowledged_writes_survive_kills_at_random_moments(engine, request, chance, tmp_path):
    server = request.getfixturevalue(engine)
    ledger = tmp_path / "ledger"
    killer, report, count = one_round(server, chance, ledger, QUICK_KILLS[engine], seconds=120)
    print(
        f"{engine}: kills {killer.done}, {count} acknowledged writes {kinds(ledger)} all there, "
        f"{report['repeated']:.0f} sent again with the same answer, {report['lost']:.0f} without an answer"
    )
    assert sum(killer.done.values()) >= QUICK_KILLS[engine] - 2
    assert count > 20


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_verifier_sees_a_lost_row(engine, request, tmp_path):
    """If this passed over a deleted row, the other tests would show nothing."""
    server = request.getfixturevalue(engine)
    ledger = tmp_path / "ledger"
    server.start()
    load = Load(server, seconds=3, seed=5, ledger=ledger, only=["submission", "autosave"])
    load.finish()
    count, _, _ = verify(server, ledger)
    assert count > 5
    rows = [line.split("\t") for line in ledger.read_text().splitlines()]
    victim = next(row[1] for row in rows if row[0] == "submission")
    if engine == "sqlite":
        import sqlite3

        with sqlite3.connect(server.data / "ruzhu.sqlite", timeout=10) as rows:
            gone = rows.execute("DELETE FROM applications_submissions WHERE application = ?", [victim]).rowcount
        assert gone == 1
    else:
        server.cluster.sql(f"DELETE FROM applications.submissions WHERE application = '{victim}'", database="ruzhu")
    _, faults, text = verify(server, ledger, within=5, check=False)
    assert any(victim in fault and "提交不见了" in fault for fault in faults), text


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_thousand_kills(engine, request, chance, tmp_path):
    """Round after round on fresh data, each with up to 40 kills. .local/faults/kills-ENGINE.json remembers how far it
    came, so that it goes on where it was stopped."""
    wanted = request.config.getoption("--kills")
    state_file = KEPT / f"kills-{engine}.json"
    state = {"kills": {}, "acknowledged": 0, "repeated": 0, "rounds": 0}
    if state_file.exists():
        state = json.loads(state_file.read_text())
    while sum(state["kills"].values()) < wanted:
        seed = chance.randrange(1, 1_000_000)
        print(f"round {state['rounds'] + 1}, seed {seed}, so far {state}", flush=True)
        folder = tmp_path / str(state["rounds"])
        folder.mkdir()
        if engine == "sqlite":
            server = Server(copied(request.getfixturevalue("sqlite_seed"), folder / "data"))
        else:
            kept = request.getfixturevalue("postgres_seed")
            cluster = cluster_from(kept)
            server = Server(copied(kept / "run", folder / "data"), database=cluster.address())
            server.cluster = cluster
        try:
            killer, report, count = one_round(
                server, random.Random(seed), folder / "ledger", min(40, wanted - sum(state["kills"].values())), 600
            )
        finally:
            server.stop()
            if engine == "postgres":
                cluster.stop()
                shutil.rmtree(cluster.folder, ignore_errors=True)
        for what, number in killer.done.items():
            state["kills"][what] = state["kills"].get(what, 0) + number
        state["acknowledged"] += count
        state["repeated"] += int(report["repeated"])
        state["rounds"] += 1
        state_file.write_text(json.dumps(state))
        shutil.rmtree(folder)
    print(f"{engine}: {state}; no acknowledged write was lost")
    state_file.unlink()
