"""The check of the manifests refuses what it should: tried on copies, each broken in one way."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from check_manifests import KUBERNETES, ROOT, faults_of

API = "deploy/kubernetes/components/service/api.yaml"
DOCKERFILE = "deploy/image/Dockerfile"
BASE = "deploy/kubernetes/base/certification"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """One base is enough to see a fault found, and quicker than all."""
    for folder in ("deploy/kubernetes/components", BASE, "deploy/image"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_what_is_committed_is_sound() -> None:
    done = _check(ROOT)

    assert done.returncode == 0, done.stdout
    assert f"Kubernetes {KUBERNETES}" in done.stdout
    assert done.stdout.count("ok") == len(done.stdout.splitlines())


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (API, "replicas: 2", "replica: 2", "'replica' was unexpected"),
        (API, "replicas: 2", "replicas: two", "'two' is not of type"),
        (API, "apps/v1", "apps/v1beta1", "Couldn't find schema"),
        (API, "containerPort: 8080", "containerPort:", "None is not of type"),
        (f"{BASE}/kustomization.yaml", "components/service", "components/nothing", "nothing"),
        (DOCKERFILE, "FROM python:${PYTHON}-slim\n", "FROM python\n", "DL3006"),
    ],
)
def test_a_broken_manifest_is_named(copy: Path, path: str, old: str, new: str, said: str) -> None:
    text = (copy / path).read_text()
    assert old in text
    (copy / path).write_text(text.replace(old, new))

    done = _check(copy)

    assert done.returncode == 1
    assert "FAILED" in done.stdout
    assert said in done.stdout


def test_nothing_to_check_is_no_success(tmp_path: Path) -> None:
    done = _check(tmp_path)

    assert done.returncode == 1
    assert "no kustomization" in done.stdout


def test_a_version_without_schemas_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("check_manifests.KUBERNETES", "1.99")
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "process"}}

    assert "does not support version 1.99" in faults_of(account)[0]


def _check(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "deploy/kubernetes/check_manifests.py", root],
        capture_output=True,
        text=True,
        timeout=480,
        check=False,
    )
