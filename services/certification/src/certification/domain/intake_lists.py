"""Parsing of an imported list: CSV, split into lines and cells.

UTF-8 with or without a byte order mark. The separator is the comma, semicolon or tab that the first
line has most of, or the one in a spreadsheet's own first line `sep=;`. Empty columns without a name
are left out, because spreadsheets append them.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from shared.errors import WHOLE, Fault, InvalidInputError
from shared.identity.texts import tidy_text

MOST_LINES = 100_000
SEPARATORS = ",;\t"
_NAMES_SEPARATOR = re.compile(r"[\"']?sep=([,;\t|])[\"']?[,;\t|]*\r?(?:\n|$)", re.IGNORECASE)
"""A line that Excel writes and reads before the header; other spreadsheets show it as data."""
HEADER = "header"


@dataclass(frozen=True)
class SentLine:
    """The cells of a line, and its line number in the file; the header is line 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SentList:
    """The columns named in the header, and every line that is not empty."""

    columns: tuple[str, ...]
    lines: tuple[SentLine, ...]


class ListRefusedError(InvalidInputError):
    """The whole list cannot be read, so no line is reported."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(
            f"the list cannot be read: {message}",
            code="unreadable-list",
            faults=[Fault(place, message)],
        )


def read_list(content: bytes, *, required: Collection[str], known: Collection[str]) -> SentList:
    """Split a list into lines; ListRefusedError if that fails or its columns are wrong."""
    text = _text(content)
    header, *lines = _without_nameless(list(_lines(text)) or [SentLine(1, ())])
    columns = tuple(_column_name(cell) for cell in header.cells)
    _refuse_columns(columns, required, known)
    if not lines:
        raise ListRefusedError(WHOLE, "there are no lines below the header")
    if len(lines) > MOST_LINES:
        message = f"a list can have at most {MOST_LINES} lines; send it in parts"
        raise ListRefusedError(WHOLE, message)
    return SentList(columns, tuple(lines))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"line {line} is not UTF-8; save the list as CSV in UTF-8 (in Excel: CSV UTF-8)"
        raise ListRefusedError(WHOLE, message) from None
    if "\0" in text:
        raise ListRefusedError(WHOLE, "the list contains a null character")
    return text


def _lines(text: str) -> Iterator[SentLine]:
    """Return every line with a cell that is not empty, except a line that names the separator."""
    named = _NAMES_SEPARATOR.match(text)
    separator = named[1] if named else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            tidy = tuple(tidy_text(cell) for cell in cells)
            if any(tidy) and not (named and line == 1):
                yield SentLine(line, tidy)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListRefusedError(
            f"lines.{line}", f"line {line}: {error}; check for a quotation mark that is not closed"
        ) from None


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _without_nameless(lines: Sequence[SentLine]) -> list[SentLine]:
    """Remove columns without a name and cells beyond the last column if they are empty."""
    header = lines[0].cells
    said = {at for each in lines for at, cell in enumerate(each.cells) if cell}
    width = max((at + 1 for at in said if at < len(header)), default=0)
    empty = {at for at in range(width) if at not in said}
    return [replace(each, cells=_kept(each.cells, width, empty)) for each in lines]


def _kept(cells: Sequence[str], width: int, empty: Collection[int]) -> tuple[str, ...]:
    """Return the cells of the kept columns, and any text beyond them."""
    last = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
    end = max(last, min(width, len(cells)))
    return tuple(cells[at] for at in range(end) if at not in empty)


def _column_name(cell: str) -> str:
    return "_".join(cell.lower().replace("-", " ").replace("_", " ").split())


def _refuse_columns(
    columns: Sequence[str], required: Collection[str], known: Collection[str]
) -> None:
    if missing := [name for name in required if name not in columns]:
        raise ListRefusedError(HEADER, f"missing columns: {', '.join(missing)}")
    if unknown := [number for number, name in enumerate(columns, 1) if name not in known]:
        number = unknown[0]
        nameless = "has no name; use one of" if not columns[number - 1] else "must be one of"
        raise ListRefusedError(HEADER, f"column {number} {nameless} {', '.join(known)}")
    if twice := [name for name in known if columns.count(name) > 1]:
        raise ListRefusedError(HEADER, f"columns that appear twice: {', '.join(twice)}")
