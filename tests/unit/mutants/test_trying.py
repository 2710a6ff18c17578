"""A mutant is noticed in the copy it was put into, by a process that imports that copy."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from local_system.lent import Lender
from mutants.places import Mutant, SyntaxFile
from mutants.trees import Tree
from mutants.trying import Worker, control_of

FILE = "shared/src/tried/days.py"
DAYS = "def is_late(day: int) -> bool:\n    return day > 9\n"
TEST = """
from pathlib import Path

from tried.days import is_late

def test_the_tenth_day_is_late():
    assert is_late(10)

def test_the_eighth_day_waits():
    if not is_late(10):
        while True:
            pass
    assert not is_late(8)

def test_the_machine_was_busy_once():
    was_busy = Path("was-busy").exists()
    Path("was-busy").touch()
    assert was_busy
"""
TENTH, EIGHTH, ONCE = (
    "tests/test_days.py::test_the_tenth_day_is_late",
    "tests/test_days.py::test_the_eighth_day_waits",
    "tests/test_days.py::test_the_machine_was_busy_once",
)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    folder = tmp_path_factory.mktemp("project") / "tree"
    here = Path(__file__).resolve().parents[2]
    for name, text in {FILE: DAYS, "tests/test_days.py": TEST, "pytest.ini": "[pytest]"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "tests" / "mutants").symlink_to(here / "mutants")
    worker = Worker(Tree(folder), Lender(folder, 0), patience=5, late_after=0)
    yield worker
    worker.close()


@pytest.fixture
def mutant() -> Mutant:
    return next(one for one in SyntaxFile(FILE, DAYS).mutants("") if one.operator == "number")


def test_the_control_is_noticed_and_the_unchanged_tree_is_not(
    worker: Worker, mutant: Mutant
) -> None:
    unchanged = replace(mutant, mutated=mutant.source)

    assert worker.try_mutant(control_of(mutant), [TENTH]).is_noticed
    assert not worker.try_mutant(unchanged, [TENTH, EIGHTH]).is_noticed


def test_a_mutant_is_noticed_by_the_test_that_fails_for_it_alone(
    worker: Worker, mutant: Mutant
) -> None:
    tried = worker.try_mutant(mutant, [TENTH])

    assert tried.is_noticed
    assert tried.outcome.failed == [TENTH]
    assert not worker.try_mutant(mutant, []).is_noticed


def test_a_test_that_failed_late_and_only_once_has_noticed_nothing(
    worker: Worker, mutant: Mutant
) -> None:
    tried = worker.try_mutant(replace(mutant, mutated=mutant.source), [ONCE, TENTH])

    assert not tried.is_noticed
    assert tried.outcome.ran == 1


def test_a_test_that_hangs_is_noticed_by_the_clock(worker: Worker, mutant: Mutant) -> None:
    tried = worker.try_mutant(mutant, [EIGHTH])

    assert tried.is_noticed
    assert tried.is_by_the_clock
