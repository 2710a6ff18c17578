"""The open files, as the simulation sees them: in line, out of it for a while, or not in it yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from uuid import UUID


class Stage(StrEnum):
    """How far an open file is; one found deficient after it was complete is paused, then cured.

    A cured file is the Board's turn again and only has to be found complete: it counts as in line.
    """

    IN_REVIEW = "in-review"
    IN_LINE = "in-line"
    CURED = "cured"
    PAUSED = "paused"
    NOT_COMPLETE = "not-complete"


class OpenFile(NamedTuple):
    """One open file; all but those not complete have the instant at which they first were.

    `paused_on` is the day of the notice that a paused file waits for; `due_on` is the ledger's, of
    a paused file as it stood when the clock was paused.
    """

    id: UUID
    stage: Stage
    received_on: date
    completed_at: datetime | None = None
    paused_on: date | None = None
    due_on: date | None = None


class PausedFile(NamedTuple):
    """A paused file, with how many files are decided before it may be."""

    file: OpenFile
    ahead: int


@dataclass(frozen=True)
class Line:
    """The line in its order; the paused by day of notice, the not complete by day of receipt.

    Files that began to wait on the same day have the same prospects, so they are simulated once.
    """

    in_line: tuple[OpenFile, ...]
    paused: Mapping[date, tuple[PausedFile, ...]]
    not_complete: Mapping[date, tuple[OpenFile, ...]]

    @cached_property
    def unhindered(self) -> int:
        """How many files at the head of the line were complete before every paused one."""
        ahead = [each.ahead for files in self.paused.values() for each in files]
        return min(ahead, default=len(self.in_line))


def lined_up(files: Iterable[OpenFile]) -> Line:
    """Put the files in order: those in review, then first in, first out by completeness."""
    ordered = sorted(files, key=_number)
    in_line: list[OpenFile] = []
    paused: dict[date, list[PausedFile]] = defaultdict(list)
    not_complete: dict[date, list[OpenFile]] = defaultdict(list)
    for file in ordered:
        if file.completed_at is None:
            not_complete[file.received_on].append(file)
    complete = [file for file in ordered if file.completed_at is not None]
    for file in sorted(complete, key=_turn):
        if file.paused_on is None:
            in_line.append(file)
        else:
            paused[file.paused_on].append(PausedFile(file, len(in_line)))
    return Line(
        tuple(in_line),
        {on: tuple(paused[on]) for on in sorted(paused)},
        {on: tuple(not_complete[on]) for on in sorted(not_complete)},
    )


def _number(file: OpenFile) -> int:
    """The id as a number: many are compared, and numbers compare fast."""
    return file.id.int


def _turn(file: OpenFile) -> tuple[bool, datetime | None, int]:
    return file.stage is not Stage.IN_REVIEW, file.completed_at, file.id.int
