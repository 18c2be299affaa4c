"""What was acknowledged is there after the power was lost, at whatever moment: rows in SQLite and files of the folder
store. The disk is modelled (replay.py): what was not synced may be missing, wholly or in part."""

import http.client
import random
import re
import shutil
import time

import pytest

from harness import ROOT, Load, Server, compiled, copied, in_ten_minutes, verify
from replay import Disk, notes_in
from uploads import targets

QUICK_MOMENTS = 4


class Recording:
    """A server under the mix, with everything noted that it told its disk."""

    def __init__(self, sqlite_seed, folder, seed, seconds, connections=12, only=(), pictures=0, ignoring_sync=False):
        folder.mkdir(parents=True, exist_ok=True)
        # The path must have no links in it.
        self.start = copied(sqlite_seed, folder / "start")
        self.data = copied(self.start, folder / "data").resolve()
        self.ledger = folder / "ledger"
        log = folder / "notes"
        more = {"LD_PRELOAD": str(compiled("recorder.c")), "RECORD_ROOT": str(self.data), "RECORD_LOG": str(log)}
        if ignoring_sync:
            more["RECORD_NO_SYNC"] = "yes"
        server = Server(self.data, **more)
        # (path of the picture, its session, its bytes, nanoseconds when it was acknowledged)
        self.pictures = []
        try:
            server.start()
            # The load itself is not recorded. It reads the rules from a copy: by opening a database whose log is empty
            # it would write to that log (GRDB does), and the frames would be missing in the notes.
            load = Load(
                server, seconds=seconds, seed=seed, ledger=self.ledger, connections=connections, only=only,
                data=copied(self.start, folder / "rules"),
            )
            try:
                for number in range(pictures):
                    self.pictures.append(uploaded(server, number))
                load.finish()
            finally:
                load.stop()
            time.sleep(0.3)
        finally:
            server.kill()
        self.notes = notes_in(log)
        self.lines = [line.split("\t") for line in self.ledger.read_text().splitlines()]

    def disk_at(self, moment, to, chance):
        """Writes a disk as the loss of power at a moment (nanoseconds since 1970) may have left it, and the ledger of
        what was acknowledged before. Returns its server (not started) and the ledger."""
        disk = Disk(self.data, self.start)
        for note in self.notes:
            if note.at > moment:
                break
            disk.play(note)
        disk.write_image(to, chance)
        ledger = to.with_name(to.name + ".ledger")
        # The ledger counts milliseconds, rounded down.
        kept = [line for line in self.lines if (int(line[4]) + 1) * 1_000_000 <= moment]
        ledger.write_text("".join("\t".join(line) + "\n" for line in kept))
        return Server(to), ledger

    def random_moment(self, chance):
        first = next(note.at for note in self.notes if note.kind == "E")
        return chance.randrange(first, self.notes[-1].at)


