"""Several processes of the demo on one folder, behind an nginx whose configuration the product makes."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import time

from product import BINARY, ROOT, free_port, status_of


@contextlib.contextmanager
def postgres():
    """The address of an empty database in a PostgreSQL of its own."""
    server = subprocess.Popen(
        [str(ROOT / "scripts" / "with-postgres"), "sh", "-c", 'echo "$RUZHU_TEST_POSTGRES"; exec cat'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        assert address, "PostgreSQL did not start"
        subprocess.run(["psql", "-q", f"{address} dbname=postgres", "-c", "CREATE DATABASE ruzhu"], check=True)
        yield f"{address} dbname=ruzhu"
    finally:
        server.stdin.close()
        server.wait(30)


class Member:
    """One process with its roles; rows are in its folder, or in the database of the address."""

    def __init__(self, roles, data, logs, database=""):
        self.roles, self.data, self.database = roles, data, database
        self.port = free_port()
        self.log = logs / f"{roles}-{self.port}.log"
        self.process = None

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self, within=60):
        environment = {
            **os.environ,
            "RUZHU_TRUST_PROXY": "yes",
            "RUZHU_LOG_LEVEL": "notice",
            "RUZHU_DRAIN_SECONDS": "4",
            "RUZHU_DATABASE": self.database,
        }
        command = [str(BINARY), "demo", "--port", str(self.port), "--data", str(self.data), "--roles", self.roles]
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )
        deadline = time.monotonic() + within
        while status_of(f"http://{self.address}/health/ready") != 200:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{' '.join(command)} was not ready:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)
        return self

    def stop(self):
        """Asks it to end, and returns its exit status."""
        process, self.process = self.process, None
        if process is None:
            return None
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(40)
        except subprocess.TimeoutExpired:
            status = "did not end"
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        return status


class Nginx:
    """nginx in a folder of its own, as the user who runs the tests."""

    def __init__(self, folder: pathlib.Path, product_configuration: str):
        self.folder = folder
        self.binary = shutil.which("nginx") or "/usr/sbin/nginx"
        assert pathlib.Path(self.binary).exists(), "nginx is missing: run `make setup`"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ruzhu.conf").write_text(product_configuration)
        temporary = "".join(
            f"  {kind}_temp_path {folder}/{kind};\n" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        (folder / "nginx.conf").write_text(
            f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn;\n"
            "events { worker_connections 1024; }\n"
            # What went wrong, or went to a second process, with where it had gone.
            "http {\n  log_format upstream '$time_iso8601 $request_method $uri $status "
            "to $upstream_addr: $upstream_status in $upstream_response_time';\n"
            "  map \"$status $upstream_addr\" $noted { default 0; ~^5 1; ~, 1; }\n"
            f"  access_log {folder}/access.log upstream if=$noted;\n{temporary}  include {folder}/ruzhu.conf;\n}}\n"
        )
        self.process = None

    def check(self):
        """What `nginx -t` says about the configuration; raises unless it is good."""
        done = subprocess.run(
            [self.binary, "-t", "-e", f"{self.folder}/start.log", "-c", f"{self.folder}/nginx.conf"],
            capture_output=True, text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    def start(self, port, answers=200):
        """Starts it and waits until it has the answer of a process behind it, or its own."""
        self.check()
        self.process = subprocess.Popen(
            [self.binary, "-e", f"{self.folder}/start.log", "-c", f"{self.folder}/nginx.conf"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while status_of(f"http://127.0.0.1:{port}/health/live") != answers:
            assert self.process.poll() is None and time.monotonic() < deadline, (self.folder / "error.log").read_text()
            time.sleep(0.05)

    def told(self):
        """What it noted of requests that failed or went to a second process, in the order of their time."""
        lines = []
        for name in ("access.log", "error.log"):
            path = self.folder / name
            lines += path.read_text(errors="replace").splitlines() if path.exists() else []
        return lines

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


def nginx_configuration(*words):
    """What `ruzhu routes --nginx` prints."""
    done = subprocess.run([str(BINARY), "routes", "--nginx", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Cluster:
    """A worker, others that answer, and nginx before them; `port` is nginx's."""

    def __init__(self, folder: pathlib.Path, others=("web", "web"), database=""):
        data = folder / "data"
        folder.mkdir(parents=True, exist_ok=True)
        self.worker = Member("worker", data, folder, database)
        self.members = [self.worker, *(Member(roles, data, folder, database) for roles in others)]
        upstreams = {}
        for member in self.members:
            for role in member.roles.split(","):
                upstreams.setdefault(role, []).append(member.address)
        self.port = free_port()
        self.nginx = Nginx(
            folder / "nginx",
            nginx_configuration(
                "--demo", "--listen", f"127.0.0.1:{self.port}",
                *(word for role, addresses in upstreams.items() for word in ["--upstream", f"{role}={','.join(addresses)}"]),
            ),
        )

    def __enter__(self):
        try:
            # The first one makes the database and its key.
            for member in self.members:
                member.start()
            self.nginx.start(self.port)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.nginx.stop()
        for member in self.members:
            member.stop()
