"""The product as several processes behind nginx."""

import collections
import json
import re
import shutil
import socket
import subprocess
import threading
import time

import pytest
from cluster import Cluster, Member, Nginx, nginx_configuration, postgres
from product import BINARY, ROOT, free_port, status_of
from visitor import Visitor
from walk import OPERATOR, REVIEWER


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--upstream", "web=127.0.0.1:8081,127.0.0.1:8082", "--server-name", "ruzhu.example.cn"],
        ["--upstream", "web=127.0.0.1:8081", "--upstream", "identity=127.0.0.1:8083", "--upstream", "review=127.0.0.1:8084"],
        [x for part in ["identity", "catalogue", "documents", "applications", "review", "stores", "operations"]
         for x in ["--upstream", f"{part}=127.0.0.1:8081"]],
    ],
    ids=["one process", "web", "parts beside web", "parts only"],
)
def test_nginx_takes_the_configuration(words, tmp_path):
    assert "test is successful" in Nginx(tmp_path, nginx_configuration("--listen", "127.0.0.1:18999", *words)).check()


def test_where_nobody_answers_nginx_says_so_with_the_status_of_its_text(tmp_path):
    port, nobody = free_port(), free_port()
    nginx = Nginx(
        tmp_path, nginx_configuration("--listen", f"127.0.0.1:{port}", "--upstream", f"web=127.0.0.1:{nobody}"))
    nginx.start(port, answers=503)
    try:
        status, answer, text = Visitor(port).send("GET", "/applications")
        assert status == json.loads(text)["status"] == 503 and json.loads(text)["code"] == "service.away"
        assert answer.getheader("Retry-After") == "5"
    finally:
        nginx.stop()


def test_nginx_takes_the_configuration_with_a_certificate(tmp_path):
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=ruzhu.example.cn", "-days", "1",
         "-out", str(chain), "-keyout", str(key)], check=True, capture_output=True)
    text = nginx_configuration(
        "--listen", "127.0.0.1:18999", "--certificate", str(chain), "--certificate-key", str(key))
    assert "test is successful" in Nginx(tmp_path / "nginx", text).check()


def test_addresses_that_nobody_serves_are_refused():
    done = subprocess.run(
        [str(BINARY), "routes", "--nginx", "--upstream", "review=127.0.0.1:8081"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert "identity" in done.stderr and "review" not in done.stderr.split("没有进程提供")[1].split("。")[0]


def test_sqlite_takes_no_single_parts(tmp_path):
    done = subprocess.run(
        [str(BINARY), "demo", "--roles", "review", "--data", str(tmp_path / "data")], cwd=ROOT, capture_output=True, text=True,
        timeout=60)
    assert done.returncode != 0 and "PostgreSQL" in done.stderr


def test_an_applicant_and_a_reviewer_pass_through_two_processes_and_a_worker(cluster):
    walk(cluster)


def test_the_same_walk_where_each_part_has_a_process_on_postgresql(tmp_path):
    others = ["identity", "review", "catalogue,documents,applications,stores", "operations"]
    with postgres() as database, Cluster(tmp_path, others, database) as cluster:
        walk(cluster)


def walk(cluster):
    """An applicant begins, a reviewer sees the queue, an operator the state of things."""
    merchant = Visitor(cluster.port).sign_in("13612347788")
    merchant.open("/applications/new")
    merchant.post("/applications", {"_key": merchant.key or "first", "subject": "enterprise"})
    address = re.match(r"/applications/[0-9a-z]{26}", merchant.path)
    assert merchant.status == 200 and address, merchant.path
    merchant.open("/applications")
    assert address.group(0) in merchant.text
    reviewer = Visitor(cluster.port).sign_in(REVIEWER, "/staff/sign-in")
    # The demo's companies were handed in by the worker's process, and their cases opened there.
    for _ in range(100):
        if "/claim" in reviewer.open("/staff/queue").text:
            break
        time.sleep(0.1)
    assert "/claim" in reviewer.text
    operator = Visitor(cluster.port).sign_in(OPERATOR, "/staff/sign-in")
    assert operator.open("/staff/operations").status == 200


def test_what_a_worker_does_not_serve_says_so(cluster):
    stray = Visitor(cluster.worker.port)
    status, _, text = stray.send("GET", "/applications", headers={"Accept": "application/json"})
    assert status == 404 and json.loads(text)["code"] == "role.elsewhere"
    assert stray.send("GET", "/no/such/place", headers={"Accept": "application/json"})[2].find("role.elsewhere") < 0
    assert stray.send("GET", "/health/ready")[0] == 200


def test_metrics_do_not_leave_through_nginx(cluster):
    assert status_of(f"http://127.0.0.1:{cluster.port}/metrics") == 404
    assert status_of(f"http://{cluster.worker.address}/metrics") == 200


def test_too_many_writes_are_refused_in_words(cluster):
    hasty = Visitor(cluster.port)
    answers = [hasty.send("POST", "/sign-out", "", {"Accept": "application/json"}) for _ in range(160)]
    refused = [text for status, _, text in answers if status == 429]
    assert refused and all(json.loads(text)["code"] == "rate.limited" for text in refused)
    assert hasty.open("/").status == 200


def test_a_process_that_stops_says_so_first_and_ends_what_it_began(tmp_path):
    member = Member("all", tmp_path / "data", tmp_path).start()
    waiting = Visitor(member.port)
    assert waiting.open("/").status == 200
    began, ended = time.monotonic(), []
    stopper = threading.Thread(target=lambda: ended.append(member.stop()))
    process = member.process
    stopper.start()
    seen = set()
    while time.monotonic() - began < 3:
        seen.add(status_of(f"http://127.0.0.1:{member.port}/health/ready"))
        status, answer, _ = waiting.send("GET", "/")
        assert status == 200, "requests are answered while it drains"
        time.sleep(0.2)
    assert 503 in seen, "it was never unready"
    assert answer.getheader("Connection") == "close"
    assert process.poll() is None, "it ended before its drain delay"
    stopper.join()
    assert ended == [0]
    assert 3.5 < time.monotonic() - began < 15




def test_nobody_who_was_let_in_is_left_without_an_answer_when_a_process_stops(tmp_path):
    """A proxy may send a request to another process only if it could not connect: after that, a write may have been done.
    So whoever is connected is answered, up to the last moment; the others are refused."""
    member = Member("all", tmp_path / "data", tmp_path).start()
    found, over = collections.Counter(), threading.Event()

    def knock():
        while not over.is_set():
            with socket.socket() as caller:
                caller.settimeout(20)
                try:
                    caller.connect(("127.0.0.1", member.port))
                except OSError:
                    found["refused"] += 1
                    continue
                try:
                    caller.sendall(b"POST /sign-out HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nContent-Length: 0\r\n\r\n")
                    found["answered" if caller.recv(4096) else "closed"] += 1
                except OSError as fault:
                    found[type(fault).__name__] += 1

    callers = [threading.Thread(target=knock, daemon=True) for _ in range(12)]
    for one in callers:
        one.start()
    time.sleep(0.3)
    assert member.stop() == 0
    over.set()
    for one in callers:
        one.join(30)
    print(dict(found))
    assert found["answered"] > 100 and found["refused"] > 0
    assert set(found) == {"answered", "refused"}, dict(found)
