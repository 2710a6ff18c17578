"""The report of a rehearsal: figures and a sample to read, and a file with the full list."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from shared.errors import UnavailableError
from shared.law.rehearsal.open_duties import ListedDuty
from shared.law.rehearsal.outcomes import Effect, RehearsalOutcome
from shared.law.rehearsal.rehearsing import Findings, Shift

MOST_SHIFTS = 20
COLUMNS = (
    *("duty_id", "rule", "state", "effect", "from_due_on", "to_due_on", "becomes_overdue"),
    *("from_owner", "to_owner", "from_regime", "to_regime", "reason"),
)


def lines(findings: Findings, name: str) -> Iterator[str]:
    """Report how many duties of each rule move from which date to which, and other effects."""
    yield f"{findings.looked_at} open duties checked under {name}"
    for rule in sorted({rule for rule, _ in findings.effects}):
        yield from _rule_lines(findings, rule)
    if findings.sample:
        yield "for example"
    for listed, found in findings.sample:
        yield f"  {listed.id}  {listed.duty.rule}: {_sentence(listed, found)}"


def _rule_lines(findings: Findings, rule: str) -> Iterator[str]:
    effects = {effect: n for (named, effect), n in findings.effects.items() if named == rule}
    yield f"{rule}: " + ", ".join(f"{effects[e]} {e}" for e in Effect if e in effects)
    if became := findings.overdue[rule]:
        yield f"  {became} would become overdue"
    for (named, role, other), n in sorted(findings.owners.items()):
        if named == rule:
            yield f"  {n} would move from {role} to {other}"
    yield from _shift_lines(findings.shifts, rule)
    for (named, effect, reason), n in findings.reasons.most_common():
        if named == rule:
            yield f"  {n} {effect}: {reason}"


def _shift_lines(shifts: Counter[Shift], rule: str) -> Iterator[str]:
    ours = sorted(
        ((shift, n) for shift, n in shifts.items() if shift.rule == rule),
        key=lambda pair: (pair[0].from_due_on, pair[0].to_due_on),
    )
    for shift, n in ours[:MOST_SHIFTS]:
        yield f"  {n} would move from {shift.from_due_on} to {shift.to_due_on}"
    if rest := ours[MOST_SHIFTS:]:
        yield f"  {sum(n for _, n in rest)} more, between {len(rest)} other pairs of dates"


def _sentence(listed: ListedDuty, found: RehearsalOutcome) -> str:
    before, counted = listed.before, found.counted
    if counted is None:
        return f"{found.effect}, {found.reason}"
    parts = []
    if counted.due_on != before.due_on:
        parts.append(f"due {before.due_on} becomes {counted.due_on}")
    if before.owner_role not in counted.regime.owners:
        parts.append(f"owed by {counted.owner_role} instead of {before.owner_role}")
    return ", ".join(parts) or f"now reads: {counted.regime.text}"


class ListNotWrittenError(UnavailableError):
    """The file with the full list could not be written completely."""


class ListOfAll:
    """The file with every duty that would change: only ids, codes and dates."""

    def __init__(self, path: str) -> None:
        """Open the file; raises OSError if it cannot be written."""
        self.written = 0
        self._path = path
        self._file = Path(path).open("w", encoding="utf-8", newline="")  # noqa: SIM115 - closed by __exit__
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def __enter__(self) -> Self:
        """Write to the file until the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; its last lines may not fit on the disk."""
        try:
            self._file.close()
        except OSError as error:
            raise self._not_written(error) from error

    def note(self, listed: ListedDuty, found: RehearsalOutcome, now: datetime) -> None:
        """Write one duty."""
        before, counted = listed.before, found.counted
        self.written += 1
        self._write(
            (
                *(listed.id, listed.duty.rule, listed.state, found.effect.value, before.due_on),
                counted.due_on if counted else "",
                "yes" if found.makes_overdue(before, now) else "no",
                before.owner_role,
                _owner_role(listed, found),
                before.regime,
                counted.regime.name if counted else "",
                found.reason or "",
            )
        )

    def _write(self, row: tuple[object, ...]) -> None:
        try:
            self._writer.writerow(row)
        except OSError as error:
            raise self._not_written(error) from error

    def _not_written(self, error: OSError) -> ListNotWrittenError:
        return ListNotWrittenError(
            f"{self._path} could not be written completely: {error.strerror}",
            code="list-not-written",
        )


def _owner_role(listed: ListedDuty, found: RehearsalOutcome) -> str:
    if found.counted is None:
        return ""
    stays = listed.before.owner_role in found.counted.regime.owners
    return listed.before.owner_role if stays else found.counted.owner_role
