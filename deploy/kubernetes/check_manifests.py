#!/usr/bin/env python3
"""Builds every base and overlay with kustomize and validates what comes out; lints the Dockerfile.

Nothing is asked of a cluster or of the network. The schemas are strict: a field that Kubernetes
does not know is a fault, not a remark.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from kubernetes_validate.utils import (
    SchemaNotFoundError,
    ValidationError,
    VersionNotSupportedError,
    validate,
)

KUBERNETES = "1.37"
"""The version the manifests are written for; without its schemas the check fails."""

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
SECONDS = 60

Manifest = dict[str, Any]


class BuildError(Exception):
    """What kustomize says is wrong with a folder."""


def main() -> int:
    """Print a line per folder and file; return 1 if anything is wrong."""
    root = Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT
    is_sound = True
    for path, faults, count in _results(root):
        is_sound = is_sound and not faults
        sys.stdout.write(f"{'FAILED' if faults else 'ok':7}{path.relative_to(root)} ({count})\n")
        sys.stdout.writelines(f"       {fault}\n" for fault in faults)
    return 0 if is_sound else 1


def folders(root: Path = ROOT) -> list[Path]:
    """Every base and overlay: the folders kustomize can build by themselves."""
    found = sorted((root / "deploy/kubernetes").rglob("kustomization.yaml"))
    return [path.parent for path in found if _text(path)["kind"] == "Kustomization"]


def built(folder: Path) -> list[Manifest]:
    """Build what one folder describes; raises BuildError with kustomize's own words."""
    done = _run("kubectl", "kustomize", str(folder))
    if done.returncode:
        raise BuildError(done.stderr.strip())
    return [manifest for manifest in yaml.safe_load_all(done.stdout) if manifest]


def faults_of(manifest: Manifest) -> list[str]:
    """What the stated version of Kubernetes would refuse in one manifest."""
    name = f"{manifest.get('kind')} {manifest.get('metadata', {}).get('name')}"
    try:
        validate(manifest, KUBERNETES, strict=True)
    except ValidationError as error:
        return [f"{name}: {'.'.join(map(str, error.path))}: {error.message}"]
    except (SchemaNotFoundError, VersionNotSupportedError) as error:
        return [f"{name}: {error.message}"]
    return []


def _results(root: Path) -> Iterator[tuple[Path, list[str], str]]:
    found = folders(root)
    if not found:
        yield root, [f"no kustomization under {root}/deploy/kubernetes"], "nothing to check"
    for folder in found:
        yield folder, *_folder(folder)
    dockerfile = root / "deploy/image/Dockerfile"
    lint = _run("hadolint", "--no-color", str(dockerfile))
    faults = (lint.stdout + lint.stderr).splitlines()
    yield dockerfile, faults or ["refused"] * bool(lint.returncode), "hadolint"


def _folder(folder: Path) -> tuple[list[str], str]:
    try:
        manifests = built(folder)
    except BuildError as error:
        return [str(error)], "cannot be built"
    faults = [fault for manifest in manifests for fault in faults_of(manifest)]
    return faults, f"{len(manifests)} objects, Kubernetes {KUBERNETES}"


def _text(path: Path) -> Manifest:
    content: Manifest = yaml.safe_load(path.read_text())
    return content


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own tools with our own arguments
        [TOOLS / tool, *arguments], capture_output=True, text=True, timeout=SECONDS, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
