"""A mutant is tried with the tests that ran its line."""

import json
from pathlib import Path

import pytest
from coverage import CoverageData

from mutants.line_map import DOCUMENT, SCHEMA, LineMap
from mutants.places import Mutant, SyntaxFile

FILE = "services/scoring/src/scoring/domain/levels.py"
API = "services/scoring/src/scoring/api/levels.py"
TABLES = "services/scoring/src/scoring/storage/tables.py"
USER = "services/scoring/src/scoring/use_cases/grade.py"
SOURCE = (
    "LOWEST = 1\n\n\ndef level(total):\n    if total > 9:\n        return 2\n    return LOWEST\n"
)
RAN = {
    "": {1, 4},
    "tests/test_levels.py::test_high|run": {5, 6},
    "tests/test_levels.py::test_low|run": {5, 7},
    "tests/test_slow.py::test_all|run": {5, 6, 7},
}
SECONDS = {"tests/test_levels.py::test_high": 0.1, "tests/test_slow.py::test_all": 90.0}


@pytest.fixture
def line_map(tmp_path: Path) -> LineMap:
    for file in (FILE, API, TABLES):
        (tmp_path / "tree" / file).parent.mkdir(parents=True)
        (tmp_path / "tree" / file).write_text(SOURCE)
    (tmp_path / "record.json").write_text(json.dumps({"seconds": SECONDS, "failed": []}))
    data = CoverageData(str(tmp_path / "coverage"))
    for context, lines in RAN.items():
        data.set_context(context)
        data.add_lines({FILE: lines, API: lines, TABLES: lines})
    (tmp_path / "tree" / USER).parent.mkdir(parents=True)
    (tmp_path / "tree" / USER).write_text("from scoring.domain.levels import LOWEST\n")
    data.set_context("tests/test_grade.py::test_lowest|run")
    data.add_lines({USER: {2}})
    data.write()
    return LineMap(tmp_path)


def mutant_of(source: str, line: str, file: str = FILE) -> Mutant:
    return next(SyntaxFile(file, source).mutants(line))


def test_a_line_chooses_the_tests_that_ran_it_but_not_the_long_ones(line_map: LineMap) -> None:
    assert line_map.tests_of(mutant_of(SOURCE, "return 2")) == ["tests/test_levels.py::test_high"]


def test_a_line_that_runs_at_import_chooses_the_tests_of_its_module_and_of_those_that_use_it(
    line_map: LineMap,
) -> None:
    assert line_map.tests_of(mutant_of(SOURCE, "LOWEST = 1")) == [
        "tests/test_levels.py::test_high",
        "tests/test_levels.py::test_low",
        "tests/test_grade.py::test_lowest",
    ]


def test_a_line_of_an_api_that_runs_at_import_chooses_the_test_of_its_document_first(
    line_map: LineMap,
) -> None:
    assert line_map.tests_of(mutant_of(SOURCE, "LOWEST = 1", API)) == [
        DOCUMENT.format("scoring"),
        "tests/test_levels.py::test_high",
        "tests/test_levels.py::test_low",
    ]


def test_a_line_of_a_table_that_runs_at_import_chooses_the_test_of_the_schema_first(
    line_map: LineMap,
) -> None:
    assert line_map.tests_of(mutant_of(SOURCE, "LOWEST = 1", TABLES)) == [
        SCHEMA.format("scoring"),
        "tests/test_levels.py::test_high",
        "tests/test_levels.py::test_low",
    ]


def test_a_line_is_found_again_where_others_came_before_it(line_map: LineMap) -> None:
    moved = "HIGHEST = 2\n" * 5 + SOURCE

    assert line_map.tests_of(mutant_of(moved, "return 2")) == ["tests/test_levels.py::test_high"]
