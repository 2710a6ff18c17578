"""Amendments of a holder's name and of a certification's level and conditions.

A change applies from a day on; earlier days keep the old value. A correction replaces a value that
was recorded wrongly, for the whole period of that value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError

Told = Mapping[str, str | list[str]]
"""The values, by field name."""


class Amended(StrEnum):
    """What was amended: a holder's name, or a certification's level or conditions."""

    NAME = "name"
    LEVEL = "level"
    CONDITIONS = "conditions"


@dataclass(frozen=True)
class Amendment:
    """One amendment; `certification_id` is None for a name.

    `effective_from` is None for a correction, which applies to the whole period of what it
    replaces.
    """

    id: UUID
    amended: Amended
    holder_id: UUID
    certification_id: UUID | None
    former: Told
    now: Told
    effective_from: date | None
    reasons: tuple[str, ...]
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class Period:
    """A value and the period in which it applies.

    `effective_from` is None for the first period. `effective_until` is the first day of the next
    one.
    """

    told: Told
    effective_from: date | None = None
    effective_until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the period contains a day."""
        is_begun = self.effective_from is None or self.effective_from <= day
        return is_begun and (self.effective_until is None or day < self.effective_until)


@dataclass(frozen=True)
class Proposal:
    """The new value: a correction, or a change from a day on (None means today)."""

    now: Told
    is_correction: bool = False
    effective_from: date | None = None


def periods_of(current: Told, amendments: Sequence[Amendment]) -> tuple[Period, ...]:
    """Return the value of each period, oldest first; amendments are in recording order."""
    first = amendments[0].former if amendments else current
    steps: list[tuple[date | None, Told]] = [(None, first)]
    for each in amendments:
        begin = steps[-1][0] if each.effective_from is None else each.effective_from
        if begin == steps[-1][0]:
            steps.pop()
        steps.append((begin, each.now))
    ends = [begin for begin, _ in steps[1:]]
    spans = zip(steps, [*ends, None], strict=True)
    return tuple(Period(told, begin, end) for (begin, told), end in spans)


def told_on(periods: Sequence[Period], day: date) -> Told:
    """Return the value that applies on a day."""
    return next(each.told for each in periods if each.covers(day))


def public_conditions_on(periods: Sequence[Period], day: date) -> tuple[str, ...]:
    """Return the public conditions that apply on a day."""
    return tuple(told_on(periods, day)["public_conditions"])


def amended_from(proposal: Proposal, periods: Sequence[Period], today: date) -> date | None:
    """Return the first day of a proposal; None for a correction.

    Raises InvalidInputError for a future day, ConflictError for a day before the latest change or
    if nothing would change.
    """
    latest = periods[-1]
    if proposal.now == latest.told:
        raise ConflictError("this is already on record", code="nothing-amended")
    if proposal.is_correction:
        return None
    day = proposal.effective_from or today
    if day > today:
        fault = Fault("effective_from", f"must not be after today, {today}")
        raise InvalidInputError(
            "a change must not be recorded before its first day", code="not-yet", faults=[fault]
        )
    if latest.effective_from is not None and day < latest.effective_from:
        raise ConflictError(
            f"the value on record began on {latest.effective_from}: a change must begin on that "
            "day or later; if the value was wrong, correct it",
            code="amended-later",
            members={"effective_from": latest.effective_from.isoformat()},
        )
    return day