def uploaded(server, number):
    """Hands in a picture of its own, as a form does. Returns (path, session, bytes, when it was acknowledged)."""
    session, application = targets(server.data, "half")[-1 - number]
    visitor = f"{number:0>24}".replace("0", "w")
    cookie = {"Cookie": f"ruzhu_session={session}; ruzhu_visitor={visitor}", "X-Forwarded-For": f"10.9.0.{number}"}
    steps = re.findall(rb'/steps/([a-z-]+)"', server.ask(f"/applications/{application}", headers=cookie)[1])
    for step in dict.fromkeys(steps):
        page = f"/applications/{application}/steps/{step.decode()}"
        status, body = server.ask(page, headers=cookie)
        field = re.search(rb'name="(file\.[^"]+)"', body)
        if status == 200 and field:
            break
    else:
        raise AssertionError(f"no step of {application} takes a picture: {steps}")
    token = re.search(rb'name="_csrf" value="([^"]+)"', body).group(1)
    before = set(re.findall(rb"/documents/[a-z0-9]{20,}/picture", body))
    picture = picture_number(number)
    edge = b"----edge"
    form = b"".join(
        b"--" + edge + b"\r\nContent-Disposition: form-data; name=\"" + name + b"\"" + rest + b"\r\n"
        for name, rest in [
            (b"_csrf", b"\r\n\r\n" + token),
            (b"go", b"\r\n\r\nupload"),
            (field.group(1), b'; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + picture),
        ]
    ) + b"--" + edge + b"--\r\n"
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    asked.request("POST", page, form, cookie | {"Content-Type": "multipart/form-data; boundary=" + edge.decode()})
    answer = asked.getresponse()
    at = time.time_ns()
    text = answer.read()
    assert answer.status == 303, f"{answer.status}: {text[:600].decode(errors='replace')}"
    after = set(re.findall(rb"/documents/[a-z0-9]{20,}/picture", server.ask(page, headers=cookie)[1]))
    new = after - before
    assert new, "the picture does not show on its page"
    path = new.pop().decode()
    assert server.ask(path, headers=cookie)[1][:2] == b"\xff\xd8", "the picture can't be looked at"
    return path, cookie, at


def picture_number(number):
    papers = sorted((ROOT / ".local" / "papers").glob("*.jpg"))
    assert papers, "no sample papers: run `make papers`"
    return papers[number % len(papers)].read_bytes()


def check(server, ledger, pictures, moment):
    """The product opens the disk, and everything acknowledged is there."""
    in_ten_minutes(server)
    try:
        server.start()
        count, _, _ = verify(server, ledger)
        shown = 0
        for path, cookie, at in pictures:
            if at > moment:
                continue
            status, body = server.ask(path, headers=cookie)
            assert status == 200 and body[:2] == b"\xff\xd8", f"an acknowledged picture is gone: {path} answers {status}"
            shown += 1
        return count, shown
    finally:
        server.stop()


def test_acknowledged_writes_survive_the_loss_of_power(sqlite_seed, chance, seed, tmp_path):
    recording = Recording(sqlite_seed, tmp_path / "recording", seed, seconds=4, pictures=3)
    assert len(recording.lines) > 50
    checked = 0
    for number in range(QUICK_MOMENTS):
        moment = recording.random_moment(chance)
        folder = tmp_path / f"disk-{number}"
        server, ledger = recording.disk_at(moment, folder, chance)
        count, shown = check(server, ledger, recording.pictures, moment)
        print(f"moment {number}: {count} acknowledged writes and {shown} pictures were there")
        checked += count
        shutil.rmtree(folder)
    print(f"{QUICK_MOMENTS} power failures, {checked} acknowledged writes checked, none lost")


def test_ignored_syncs_are_seen(sqlite_seed, seed, tmp_path):
    """The same with a disk that never syncs: if this passed, the test above would show nothing."""
    recording = Recording(sqlite_seed, tmp_path / "recording", seed, seconds=3, ignoring_sync=True)
    assert len(recording.lines) > 30
    server, ledger = recording.disk_at(recording.notes[-1].at + 10_000_000, tmp_path / "disk", chance=None)
    with pytest.raises(AssertionError, match="the verifier found faults") as seen:
        check(server, ledger, [], 0)
    assert "提交不见了" in str(seen.value)


def test_no_write_is_acknowledged_before_its_sync(sqlite_seed, seed, tmp_path):
    """One asks at a time, so that each answer belongs to the last commit before it."""
    recording = Recording(sqlite_seed, tmp_path / "recording", seed, seconds=3, connections=1, only=["autosave"])
    commits = syncs = answers = 0
    inodes = {}
    for note in recording.notes:
        if note.kind == "O":
            inodes[note.inode] = note.first.decode().rsplit("/", 1)[1]
        if note.kind == "A" and b"200" in note.first:
            answers += 1
        if not inodes.get(note.inode, "").endswith("-wal"):
            continue
        if note.kind == "W" and len(note.first) == 24 and int.from_bytes(note.first[4:8], "big"):
            # A frame's head with the size of the database: the last frame of a commit (SQLite file format, 4.1).
            commits += 1
        if note.kind == "E":
            syncs += 1
    assert answers > 10
    assert syncs >= commits > 10, f"{commits} commits were acknowledged after {syncs} syncs"
    assert_order(recording, inodes)
    print(f"{commits} commits, {syncs} syncs of the log, {answers} answers")


def assert_order(recording, inodes):
    """Between two answers stand a commit and, after it, a sync of the log that has ended."""
    committed = synced = 0
    last = 0
    began = {}
    begun = False
    for note in recording.notes:
        is_log = inodes.get(note.inode, "").endswith("-wal")
        if is_log and note.kind == "W" and len(note.first) == 24 and int.from_bytes(note.first[4:8], "big"):
            committed += 1
        elif is_log and note.kind == "S":
            began[note.thread] = committed
        elif is_log and note.kind == "E":
            synced = max(synced, began.pop(note.thread, 0))
        elif note.kind == "A" and b"200" in note.first and note.at // 1_000_000 >= int(recording.lines[0][4]):
            assert not begun or synced > last, "a write was answered before any commit of its own was synced"
            begun, last = True, synced


@pytest.mark.soak
def test_many_losses_of_power(sqlite_seed, chance, request, tmp_path):
    wanted = request.config.getoption("--moments")
    checked = pictures = done = 0
    while done < wanted:
        seed = chance.randrange(1, 1_000_000)
        print(f"recording with seed {seed}, so far {done} moments", flush=True)
        folder = tmp_path / str(done)
        own = random.Random(seed)
        recording = Recording(sqlite_seed, folder / "recording", seed, seconds=8, pictures=4)
        for number in range(min(20, wanted - done)):
            moment = recording.random_moment(own)
            server, ledger = recording.disk_at(moment, folder / f"disk-{number}", own)
            count, shown = check(server, ledger, recording.pictures, moment)
            checked, pictures, done = checked + count, pictures + shown, done + 1
            shutil.rmtree(folder / f"disk-{number}")
        shutil.rmtree(folder)
    print(f"{done} power failures: {checked} acknowledged writes and {pictures} pictures checked, none lost")
