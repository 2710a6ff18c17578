"""Dates of events and of partners' answers are read in one form; for the APIs, OpenAPI is asked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.source_tree import shown, source_files, tree

LENIENT = {"date", "datetime", "AwareDatetime", "NaiveDatetime", "PastDate", "FutureDate"}
READ_BY_PYDANTIC = {"BaseModel", "Event", "DutyEvent"}
READS_FOREIGN_TEXT = [
    path
    for path in source_files()
    if "/shared/events/" in shown(path) or "/partners/" in shown(path)
]


@pytest.mark.parametrize("path", READS_FOREIGN_TEXT, ids=shown)
def test_no_field_reads_a_date_leniently(path: Path) -> None:
    """A bare `date` takes ten digits for a day of 2023: `PlainDate` and `PlainInstant` do not."""
    assert not LENIENT & set(_names_in_fields(path))


def _names_in_fields(path: Path) -> Iterator[str]:
    for kind in ast.walk(tree(path)):
        if isinstance(kind, ast.ClassDef) and not kind.decorator_list:
            for field in kind.body:
                if isinstance(field, ast.AnnAssign):
                    yield from (n.id for n in ast.walk(field.annotation) if isinstance(n, ast.Name))
