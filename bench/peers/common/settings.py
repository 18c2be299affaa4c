"""Where a peer keeps its data, from the environment that its command line sets."""

import os
import pathlib


def database_url() -> str:
    """`sqlite:///PATH` or `postgresql://…` as libpq reads it."""
    return os.environ["PEERS_DATABASE"]


def is_sqlite() -> bool:
    return database_url().startswith("sqlite:///")


def sqlite_path() -> str:
    return database_url().removeprefix("sqlite:///")


def master_key() -> bytes:
    """The 32 bytes that wrap all other keys; they live in a file beside the data, never in the database."""
    key = pathlib.Path(os.environ["PEERS_MASTER_KEY"]).read_bytes()
    if len(key) != 32:
        raise ValueError("the master key has 32 bytes")
    return key


#: Run on every SQLite connection: an acknowledged write has been synced to the log.
SQLITE_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
#: How long a connection waits for the one writer that SQLite allows.
SQLITE_TIMEOUT = 30
#: The rules that an application is pinned to. There is one form here, in code.
PACK = "0" * 64
#: Days after the last save within which an applicant has to act.
DAYS_TO_ACT = 90
PAGE = 50
CLAIM_MINUTES = 30
SESSION_COOKIE = "ruzhu_session"
