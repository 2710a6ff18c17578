"""The CSV report on an intake: the result of each line, followed by the line as it was sent."""

import csv
import io
from collections.abc import Iterator, Sequence

from certification.domain.intake_lines import Finding
from certification.domain.intakes import DEPENDENTS
from certification.storage.intake_rows import IntakeRow

OWN_COLUMNS = ("line", "outcome", "number", "certification_id", "refusals", "doubts", "kept")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets run cells that begin with one of these; a leading apostrophe keeps them text."""


def report(columns: Sequence[str], rows: Sequence[IntakeRow]) -> str:
    """Write the report as CSV with a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*OWN_COLUMNS, *(f"sent_{name}" for name in columns)])
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue()


def _cells(row: IntakeRow) -> Iterator[str]:
    kept = [Finding(None, code, DEPENDENTS[code]) for code in row.kept_because]
    yield str(row.line)
    yield row.outcome
    yield row.number or ""
    yield str(row.certification_id or "")
    for findings in (row.refusals, row.doubts, kept):
        yield "; ".join(_words(each) for each in findings)
    for cell in row.cells:
        yield f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _words(finding: Finding) -> str:
    return f"{finding.column} {finding.message}" if finding.column else finding.message
