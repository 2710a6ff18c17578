"""What separates code that stays readable is its longest file, so the bar is on the maximum."""

import ast
from pathlib import Path

import pytest

from architecture.source_tree import files_of_tests, functions, shown, source_files

LONGEST_FILE = 400
LONGEST_TEST_FILE = 600
LONGEST_FUNCTION = 40


@pytest.mark.parametrize("path", source_files(), ids=shown)
def test_no_file_is_longer_than_a_reader_holds_in_mind(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", files_of_tests(), ids=shown)
def test_no_test_file_is_longer_than_a_reader_holds_in_mind(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_TEST_FILE


@pytest.mark.parametrize("path", [*source_files(), *files_of_tests()], ids=shown)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    too_long = [
        f"{function.name}: {length} lines"
        for function in functions(path)
        if (length := _lines(function)) > LONGEST_FUNCTION
    ]

    assert not too_long


@pytest.mark.parametrize("path", [p for p in source_files() if p.name != "__main__.py"], ids=shown)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
