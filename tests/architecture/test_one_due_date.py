"""A due date stands in the ledger and nowhere else.

A copy in another table stayed behind when a changed law moved the duty, and a file was closed 25
days before its applicant's legal date. Supervision's overview of all ledgers is the one copy, and
follows them by their events.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from architecture.source_tree import assert_kept, calls, shown, source_files

LEDGERS = {
    "shared/src/shared/law/duty/duty_tables.py",
    "services/supervision/src/supervision/storage/known_duties_table.py",
}
DUE_DATE = re.compile(r"^due_|_due_(on|at)$")


def test_no_table_but_a_ledger_has_a_due_date() -> None:
    others = [path for path in source_files() if shown(path) not in LEDGERS]
    tables = [path for path in others if "/migrations/" not in shown(path)]

    assert_kept(_due_dates, tables)


def test_the_ledgers_are_where_this_test_looks_for_them() -> None:
    found = {shown(path) for path in source_files() if "due_on" in dict(_columns(path))}

    assert found >= LEDGERS


def _due_dates(path: Path) -> Iterator[tuple[int, str]]:
    for name, line in _columns(path):
        if DUE_DATE.search(name):
            yield line, name


def _columns(path: Path) -> Iterator[tuple[str, int]]:
    """The names of the columns that a module defines, each with its line."""
    for call in calls(path):
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant) and ast.unparse(call.func).endswith("Column"):
            yield str(first.value), call.lineno
