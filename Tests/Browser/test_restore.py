"""A backup is worth what its restoration is worth: the drill, and what it refuses."""

import json
import os
import re
import shutil
import sqlite3
import subprocess

import pytest
from product import BINARY, ROOT, Product
from test_rolling import Load


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A demo that people are using."""
    running = Product(tmp_path_factory.mktemp("busy"), ROOT / ".local" / "logs" / "busy-under-test.log").start()
    people = [Load(running.port, number) for number in range(3)]
    for person in people:
        person.prepare()
        person.start()
    yield running
    for person in people:
        person.stopped.set()
    for person in people:
        person.join(30)
    running.stop()
    assert not [fault for person in people for fault in person.faults], "the backup got into people's way"
    assert all(person.saves for person in people)


def ruzhu(data, *words):
    environment = {**os.environ, "RUZHU_DATA": str(data), "RUZHU_LOG_LEVEL": "error"}
    environment.pop("RUZHU_MASTER_KEY_FILE", None)
    return subprocess.run([str(BINARY), *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def backup(busy, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backups") / "one"
    done = ruzhu(busy.data, "backup", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_the_drill_on_a_product_in_use(busy):
    environment = {**os.environ, "RUZHU_DATA": str(busy.data), "RUZHU": str(BINARY)}
    done = subprocess.run(
        [str(ROOT / "scripts" / "drill-restore")], env=environment, capture_output=True, text=True, timeout=180)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    # The demo's companies were handed in before: there is something to prove.
    assert re.search(r"✓ 提交：[1-9]\d* 份", done.stdout), done.stdout
    assert re.search(r"✓ 照片：[1-9]\d* 个文件打开过", done.stdout), done.stdout
    for name in ["backup", "restore", "verify", "start until it is ready", "GET /rules"]:
        assert re.search(rf"\d+ ms  {name}", done.stdout), name


def test_a_backup_names_all_that_it_holds_and_no_key(backup, busy):
    manifest = json.loads((backup / "manifest.json").read_text())
    held = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()} - {"manifest.json"}
    assert held == set(manifest["files"])
    assert "packs/mall/mall.yaml" in held or any(name.startswith("packs/mall/") for name in held)
    assert any(name.startswith("blobs/") for name in held)
    key = (busy.data / "master.key").read_bytes()
    assert not [path for path in backup.rglob("*") if path.is_file() and key in path.read_bytes()]
    assert (backup / "database.sqlite").stat().st_mode & 0o077 == 0
    assert ruzhu(busy.data, "backup", "--to", str(backup)).returncode != 0, "it would replace a backup"


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
def test_the_key_in_a_backup_opens_with_age_alone(busy, tmp_path):
    made = subprocess.run(["age-keygen", "-o", str(tmp_path / "identity")], capture_output=True, text=True, check=True)
    recipient = re.search(r"age1\w+", made.stderr).group(0)
    folder = tmp_path / "backup"
    done = ruzhu(busy.data, "backup", "--to", str(folder), "--key-for", recipient)
    assert done.returncode == 0, done.stderr
    opened = subprocess.run(
        ["age", "--decrypt", "-i", str(tmp_path / "identity"), str(folder / "master.key.age")], capture_output=True, check=True)
    assert opened.stdout == (busy.data / "master.key").read_bytes()
    refused = ruzhu(busy.data, "backup", "--to", str(tmp_path / "other"), "--key-for", "age1notakey")
    assert refused.returncode != 0 and "age" in refused.stderr
    assert not (tmp_path / "other").exists()


def test_a_damaged_backup_is_not_restored(backup, busy, tmp_path):
    damaged = tmp_path / "damaged"
    shutil.copytree(backup, damaged)
    picture = next(path for path in sorted((damaged / "blobs").rglob("*")) if path.is_file())
    content = bytearray(picture.read_bytes())
    content[len(content) // 2] ^= 1
    picture.write_bytes(content)
    done = ruzhu(tmp_path / "empty", "restore", "--from", str(damaged), "--key", str(busy.data / "master.key"))
    assert done.returncode != 0 and picture.name in done.stderr and "SHA-256" in done.stderr
    assert not (tmp_path / "empty" / "ruzhu.sqlite").exists()


def test_nothing_is_restored_over_data_or_without_the_right_key(backup, busy, tmp_path):
    over = ruzhu(busy.data, "restore", "--from", str(backup))
    assert over.returncode != 0 and "已经有了" in over.stderr
    missing = ruzhu(tmp_path / "empty", "restore", "--from", str(backup))
    assert missing.returncode != 0 and "没有主密钥" in missing.stderr
    other = tmp_path / "other.key"
    other.write_bytes(os.urandom(32))
    other.chmod(0o600)
    wrong = ruzhu(tmp_path / "wrong", "restore", "--from", str(backup), "--key", str(other))
    assert wrong.returncode != 0 and "另一把主密钥" in wrong.stderr


def test_verify_finds_a_missing_picture_and_a_changed_commitment(backup, busy, tmp_path):
    place = tmp_path / "restored"
    done = ruzhu(place, "restore", "--from", str(backup), "--key", str(busy.data / "master.key"))
    assert done.returncode == 0, done.stderr
    assert ruzhu(place, "verify").returncode == 0
    picture = next(path for path in sorted((place / "blobs").rglob("*")) if path.is_file())
    picture.unlink()
    with sqlite3.connect(place / "ruzhu.sqlite") as database:
        database.execute(
            "UPDATE applications_submissions SET commitments = replace(commitments, '\":\"a', '\":\"b')")
    done = ruzhu(place, "verify")
    assert done.returncode != 0
    assert "✗ 照片" in done.stdout and "✗ 提交" in done.stdout, done.stdout
