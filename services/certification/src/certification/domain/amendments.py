"""What the Board amends of a holder's name, and of a certification's level and conditions.

A change holds from a day on, and a day before it keeps what it had. A correction replaces what was
recorded wrongly, on all the days on which that was said to hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError

Told = Mapping[str, str | list[str]]
"""What is said, by the names of its fields."""


class Amended(StrEnum):
    """What may be amended."""

    NAME = "name"
    LEVEL = "level"
    CONDITIONS = "conditions"


@dataclass(frozen=True)
class Amendment:
    """One amendment; a name is its holder's and has no certification.

    `effective_from` is None for a correction, which holds for as long as what it replaces.
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
    """What holds from a day (None: from the beginning) until the day before another."""

    told: Told
    effective_from: date | None = None
    effective_until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        is_begun = self.effective_from is None or self.effective_from <= day
        return is_begun and (self.effective_until is None or day < self.effective_until)


@dataclass(frozen=True)
class Proposal:
    """What the Board says now: a correction, or a change from a day on (None: today)."""

    now: Told
    is_correction: bool = False
    effective_from: date | None = None


def periods_of(current: Told, amendments: Sequence[Amendment]) -> tuple[Period, ...]:
    """What holds when, the first first; the amendments come as they were recorded."""
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
    """What holds on a day."""
    return next(each.told for each in periods if each.covers(day))


def public_conditions_on(periods: Sequence[Period], day: date) -> tuple[str, ...]:
    """The conditions that anybody may see, of those that hold on a day."""
    return tuple(told_on(periods, day)["public_conditions"])


def amended_from(proposal: Proposal, periods: Sequence[Period], today: date) -> date | None:
    """The day from which a proposal holds; None for a correction.

    Raises InvalidInputError for a day to come, ConflictError for one before the latest change or
    where nothing would change.
    """
    latest = periods[-1]
    if proposal.now == latest.told:
        raise ConflictError("this is what is on record already", code="nothing-amended")
    if proposal.is_correction:
        return None
    day = proposal.effective_from or today
    if day > today:
        fault = Fault("effective_from", f"is never after today, {today}")
        raise InvalidInputError(
            "a change is recorded once it holds", code="not-yet", faults=[fault]
        )
    if latest.effective_from is not None and day < latest.effective_from:
        raise ConflictError(
            f"what is on record holds since {latest.effective_from}: a change begins on that day "
            "or later; if it is wrong, correct it",
            code="amended-later",
            members={"effective_from": latest.effective_from.isoformat()},
        )
    return day
