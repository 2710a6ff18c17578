"""A due date stands in the ledger and nowhere else.

A copy in another table stayed behind when a changed law moved the duty, and a file was closed 25
days before its applicant's legal date. Supervision's overview of all ledgers is the one copy, and
follows them by their events.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.source_tree import shown, source_files, tree

LEDGERS = {
    "shared/src/shared/law/duty/duty_tables.py",
    "services/supervision/src/supervision/storage/known_duties_table.py",
}
DUE_DATE = re.compile(r"^due_|_due_(on|at)$")


@pytest.mark.parametrize(
    "path", [each for each in source_files() if "/migrations/" not in shown(each)], ids=shown
)
def test_no_table_but_a_ledger_has_a_due_date(path: Path) -> None:
    due_dates = [name for name in _columns(path) if DUE_DATE.search(name)]

    assert shown(path) in LEDGERS or not due_dates


def test_the_ledgers_are_where_this_test_looks_for_them() -> None:
    found = {shown(path) for path in source_files() if "due_on" in set(_columns(path))}

    assert found >= LEDGERS


def _columns(path: Path) -> Iterator[str]:
    """The names of the columns that a module defines."""
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("Column")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)
