"""What the fault tests stand on: seeded data, a server that can be killed, the load with its ledger, and the verifier.

Data are seeded once (`ruzhu-bench seed`) and copied for each test, so that every test has its own. All processes end
with the test run, even when that is killed.
"""

import ctypes
import hashlib
import json
import mmap
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Where `ruzhu` and `ruzhu-bench` are, with their resources.
BIN = pathlib.Path(os.environ.get("FAULTS_BIN", ROOT / ".build" / "debug"))
KEPT = ROOT / ".local" / "faults"
LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1


def environment(**more):
    """The server's settings, as scripts/bench-mix has them."""
    chosen = {name: text for name, text in os.environ.items() if not name.startswith("RUZHU_")}
    return chosen | {
        "RUZHU_TRUST_PROXY": "yes",
        "RUZHU_LOG_LEVEL": "warning",
        "RUZHU_PACKS": "bench/pack",
        "RUZHU_RECOGNITION_HOME": str(KEPT / "none"),
        **more,
    }


def dies_with_us():
    """Runs in a child between fork and exec."""
    os.setsid()
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds, within, what, every=0.05):
    """Waits until `holds()` is true, and returns the seconds that it took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < within, f"{what}: not within {within} s"
        time.sleep(every)
    return time.monotonic() - start


def compiled(source, *flags):
    """A shared library made of a C source beside this file, built when the source changed."""
    path = pathlib.Path(__file__).parent / source
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    library = KEPT / f"{path.stem}-{digest}.so"
    if not library.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        aside = library.with_suffix(f".{os.getpid()}")
        subprocess.run(
            ["gcc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", aside, path, "-ldl", "-lpthread", *flags],
            check=True,
        )
        aside.rename(library)
    return library


def build_digest():
    """Changes with the product, the seeder and the form: seeded data are kept as long as it stays."""
    facts = [f"{path.stat().st_size}/{path.stat().st_mtime_ns}" for path in (BIN / "ruzhu", BIN / "ruzhu-bench")]
    return hashlib.sha256(" ".join(facts).encode()).hexdigest()[:12]


def bench(*words, data, database=None, check=True, timeout=600, **more):
    """Runs ruzhu-bench and returns (exit status, what it printed)."""
    command = [str(BIN / "ruzhu-bench"), words[0], "--data", str(data), *map(str, words[1:])]
    if database:
        command += ["--database", database]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(**more), text=True, stdin=subprocess.DEVNULL, timeout=timeout,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    assert not check or done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}"
    return done.returncode, done.stdout


def seeded(count):
    """A folder with so many applications in SQLite, kept from run to run."""
    folder = KEPT / f"seed-{count}-{build_digest()}"
    if not (folder / "complete").exists():
        for stale in KEPT.glob(f"seed-{count}-*"):
            shutil.rmtree(stale)
        bench("seed", "--count", count, data=folder)
        (folder / "complete").touch()
    return folder


def copied(folder, to):
    subprocess.run(["cp", "-a", "--reflink=auto", str(folder), str(to)], check=True)
    return to


class Server:
    """`ruzhu demo` on a folder, to be killed and started again on the same port."""

    def __init__(self, data, database=None, **more):
        self.data = pathlib.Path(data)
        self.database = database
        self.more = more | ({"RUZHU_DATABASE": database} if database else {})
        self.port = free_port()
        self.log = self.data.with_name(self.data.name + ".log")
        self.process = None
        self.limits = None

    def launch(self):
        def prepare():
            dies_with_us()
            if self.limits:
                self.limits()

        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                [str(BIN / "ruzhu"), "demo", "--port", str(self.port), "--data", str(self.data)],
                cwd=ROOT, env=environment(**self.more), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=prepare,
            )
        return self

    def start(self, within=60):
        self.launch()
        self.wait_ready(within)
        return self

    def wait_ready(self, within=60):
        def ready():
            assert self.process.poll() is None, f"the server ended with {self.process.poll()}:\n{self.tail()}"
            return self.status("/health/ready") == 200

        return wait_until(ready, within, "the server is ready")

    def tail(self):
        return self.log.read_text(errors="replace")[-3000:]

    def ask(self, path, method="GET", body=None, headers=None, timeout=20):
        """(status, body) of an answer; status None if there was none."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", method=method, data=body, headers=headers or {}
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()
        except OSError as silence:
            return None, str(silence).encode()

    def status(self, path):
        return self.ask(path, timeout=3)[0]

    def kill(self):
        """As the power would end it."""
        self.process.kill()
        self.process.wait()
        # The processes that it began are in its group.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                pass
            self.kill()


