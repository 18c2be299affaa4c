"""The command line that both peers share."""

import argparse
import os
import pathlib
from collections.abc import Callable

from .seeding import SEED, Target


def main(
    name: str, serve: Callable[[argparse.Namespace], None], work: Callable[[], None],
    seed: Callable[[int], list[Target]],
) -> None:
    parser = argparse.ArgumentParser(prog=f"python -m {name}")
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="answer requests")
    serving.add_argument("--port", type=int, required=True)
    serving.add_argument("--workers", type=int, default=2, help="processes")
    serving.add_argument("--threads", type=int, default=4, help="of each process, where it has any")
    commands.add_parser("worker", help="bring events from the outbox to their handlers")
    seeding = commands.add_parser("seed", help="make the tables and fill them")
    seeding.add_argument("count", type=int, help="applications")
    seeding.add_argument("--targets", required=True, help="file to write: what a client may act on")
    for command in commands.choices.values():
        command.add_argument("--data", required=True, help="folder of the key, and of the database if it is SQLite")
        command.add_argument("--database", help="postgresql://…; without it, SQLite")
    chosen = parser.parse_args()

    data = pathlib.Path(chosen.data).absolute()
    data.mkdir(parents=True, exist_ok=True)
    key = data / "master.key"
    if not key.exists():
        with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
    os.environ["PEERS_MASTER_KEY"] = str(key)
    os.environ["PEERS_DATABASE"] = chosen.database or f"sqlite:///{data / 'peer.sqlite'}"
    match chosen.command:
        case "serve":
            serve(chosen)
        case "worker":
            work()
        case "seed":
            lines = ["\t".join(map(str, target)) for target in seed(chosen.count)]
            pathlib.Path(chosen.targets).write_text("\n".join([f"seed\t{SEED}", *lines]) + "\n")
