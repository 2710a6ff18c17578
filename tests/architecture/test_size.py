"""What separates code that stays readable is its longest file, so the bar is on the maximum."""

import ast
from collections.abc import Iterator
from pathlib import Path

from architecture.source_tree import (
    assert_kept,
    files_of_tests,
    functions,
    lines,
    source_files,
    tree,
)

LONGEST_FILE = 400
LONGEST_TEST_FILE = 600
LONGEST_FUNCTION = 40


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    assert_kept(_longer_than_a_file, source_files())


def test_no_test_file_is_longer_than_a_reader_holds_in_mind() -> None:
    assert_kept(_longer_than_a_test_file, files_of_tests())


def test_no_function_is_longer_than_a_screen() -> None:
    assert_kept(_long_functions, [*source_files(), *files_of_tests()])


def test_every_module_says_what_it_is_for() -> None:
    told = [path for path in source_files() if path.name != "__main__.py"]

    assert_kept(_silence, told)


def _longer_than_a_file(path: Path) -> Iterator[tuple[int, str]]:
    if len(lines(path)) > LONGEST_FILE:
        yield len(lines(path)), f"longer than {LONGEST_FILE} lines"


def _longer_than_a_test_file(path: Path) -> Iterator[tuple[int, str]]:
    if len(lines(path)) > LONGEST_TEST_FILE:
        yield len(lines(path)), f"longer than {LONGEST_TEST_FILE} lines"


def _long_functions(path: Path) -> Iterator[tuple[int, str]]:
    for function in functions(path):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield function.lineno, f"{function.name} has {length} lines"


def _silence(path: Path) -> Iterator[tuple[int, str]]:
    if not ast.get_docstring(tree(path)):
        yield 1, "no docstring"
