"""The project's own Python files, and small questions about them."""

import ast
from collections.abc import Iterator
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


def source_files() -> list[Path]:
    """Every module of the distributions."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def files_of_tests() -> list[Path]:
    """Every module under tests/."""
    return sorted((ROOT / "tests").rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax."""
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    """The path as a reader of the project knows it."""
    return path.relative_to(ROOT).as_posix()
