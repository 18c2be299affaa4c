"""Options and data of the fault tests.

The short form runs with `make test`; `--long` is the form of `make soak`. `--seed` repeats a run.
"""

import random
import shutil

import pytest

from harness import KEPT, Server, copied, seeded
from postgres import cluster_from, seeded_cluster

# Two waiting cases of three can be decided, and so many drafts be handed in, that no load of the short form runs dry.
COUNT = 300


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="the form of make soak")
    parser.addoption("--kills", type=int, default=1000, help="kills of each engine in the long form")
    parser.addoption("--moments", type=int, default=200, help="power failures in the long form")
    parser.addoption("--failovers", type=int, default=10, help="kills of the leader in the long form")
    parser.addoption("--seed", type=int, help="repeats a run; printed by each test")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    # Those of the long form are not skipped here but left out: `make test` counts what it should run.
    left_out = [item for item in items if item.get_closest_marker("soak")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def seed(request):
    chosen = request.config.getoption("--seed") or random.SystemRandom().randrange(1, 1_000_000)
    print(f"seed {chosen}: repeat with --seed {chosen}")
    return chosen


@pytest.fixture
def chance(seed):
    return random.Random(seed)


@pytest.fixture
def long(request):
    return request.config.getoption("--long")


@pytest.fixture(scope="session")
def sqlite_seed():
    return seeded(COUNT)


@pytest.fixture(scope="session")
def postgres_seed():
    return seeded_cluster(COUNT)


@pytest.fixture
def sqlite(sqlite_seed, tmp_path):
    """A server on a copy of the seeded folder, not started yet."""
    server = Server(copied(sqlite_seed, tmp_path / "data"))
    yield server
    server.stop()


@pytest.fixture
def postgres(postgres_seed, tmp_path):
    """A server on a copy of the seeded cluster, which runs; the server is not started yet."""
    cluster = cluster_from(postgres_seed)
    server = Server(copied(postgres_seed / "run", tmp_path / "data"), database=cluster.address())
    server.cluster = cluster
    yield server
    server.stop()
    cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def server(request):
    """The same test on both engines."""
    return request.getfixturevalue(request.param)
