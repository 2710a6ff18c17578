"""The open files as the simulation uses them: in line, paused, or not complete."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from uuid import UUID


class Stage(StrEnum):
    """Stage of an open application.

    `in-review`: a reviewer has begun. `in-line`: complete, waiting for review. `cured`: answered
    after a notice on a complete application; counts as in line. `paused`: waiting for that answer.
    `not-complete`: never complete so far.
    """

    IN_REVIEW = "in-review"
    IN_LINE = "in-line"
    CURED = "cured"
    PAUSED = "paused"
    NOT_COMPLETE = "not-complete"


class OpenFile(NamedTuple):
    """One open file; `completed_at` is set for all files that were ever complete.

    `paused_on` is the day of the notice that a paused file waits for. `due_on` is the ledger's due
    date; for a paused file, the one before the pause.
    """

    id: UUID
    stage: Stage
    received_on: date
    completed_at: datetime | None = None
    paused_on: date | None = None
    due_on: date | None = None


class PausedFile(NamedTuple):
    """A paused file, with the number of files that are decided before it can be."""

    file: OpenFile
    ahead: int


@dataclass(frozen=True)
class Line:
    """The files in line in order; paused ones by day of notice, incomplete ones by receipt.

    Files that began to wait on the same day have the same prospects and are simulated once.
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
    """Sort the files: those in review, then first in, first out by completeness."""
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
    """Return the ID as a number, because numbers compare faster."""
    return file.id.int


def _turn(file: OpenFile) -> tuple[bool, datetime | None, int]:
    return file.stage is not Stage.IN_REVIEW, file.completed_at, file.id.int
