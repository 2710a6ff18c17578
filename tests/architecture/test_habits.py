"""Small lints for habits that no general linter knows; each says what it guards against."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from architecture.source_tree import ROOT, shown, source_files, tree

MAY_COMMIT = {"shared/src/shared/database/database.py", "shared/src/shared/schema/migration.py"}
COMMITS_IN_ROOM = "shared/src/shared/messaging/"
MAY_READ_THE_CLOCK = {"shared/src/shared/clock.py"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}
OWN_CLOCK = ("services/doj-gateway/simulator/", "deploy/local/")
"""The simulator is another party and the local system is tooling: neither keeps legal time."""
HEARS_FAULT_POINTS = (
    "shared/src/shared/process/fault_points.py",
    "shared/src/shared/testing/",
)


@pytest.mark.parametrize("path", source_files(), ids=shown)
def test_only_the_database_and_the_loops_commit(path: Path) -> None:
    """A use case that commits by itself loses the events and the audit entry that belong to it."""
    place = shown(path)
    if place in MAY_COMMIT or place.startswith((COMMITS_IN_ROOM, *OWN_CLOCK)):
        return

    assert "commit" not in _methods_called(path)


@pytest.mark.parametrize("path", source_files(), ids=shown)
def test_only_the_clock_reads_the_time(path: Path) -> None:
    """A second reading of the time within one decision puts a deadline on the wrong day."""
    place = shown(path)
    if place in MAY_READ_THE_CLOCK or place.startswith(OWN_CLOCK):
        return

    assert not {"utcnow", "today"} & _methods_called(path)
    assert "datetime.now" not in _dotted_calls(path)


@pytest.mark.parametrize("path", source_files(), ids=shown)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert not VAGUE & set(re.split(r"[_/.]", shown(path)))


@pytest.mark.parametrize("path", source_files(), ids=shown)
def test_only_tests_listen_at_fault_points(path: Path) -> None:
    """A fault armed outside a test is an outage."""
    if shown(path).startswith(HEARS_FAULT_POINTS):
        return

    assert "LISTENERS" not in path.read_text()


def test_no_committed_file_names_a_machine_or_a_registry() -> None:
    """A path or address of one workplace breaks the clone of everybody else."""
    forbidden = "|".join(
        ["/" + "work/", "/" + "root/", "/" + "farm/", "pypi" + r"\.org", "files.python" + "hosted",
         "registry.npm" + "js", "repo1.ma" + "ven", r"\.\./shared/(design|data)"]
    )  # fmt: skip
    found = subprocess.run(
        ["git", "grep", "-nIE", forbidden, "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert not found.stdout


def _methods_called(path: Path) -> set[str]:
    return {
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id in {"tx", "self"})
    }


def _dotted_calls(path: Path) -> set[str]:
    return {
        ast.unparse(node.func)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
