"""Dates of events and of partners' answers are read in one form; for the APIs, OpenAPI is asked."""

import ast
from collections.abc import Iterator
from pathlib import Path

from architecture.source_tree import assert_kept, nodes, shown, source_files

LENIENT = {"date", "datetime", "AwareDatetime", "NaiveDatetime", "PastDate", "FutureDate"}


def test_no_field_reads_a_date_leniently() -> None:
    """A bare `date` takes ten digits for a day of 2023: `PlainDate` and `PlainInstant` do not."""
    of_events = [path for path in source_files() if "/shared/events/" in shown(path)]
    of_partners = [path for path in source_files() if "/partners/" in shown(path)]

    assert of_events
    assert of_partners
    assert_kept(_lenient_fields, [*of_events, *of_partners])


def _lenient_fields(path: Path) -> Iterator[tuple[int, str]]:
    for kind in nodes(path):
        if isinstance(kind, ast.ClassDef) and not kind.decorator_list:
            for field in kind.body:
                if isinstance(field, ast.AnnAssign):
                    yield from _lenient_names(field)


def _lenient_names(field: ast.AnnAssign) -> Iterator[tuple[int, str]]:
    for name in ast.walk(field.annotation):
        if isinstance(name, ast.Name) and name.id in LENIENT:
            yield field.lineno, f"{ast.unparse(field.target)}: {name.id}"
