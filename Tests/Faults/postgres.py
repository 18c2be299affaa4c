"""A PostgreSQL server of the test's own, that may be killed."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

from harness import KEPT, LIBC, PR_SET_PDEATHSIG, bench, build_digest, copied, dies_with_us, free_port, wait_until

PLACES = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
BIN = PLACES[-1].parent if PLACES else pathlib.Path("/usr/bin")


def as_postgres():
    """The server refuses to run as root. Runs in a child between fork and exec."""
    dies_with_us()
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.initgroups("postgres", user.pw_gid)
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        # The death signal is forgotten with the change of user.
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def processes():
    return [int(entry.name) for entry in pathlib.Path("/proc").iterdir() if entry.name.isdigit()]


def words_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def parent_of(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


def hand_over(folder):
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "postgres", str(folder)], check=True)


def place():
    """Where clusters of tests lie: in memory if there is room, open to the server's user."""
    for choice in ("/dev/shm", tempfile.gettempdir()):
        if shutil.disk_usage(choice).free > 2_000_000_000:
            return pathlib.Path(tempfile.mkdtemp(prefix="ruzhu-faults-", dir=choice))
    raise AssertionError("there is no room for a PostgreSQL cluster")


class Cluster:
    """A cluster in a folder. `settings` are as in postgresql.conf; the defaults are as durable as in service."""

    def __init__(self, folder, **settings):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.port = free_port()
        self.settings = {"max_connections": 100, "shared_buffers": "64MB", "max_pred_locks_per_transaction": 256} | settings
        self.process = None

    def create(self):
        self.folder.mkdir(exist_ok=True, mode=0o755)
        self.folder.chmod(0o755)
        hand_over(self.folder)
        subprocess.run(
            [BIN / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True, stdout=subprocess.DEVNULL, preexec_fn=as_postgres, cwd=self.folder,
        )
        return self

    def start(self):
        words = [BIN / "postgres", "-D", self.data, "-p", str(self.port), "-k", self.folder]
        for name, value in (self.settings | {"listen_addresses": "127.0.0.1"}).items():
            words += ["-c", f"{name}={value}"]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=as_postgres, cwd=self.folder
            )
        wait_until(self.answers, 60, "PostgreSQL answers")
        return self

    def answers(self):
        assert self.process.poll() is None, "PostgreSQL ended: " + (self.folder / "log").read_text()[-2000:]
        return self.sql("SELECT 1", check=False).returncode == 0

    def sql(self, text, check=True, database="postgres"):
        return subprocess.run(
            [BIN / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text, self.address(database=database)],
            check=check, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
        )

    def address(self, port=None, database="ruzhu"):
        return f"host=127.0.0.1 port={port or self.port} user=postgres dbname={database}"

    def backends(self, database="ruzhu"):
        """The processes that serve connections to a database; told without asking the server."""
        wanted = f"postgres: postgres {database} ".encode()
        mine = [pid for pid in processes() if parent_of(pid) == self.process.pid]
        return [pid for pid in mine if words_of(pid).startswith(wanted)]

    def kill(self, children=True):
        """Kills the postmaster, with all of its processes as the power would, or alone: then they end by themselves."""
        pid = self.process.pid
        family = [pid] + ([child for child in processes() if parent_of(child) == pid] if children else [])
        for member in family:
            try:
                os.kill(member, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()

    def freeze(self):
        """All of its processes stand still: the kernel goes on to take connections and what comes in, nobody answers."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self):
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number):
        # The one that makes others goes first, so that none is missed.
        os.kill(self.process.pid, number)
        for pid in processes():
            if parent_of(pid) == self.process.pid:
                os.kill(pid, number)

    def start_again(self, within=60):
        """Starts after a kill, as soon as the processes of before are gone. Returns the seconds that it took."""
        start = time.monotonic()
        while True:
            try:
                self.start()
                return time.monotonic() - start
            except AssertionError:
                if time.monotonic() - start > within:
                    raise
                time.sleep(0.2)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.thaw()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def seeded_cluster(count):
    """A stopped cluster with a seeded database `ruzhu`, and its data folder; kept from run to run."""
    kept = KEPT / f"postgres-{count}-{build_digest()}"
    if (kept / "complete").exists():
        return kept
    for stale in KEPT.glob(f"postgres-{count}-*"):
        shutil.rmtree(stale)
    folder = place()
    cluster = Cluster(folder, fsync="off")
    try:
        # The product refuses a server that does not sync: here it is asked to be quick only while nothing is kept yet.
        cluster.create()
        cluster.settings["fsync"] = "on"
        cluster.start()
        cluster.sql("CREATE DATABASE ruzhu TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        kept.mkdir(parents=True)
        bench("seed", "--count", count, data=kept / "run", database=cluster.address())
        for marker in ("demo-data", "seeded"):
            (kept / "run" / marker).touch()
        cluster.process.send_signal(signal.SIGINT)
        cluster.process.wait(60)
        copied(cluster.data, kept / "data")
        (kept / "complete").touch()
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return kept


def cluster_from(kept, **settings):
    """A running copy of a seeded cluster, in a folder that the caller removes."""
    folder = place()
    folder.chmod(0o755)
    copied(kept / "data", folder / "data")
    hand_over(folder)
    return Cluster(folder, **settings).start()
