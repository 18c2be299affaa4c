"""What deploy/ holds is well formed and fits the product. Nothing of it is run here but the checks."""

import json
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from product import BINARY, ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
# Not objects of Kubernetes' own.
OTHER = {"kustomization.yaml", "prometheus-adapter.yaml"}


def tool(name):
    """A tool of the tests' own Python."""
    return str(pathlib.Path(sys.executable).parent / name)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [path for path in MANIFESTS if path.name not in OTHER], ids=lambda path: path.name)
def test_kubernetes_knows_every_field(path):
    run(tool("kubernetes-validate"), "--strict", "-k", "1.36", str(path))


def test_the_kustomization_names_every_manifest_that_is_applied():
    named = set(yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"])
    assert named == {path.name for path in MANIFESTS} - OTHER - {"secret.example.yaml"}


def test_compose_knows_every_field():
    run(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(DEPLOY / "compose.yaml"))


def test_compose_makes_the_database_and_the_bucket_as_the_product_wants_them():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    # In any other order of texts the product refuses the database.
    assert "--locale=C" in services["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    bucket = services["web1"]["environment"]["RUZHU_BLOBS"].removeprefix("s3://").split("/")[0]
    assert f"s3.bucket.create -name {bucket}\\n" in services["bucket"]["command"][0]
    assert "bucket" in services["migrate"]["depends_on"]
    rights = json.loads((DEPLOY / "compose.s3.json.example").read_text())["identities"][0]["actions"]
    assert {f"Read:{bucket}", f"Write:{bucket}", f"List:{bucket}"} <= set(rights)


def test_the_containerfile_has_no_known_fault():
    run(tool("hadolint"), str(DEPLOY / "Containerfile"))


def test_the_image_has_every_library_that_the_product_is_linked_with():
    linked = subprocess.run(["readelf", "-d", str(BINARY)], capture_output=True, text=True, check=True).stdout
    lines = (ROOT / "scripts" / "packages" / "serve.txt").read_text().splitlines()
    installed = {line.split()[0] for line in lines if not line.startswith("#")}
    # Swift's own slim image has its runtime and these.
    installed |= {"libc6", "libgcc-s1", "libstdc++6"}
    for library in re.findall(r"NEEDED.*\[(.+)\]", linked):
        found = subprocess.run(["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True).stdout
        packages = {line.split(":")[0] for line in found.splitlines()}
        # What no package brings comes with the Swift toolchain.
        assert not packages or packages & installed, f"{library}: scripts/packages/serve.txt lacks {sorted(packages)}"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path):
    for unit in (DEPLOY / "systemd").iterdir():
        # The programs are not at their place on this machine.
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text()))
    run(
        "systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in
        ["ruzhu@web1.service", "ruzhu-backup.service", "ruzhu-backup.timer"]))


def deployments():
    for path in MANIFESTS:
        for one in yaml.safe_load_all(path.read_text()):
            if one and one.get("kind") in ("Deployment", "Job"):
                yield one["metadata"]["name"], one["spec"]["template"]["spec"]


def test_nothing_is_killed_before_it_may_have_ended():
    settings = yaml.safe_load((DEPLOY / "kubernetes" / "configuration.yaml").read_text())["data"]
    needed = int(settings["RUZHU_DRAIN_SECONDS"]) + int(settings["RUZHU_STOP_SECONDS"])
    for name, pod in deployments():
        if name != "ruzhu-migrate":
            assert pod["terminationGracePeriodSeconds"] > needed, name
    standard = 5 + 20
    unit = (DEPLOY / "systemd" / "ruzhu@.service").read_text()
    assert int(re.search(r"TimeoutStopSec=(\d+)s", unit).group(1)) > standard
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    for name in ["web1", "web2", "worker"]:
        assert int(compose["services"][name]["stop_grace_period"].rstrip("s")) > standard


def test_no_process_may_more_than_it_needs():
    for name, pod in deployments():
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"], name
        for container in pod["initContainers"] + pod["containers"]:
            may = container["securityContext"]
            assert may["readOnlyRootFilesystem"] and not may["allowPrivilegeEscalation"], name
            assert may["capabilities"]["drop"] == ["ALL"] and "memory" in container["resources"]["limits"], name
    secrets = {name: [one["secretRef"]["name"] for one in pod["containers"][0]["envFrom"] if "secretRef" in one]
               for name, pod in deployments()}
    assert "ruzhu-messages" in secrets["ruzhu-worker"] and "ruzhu-messages" not in secrets["ruzhu-web"]


def test_every_setting_is_one_that_the_product_has():
    described = set(re.findall(r"\| `(RUZHU_[A-Z0-9_]+)`", (ROOT / "docs" / "operations.md").read_text()))
    # Taken with PostgreSQL and the object store.
    described |= {"RUZHU_DATABASE", "RUZHU_BLOBS", "RUZHU_S3_ENDPOINT", "RUZHU_S3_REGION", "RUZHU_S3_ACCESS_KEY",
                  "RUZHU_S3_SECRET_KEY"}
    # Compose's own: which image.
    described.add("RUZHU_IMAGE")
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            used = set(re.findall(r"RUZHU_[A-Z0-9_]+", path.read_text()))
            assert used <= described, f"{path.name}: {sorted(used - described)}"
