"""A list as it was sent: CSV, taken apart into lines and cells; what they say is read later.

UTF-8 with or without a byte order mark; comma or semicolon, whichever its first line has more of.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from shared.errors import Fault, InvalidInputError

MOST_LINES = 100_000
HEADER = "body.header"


@dataclass(frozen=True)
class SentLine:
    """A line's cells, and where in the file it begins; the header is line 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SentList:
    """The columns as the header names them, and every line that says anything."""

    columns: tuple[str, ...]
    lines: tuple[SentLine, ...]


class ListRefusedError(InvalidInputError):
    """The whole list cannot be read: nothing is said of its lines."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(
            f"this list cannot be read: {message}",
            code="unreadable-list",
            faults=[Fault(place, message)],
        )


def read_list(content: bytes, *, required: Collection[str], known: Collection[str]) -> SentList:
    """Take a list apart; ListRefusedError where that cannot be done, or its columns are others."""
    text = _text(content)
    header, *lines = list(_lines(text)) or [SentLine(1, ())]
    columns = tuple(_column_name(cell) for cell in header.cells)
    _refuse_columns(columns, required, known)
    if not lines:
        raise ListRefusedError("body", "there is nothing below its header")
    if len(lines) > MOST_LINES:
        message = f"a list has {MOST_LINES} lines at the most: send it in parts"
        raise ListRefusedError("body", message)
    return SentList(columns, tuple(lines))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"line {line} is not UTF-8: save it as CSV in UTF-8"
        raise ListRefusedError("body", message) from None
    if "\0" in text:
        raise ListRefusedError("body", "it holds a null character")
    return text


def _lines(text: str) -> Iterator[SentLine]:
    """Every line with a cell that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                yield SentLine(line, stripped)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListRefusedError(
            f"body.lines.{line}", f"line {line}: {error}; is a quote left open?"
        ) from None


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if first.count(";") > first.count(",") else ","


def _column_name(cell: str) -> str:
    return "_".join(cell.lower().replace("-", " ").replace("_", " ").split())


def _refuse_columns(
    columns: Sequence[str], required: Collection[str], known: Collection[str]
) -> None:
    if missing := [name for name in required if name not in columns]:
        raise ListRefusedError(HEADER, f"the columns {', '.join(missing)} are missing")
    if unknown := [number for number, name in enumerate(columns, 1) if name not in known]:
        raise ListRefusedError(HEADER, f"column {unknown[0]} is none of {', '.join(known)}")
    if twice := [name for name in known if columns.count(name) > 1]:
        raise ListRefusedError(HEADER, f"the columns {', '.join(twice)} are there twice")