class Trouble:
    """What is wrong with the machine of a server: the file that trouble.c reads. Begins with nothing."""

    def __init__(self, server):
        file = server.data.with_name(server.data.name + ".trouble")
        file.write_bytes(bytes(32))
        with open(file, "r+b") as opened:
            self.map = mmap.mmap(opened.fileno(), 32)
        server.more |= {
            "LD_PRELOAD": str(compiled("trouble.c")), "TROUBLE_ROOT": str(server.data.resolve()), "TROUBLE_FILE": str(file)
        }

    def set(self, code=0, sync_microseconds=0, clock_seconds=0):
        self.map[0:24] = struct.pack("qqq", code, sync_microseconds, clock_seconds)

    @property
    def count(self):
        """How often something failed or waited."""
        return struct.unpack("q", self.map[24:32])[0]


def in_ten_minutes(server):
    """The server's clock goes ten minutes ahead from its next start on: whatever a killed process had claimed is free."""
    Trouble(server).set(clock_seconds=600)


class Load:
    """The mix, running beside the test."""

    def __init__(self, server, seconds, seed, ledger, connections=12, patience=60, only=(), port=None, data=None):
        self.ledger = ledger
        self.report = pathlib.Path(f"{ledger}.json")
        self.output = pathlib.Path(f"{ledger}.out")
        self.report.unlink(missing_ok=True)
        command = [
            str(BIN / "ruzhu-bench"), "load", "--data", str(data or server.data), "--port", str(port or server.port),
            "--seconds", str(seconds), "--warm-up", "0", "--seed", str(seed), "--connections", str(connections),
            "--ledger", str(ledger), "--patience", str(patience), "--go-on", "--json", str(self.report),
        ]
        for route in only:
            command += ["--only", route]
        # The load reads the rules before it begins: with PostgreSQL by a way that no fault of the test lies on.
        database = getattr(server, "bench_database", server.database)
        if database:
            command += ["--database", database]
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=dies_with_us,
            )

    def acknowledged(self):
        """How many writes were acknowledged so far."""
        try:
            return self.ledger.read_bytes().count(b"\n")
        except FileNotFoundError:
            return 0

    def wait_begun(self, above=0, within=60):
        def begun():
            assert self.process.poll() is None, f"the load ended:\n{self.output.read_text(errors='replace')[-3000:]}"
            return self.acknowledged() > above

        return wait_until(begun, within, "a write is acknowledged", every=0.02)

    def is_over(self):
        return self.process.poll() is not None

    def finish(self, within=120):
        """Waits for its end and returns its report. Any answer that was neither right nor a clear 503 fails."""
        self.process.wait(within)
        text = self.output.read_text(errors="replace")
        assert self.report.exists(), f"the load broke off:\n{text[-3000:]}"
        report = json.loads(self.report.read_text())
        assert report["total"]["errors"] == 0, f"answers were wrong:\n{text[-3000:]}"
        return report

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def verify(server, ledger, within=60, check=True):
    """Compares a ledger with the database of a running server. Returns (acknowledged writes, faults, text)."""
    database = getattr(server, "bench_database", server.database)
    status, text = bench("verify", "--ledger", ledger, "--within", within, data=server.data, database=database,
                         check=False)
    lines = ledger.read_bytes().count(b"\n")
    faults = [] if status == 0 else text.splitlines()
    assert not check or status == 0, f"the verifier found faults among {lines} acknowledged writes:\n{text[-3000:]}"
    return lines, faults, text


def kinds(ledger):
    """How many writes of each kind a ledger holds."""
    found = {}
    for line in ledger.read_text().splitlines():
        kind = line.split("\t")[0]
        found[kind] = found.get(kind, 0) + 1
    return found


def codes(text):
    return re.findall(r'"code":"([a-z_.]+)"', text)
