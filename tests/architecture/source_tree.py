"""The project's own Python files, each read once per run, and small questions about them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "shared/src/shared",
    "services/certification/src/certification",
    "services/supervision/src/supervision",
    "services/scoring/src/scoring",
    "services/doj-gateway/src/doj_gateway",
    "services/doj-gateway/simulator/src/doj_simulator",
    "deploy/local/src/local_system",
)
Rule = Callable[[Path], Iterable[tuple[int, str]]]
"""What a house rule has to say about one file: lines, each with what is wrong there."""


@cache
def source_files() -> tuple[Path, ...]:
    """Every module of the distributions."""
    return tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))


@cache
def files_of_tests() -> tuple[Path, ...]:
    """Every module under tests/."""
    return tuple(sorted((ROOT / "tests").rglob("*.py")))


def assert_kept(rule: Rule, paths: Iterable[Path]) -> None:
    """Fail with everything that the rule finds in the files, as `path:line: what is wrong`."""
    found = [f"{shown(path)}:{line}: {what}" for path in paths for line, what in rule(path)]

    assert not found, "\n".join(["these break the rule:", *found])


@cache
def lines(path: Path) -> tuple[str, ...]:
    """The module's lines."""
    return tuple(path.read_text().splitlines())


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax."""
    return ast.parse(path.read_text(), str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the module's syntax."""
    return tuple(ast.walk(tree(path)))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield node


def shown(path: Path) -> str:
    """The path as a reader of the project knows it."""
    return path.relative_to(ROOT).as_posix()
