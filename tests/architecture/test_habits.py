"""Small lints for habits that no general linter knows; each says what it guards against."""

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from architecture.source_tree import (
    ROOT,
    assert_kept,
    calls,
    files_of_tests,
    lines,
    shown,
    source_files,
)

MAY_COMMIT = {"shared/src/shared/database/database.py", "shared/src/shared/schema/migration.py"}
COMMITS_IN_ROOM = "shared/src/shared/messaging/"
MAY_READ_THE_CLOCK = {"shared/src/shared/clock.py"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc"}
OWN_CLOCK = ("services/doj-gateway/simulator/", "deploy/local/")
"""The simulator is another party and the local system is tooling: neither keeps legal time."""
MEASURES_SPEED = "tests/benchmarks/"
STOPWATCHES = {"perf_counter", "perf_counter_ns", "process_time", "process_time_ns"}
HEARS_FAULT_POINTS = (
    "shared/src/shared/process/fault_points.py",
    "shared/src/shared/testing/",
)


def test_only_the_database_and_the_loops_commit() -> None:
    """A use case that commits by itself loses the events and the audit entry that belong to it."""
    others = [path for path in source_files() if shown(path) not in MAY_COMMIT]

    assert_kept(_commits, _outside(others, COMMITS_IN_ROOM, *OWN_CLOCK))


def test_only_the_clock_reads_the_time() -> None:
    """A second reading of the time within one decision puts a deadline on the wrong day."""
    others = [path for path in source_files() if shown(path) not in MAY_READ_THE_CLOCK]

    assert_kept(_readings_of_the_time, _outside(others, *OWN_CLOCK))


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert_kept(_vague_words, source_files())


def test_only_tests_listen_at_fault_points() -> None:
    """A fault armed outside a test is an outage."""
    assert_kept(_listening, _outside(source_files(), *HEARS_FAULT_POINTS))


def test_only_benchmarks_measure_speed() -> None:
    """A test with a stopwatch fails on a busy machine and says nothing of the code."""
    assert_kept(_stopwatches, _outside(files_of_tests(), MEASURES_SPEED))


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


def _outside(paths: Iterable[Path], *rooms: str) -> list[Path]:
    return [path for path in paths if not shown(path).startswith(rooms)]


def _commits(path: Path) -> Iterator[tuple[int, str]]:
    yield from _calls_of_methods(path, {"commit"})


def _readings_of_the_time(path: Path) -> Iterator[tuple[int, str]]:
    yield from _calls_of_methods(path, {"utcnow", "today"})
    for call in calls(path):
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "datetime.now":
            yield call.lineno, "datetime.now"


def _vague_words(path: Path) -> Iterator[tuple[int, str]]:
    for word in VAGUE & set(re.split(r"[_/.]", shown(path))):
        yield 1, f'"{word}" in its path'


def _listening(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines(path), 1):
        if "LISTENERS" in line:
            yield number, line.strip()


def _stopwatches(path: Path) -> Iterator[tuple[int, str]]:
    for call in calls(path):
        called = ast.unparse(call.func)
        if called.rpartition(".")[2] in STOPWATCHES:
            yield call.lineno, called


def _calls_of_methods(path: Path, names: set[str]) -> Iterator[tuple[int, str]]:
    """The calls of methods with these names, but on a transaction and on the object itself."""
    for call in calls(path):
        if isinstance(call.func, ast.Attribute) and call.func.attr in names:
            owner = call.func.value
            if not (isinstance(owner, ast.Name) and owner.id in {"tx", "self"}):
                yield call.lineno, ast.unparse(call.func)
