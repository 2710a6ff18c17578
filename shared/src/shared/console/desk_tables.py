"""Prints the desk's answers: as a table on a terminal, otherwise as plain columns."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shared.messaging.parked.masking import ShownField, ShownRecord
from shared.messaging.parked.parked_causes import ParkedCause
from shared.messaging.parked.parked_messages import ParkedMessage

if TYPE_CHECKING:
    from rich.table import Table

Row = Sequence[object]
NOTHING = "-"
PAIR = 2


def write_messages(messages: Sequence[ParkedMessage], more: str | None) -> None:
    """Write one line per message."""
    headings = ("id", "state", "head", "reason", "type", "subject", "place", "parked", "error")
    _table(
        headings,
        [
            (
                each.id,
                each.state,
                "yes" if each.is_head else "no",
                each.reason,
                each.type,
                each.subject_id,
                f"{each.topic}[{each.partition}]@{each.record_offset}",
                f"{each.parked_at:%Y-%m-%dT%H:%M:%SZ}",
                each.error,
            )
            for each in messages
        ],
    )
    _say_more(more)


def write_causes(causes: Sequence[ParkedCause], more: str | None) -> None:
    """Write one line per cause."""
    headings = ("cause", "messages", "heads", "dead", "first seen", "last seen", "why")
    _table(
        headings,
        [
            (
                each.id,
                each.messages,
                each.heads,
                each.dead,
                f"{each.first_seen_at:%Y-%m-%dT%H:%M:%SZ}",
                f"{each.last_seen_at:%Y-%m-%dT%H:%M:%SZ}",
                f"{each.reason} {each.type or NOTHING}: {each.error}",
            )
            for each in causes
        ],
    )
    _say_more(more)


def write_message(message: ParkedMessage) -> None:
    """Write one message, one line per field."""
    _table(("what", "value"), list(vars(message).items()))


def write_record(record: ShownRecord) -> None:
    """Write the message's record with masked values."""
    counts = (
        ("unknown headers", record.foreign_headers),
        ("unknown fields", record.foreign_fields),
        ("bytes of data", record.data_bytes),
    )
    fields = [*_fields("header", record.headers), *_fields("data", record.data)]
    _table(("part", "name", "value"), [*fields, *(("counted", *each) for each in counts)])


def _fields(part: str, fields: Iterable[ShownField]) -> list[Row]:
    return [(part, each.name, _value(each)) for each in fields]


def _value(field: ShownField) -> object:
    if field.masked_length is None:
        return field.value
    return f"masked, {field.masked_length} characters"


def _say_more(more: str | None) -> None:
    if more is not None:
        sys.stderr.write(f"More results: add --after {more}\n")


def _table(headings: Sequence[str], rows: Sequence[Row]) -> None:
    lines = [[_cell(each) for each in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]
    if sys.stdout.isatty():
        _draw(headings, lines, sum(widths) + 3 * len(widths))
        return
    for line in (headings, *lines):
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")
    sys.stdout.write("\n")


def _draw(headings: Sequence[str], lines: Sequence[Row], width: int) -> None:
    """A table if the terminal is wide enough, otherwise a block per row; ids are never cut."""
    from rich.console import Console  # noqa: PLC0415 - for a terminal alone

    console = Console()
    if width <= console.width or len(headings) == PAIR:
        console.print(_drawn(headings, lines))
        return
    for line in lines:
        console.print(_drawn((), list(zip(headings, line, strict=True))))


def _drawn(headings: Sequence[str], lines: Sequence[Row]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 - for a terminal alone
    from rich.text import Text  # noqa: PLC0415 - the same

    table = Table(*headings, show_header=bool(headings))
    for line in lines:
        table.add_row(*(Text(str(cell)) for cell in line))
    return table


def _cell(value: object) -> str:
    """The value on one line."""
    return " ".join(str(value).split()) if value is not None else NOTHING
