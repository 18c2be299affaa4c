"""The product under test: `ruzhu demo` on a free port, with its data in a folder of its own."""

import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / ".build" / "debug" / "ruzhu"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(url):
    """The HTTP status that the address answers with, or None while nobody listens there."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return None


class Product:
    """A running demo. `address` has no slash at its end; `data` is its folder, `log` what it printed, `settings` what is in
    its environment besides."""

    def __init__(self, data: pathlib.Path, log: pathlib.Path, **settings):
        self.data = data
        self.settings = settings
        self.log = log
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self, within=60):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [str(BINARY), "demo", "--port", str(self.port), "--data", str(self.data)]
        with open(self.log, "ab") as output:
            # A session of its own, so that the recognition process ends with it even after a crash.
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                env={**os.environ, **self.settings},
            )
        deadline = time.monotonic() + within
        while status_of(self.address + "/health/ready") != 200:
            if self.process.poll() is not None or time.monotonic() > deadline:
                ended = self.process.poll()
                self.stop()
                tail = self.log.read_text(errors="replace")[-3000:]
                state = "was not ready in time" if ended is None else f"ended with {ended}"
                raise RuntimeError(f"{' '.join(command)} {state}; its log ({self.log}) ends:\n{tail}")
            time.sleep(0.05)
        return self

    def stop(self):
        """Asks it to end, as a service manager would, and returns its exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                pass
        status = self.process.poll()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None
        return status
