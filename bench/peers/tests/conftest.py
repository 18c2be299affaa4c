"""Starts each peer on SQLite with a few applications."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import pytest

HERE = pathlib.Path(__file__).resolve().parent.parent


@dataclass
class Peer:
    """A running peer, and whom a test may play."""

    address: str
    log: pathlib.Path
    targets: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def take(self, kind: str) -> dict[str, str]:
        """Somebody of a kind whom no other test plays; reviewers are shared."""
        return self.targets[kind][0] if kind == "reviewer" else self.targets[kind].pop()

    def ask(
        self, method: str, path: str, who: dict[str, str] | None = None, body: Any = None, key: str = "",
    ) -> tuple[int, Any]:
        request = urllib.request.Request(self.address + path, method=method)
        if body is not None:
            request.data = body if isinstance(body, bytes) else json.dumps(body).encode()
            kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
            request.add_header("Content-Type", kind)
        if who:
            request.add_header("Cookie", f"ruzhu_session={who['session']}")
        if key:
            request.add_header("Idempotency-Key", f'"{key}"')
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            text = refusal.read().decode()
            assert refusal.status < 500, f"{text}\n{self.log.read_text()}"
            assert refusal.headers["Content-Type"].startswith("application/problem+json"), text
            return refusal.status, json.loads(text)

    def eventually(self, act: Any) -> Any:
        """What `act` answers once it answers something, within ten seconds: the worker is another process."""
        for _ in range(100):
            if found := act():
                return found
            time.sleep(0.1)
        raise AssertionError(f"nothing came of it\n{self.log.read_text()}")


@pytest.fixture(scope="session", params=["django_peer", "fastapi_peer"])
def peer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp(request.param)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", request.param]
    environment = os.environ | {"PYTHONPATH": str(HERE)}
    targets = folder / "targets.tsv"
    subprocess.run([*command, "seed", "400", "--data", folder, "--targets", targets], env=environment, check=True)
    peer = Peer(f"http://127.0.0.1:{port}", folder / "log")
    names = ("kind", "number", "session", "person", "application", "case", "licence", "picture")
    for line in targets.read_text().splitlines()[1:]:
        target = dict(zip(names, line.split("\t"), strict=True))
        peer.targets.setdefault(target["kind"], []).append(target)
    with contextlib.ExitStack() as running, peer.log.open("w") as log:
        for act in (["serve", "--port", str(port)], ["worker"]):
            process = subprocess.Popen(
                [*command, *act, "--data", folder], env=environment, stdout=log, stderr=subprocess.STDOUT)
            running.callback(process.wait)
            running.callback(process.terminate)
        peer.eventually(lambda: _is_open(port))
        yield peer


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
