"""Backup and restoration where pictures are in an object store: to a folder and into another part of the bucket, with rows
in SQLite and in PostgreSQL."""

import os
import re
import shutil
import subprocess
import urllib.request

import pytest
from cluster import postgres
from product import BINARY, ROOT, Product


@pytest.fixture(scope="module")
def bucket():
    """The settings of an object store with an empty bucket."""
    store = subprocess.Popen(
        [str(ROOT / "scripts" / "with-seaweedfs"), "--control"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    settings = {}
    for line in store.stdout:
        if line.strip() == "done":
            break
        name, _, text = line.strip().partition("=")
        settings[name] = text
    assert settings, "the object store did not start: run `make setup`"
    yield settings
    store.stdin.close()
    store.wait(30)


def run(words, **settings):
    environment = {**os.environ, "RUZHU_LOG_LEVEL": "error", "RUZHU": str(BINARY), **settings}
    environment.pop("RUZHU_MASTER_KEY_FILE", None)
    return subprocess.run([str(word) for word in words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180)


def check_whole(verified):
    """`ruzhu verify` found every file that rows name, and opened some."""
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert re.search(r"✓ 照片文件：存储里应有 [1-9]\d* 个", verified.stdout), verified.stdout
    assert re.search(r"✓ 照片：[1-9]\d* 个文件打开过", verified.stdout), verified.stdout


def lose_one(bucket, prefix):
    """Removes one picture behind the product's back."""
    folder = bucket["RUZHU_SEAWEEDFS_BUCKET"] + f"{prefix}/documents/"
    listing = urllib.request.urlopen(urllib.request.Request(folder, headers={"Accept": "application/json"}), timeout=20).read()
    victim = re.search(rb"/([0-9a-f]{32})\"", listing).group(1).decode()
    urllib.request.urlopen(urllib.request.Request(folder + victim, method="DELETE"), timeout=20).close()
    return victim


def check_restored(place, bucket, settings):
    """What was restored into another part of the bucket is whole; without one of its pictures it is not."""
    check_whole(run([BINARY, "verify"], **settings))
    lost = lose_one(bucket, place)
    damaged = run([BINARY, "verify"], **settings)
    assert damaged.returncode != 0 and "✗ 照片文件" in damaged.stdout and lost in damaged.stdout, damaged.stdout


def test_pictures_of_a_bucket_are_in_the_backup_and_come_back(bucket, tmp_path):
    demo = Product(tmp_path / "demo", tmp_path / "demo.log", **bucket).start()
    try:
        # While it serves.
        drill = run([ROOT / "scripts" / "drill-restore"], RUZHU_DATA=str(demo.data), **bucket)
        assert drill.returncode == 0, drill.stdout + drill.stderr
        assert re.search(r"✓ 照片：[1-9]\d* 个文件打开过", drill.stdout), drill.stdout
        backup = tmp_path / "backup"
        taken = run([BINARY, "backup", "--to", backup], RUZHU_DATA=str(demo.data), **bucket)
        assert taken.returncode == 0, taken.stderr
        assert re.search(r"[1-9]\d* 个照片文件", taken.stdout), taken.stdout
    finally:
        demo.stop()
    other = bucket | {"RUZHU_DATA": str(tmp_path / "other"), "RUZHU_BLOBS": "s3://ruzhu/other"}
    back = run([BINARY, "restore", "--from", backup, "--key", demo.data / "master.key"], **other)
    assert back.returncode == 0, back.stderr
    check_restored("other", bucket, other)
    shutil.rmtree(tmp_path / "other")
    again = run([BINARY, "restore", "--from", backup, "--key", demo.data / "master.key"], **other)
    assert again.returncode != 0 and "已经有照片了" in again.stderr, "it would mix two installations"


def test_a_backup_of_postgresql_and_a_bucket_comes_back(bucket, tmp_path):
    with postgres() as database:
        mine = bucket | {"RUZHU_DATABASE": database, "RUZHU_BLOBS": "s3://ruzhu/mine"}
        for name in ("drill", "other"):
            made = subprocess.run(
                ["psql", "-q", database, "-c",
                 f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"],
                capture_output=True, text=True)
            assert made.returncode == 0, made.stderr
        demo = Product(tmp_path / "demo", tmp_path / "demo.log", **mine).start()
        try:
            data = str(demo.data)
            drill = run([ROOT / "scripts" / "drill-restore"], RUZHU_DATA=data,
                        DRILL_DATABASE=database.replace("dbname=ruzhu", "dbname=drill"), **mine)
            assert drill.returncode == 0, drill.stdout + drill.stderr
            backups = tmp_path / "backups"
            for _ in range(2):
                taken = run([ROOT / "scripts" / "backup-postgres", backups], RUZHU_DATA=data, **mine)
                assert taken.returncode == 0, taken.stdout + taken.stderr
            assert "这次新取 0 个" in taken.stdout, "what is there was fetched again"
        finally:
            demo.stop()
        days = sorted(backups.glob("20*"))
        # Without this product too.
        check = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
        assert subprocess.run(check, cwd=backups / "blobs").returncode == 0
        other = mine | {"RUZHU_DATA": str(tmp_path / "other"), "RUZHU_BLOBS": "s3://ruzhu/theirs",
                        "RUZHU_DATABASE": database.replace("dbname=ruzhu", "dbname=other")}
        back = run([ROOT / "scripts" / "restore-postgres", days[-1]], **other)
        assert back.returncode == 0, back.stdout + back.stderr
        (tmp_path / "other").mkdir(mode=0o700)
        shutil.copy(demo.data / "master.key", tmp_path / "other" / "master.key")
        check_restored("theirs", bucket, other)
        picture = next(path for path in sorted((backups / "blobs").glob("??/*")))
        picture.write_bytes(picture.read_bytes()[:-1] + b"?")
        damaged = run([BINARY, "restore-pictures", "--from", backups / "blobs"], **other | {"RUZHU_BLOBS": "s3://ruzhu/third"})
        assert damaged.returncode != 0 and picture.name in damaged.stderr, damaged.stderr
