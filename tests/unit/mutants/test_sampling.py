"""The sample is the same for the same seed, and only of what was asked for."""

import subprocess
from pathlib import Path

import pytest

from mutants.equivalents import Equivalent, Equivalents
from mutants.sampling import changed_lines, draw

FILE = "shared/src/shared/law/days.py"
LINES = "".join(f"day_{number} = first < {number}\n" for number in range(20))
NONE = Equivalents()
IS_SAME = Equivalent(FILE, "day_3 = first < 3", "day_3 = first <= 3", "no day is the third")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(LINES)
    return tmp_path


def drawn(root: Path, seed: int, *, known: Equivalents = NONE, count: int = 5) -> list[str]:
    sample = draw(root, [FILE], seed=seed, count=count, equivalents=known)
    return [mutant.becomes for mutant in sample]


def test_a_seed_draws_the_same_mutants_and_another_one_others(root: Path) -> None:
    assert drawn(root, 14) == drawn(root, 14)
    assert drawn(root, 14) != drawn(root, 15)


def test_a_line_more_moves_no_other_line_out_of_the_sample(root: Path) -> None:
    before = drawn(root, 14, count=20)
    (root / FILE).write_text("# A word about days.\n" + LINES)

    assert drawn(root, 14, count=20) == before


def test_an_equivalent_mutant_is_left_out(root: Path) -> None:
    every_seed = [text for seed in range(9) for text in drawn(root, seed, count=20)]
    known = Equivalents([IS_SAME])

    left = [text for seed in range(9) for text in drawn(root, seed, count=20, known=known)]

    assert IS_SAME.becomes in every_seed
    assert IS_SAME.becomes not in left
    assert not known.unmatched(root)


def test_an_entry_that_no_mutant_answers_to_is_told(root: Path) -> None:
    gone = Equivalent(FILE, "day_99 = first < 99", "day_99 = first <= 99", "no such line any more")

    assert Equivalents([IS_SAME, gone]).unmatched(root) == [gone]


def test_since_a_revision_only_lines_that_differ_are_drawn(root: Path) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *command], cwd=root, check=True)
    (root / FILE).write_text(LINES.replace("day_7 = first < 7", "day_7 = first < 77"))

    only = changed_lines(root, "HEAD")
    sample = draw(root, [FILE], seed=14, count=9, only=only, equivalents=NONE)

    assert {mutant.was for mutant in sample} == {"day_7 = first < 77"}
