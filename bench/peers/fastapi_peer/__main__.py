"""`python -m fastapi_peer serve|worker|seed`."""

import argparse
import os
import sys

from common import settings
from common.command import main
from common.seeding import Target


def serve(chosen: argparse.Namespace) -> None:
    os.execv(sys.executable, [
        sys.executable, "-m", "uvicorn", "fastapi_peer.app:app", "--host", "127.0.0.1", "--port", str(chosen.port),
        "--workers", str(chosen.workers), "--loop", "uvloop", "--http", "httptools", "--lifespan", "off",
        "--no-access-log", "--log-level", "warning"])


def work() -> None:
    from .worker import run

    run()


def seed(count: int) -> list[Target]:
    from sqlalchemy import insert

    from common.sealing import Vault
    from common.seeding import seed

    from .database import sync_engine
    from .tables import Base

    engine, found = sync_engine(), []
    Base.metadata.create_all(engine)
    for rows, targets in seed(count, Vault(settings.master_key())):
        with engine.begin() as connection:
            for name, values in rows.items():
                if values:
                    connection.execute(insert(Base.metadata.tables[name]), values)
        found += targets
    return found


main("fastapi_peer", serve, work, seed)
