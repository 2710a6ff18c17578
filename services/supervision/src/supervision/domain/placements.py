"""Placement on supervision, and whether the Static-99R was scored before it.

The Static-99R should be scored before the person is placed (the Board's standards page). A later
one is accepted and marked as late.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError


class Static99R(StrEnum):
    """Whether the Static-99R was scored by the day of placement."""

    RECORDED = "recorded"
    RECORDED_LATE = "recorded-late"
    MISSING = "missing"


@dataclass(frozen=True)
class KnownStatic99R:
    """A finalized Static-99R that the scoring service announced, with its day of scoring."""

    assessment_id: UUID
    assessed_on: date


@dataclass(frozen=True)
class Placement:
    """A recorded placement, and whether the Static-99R was scored in time."""

    id: UUID
    case_id: UUID
    placed_on: date
    static_99r: Static99R
    static_99r_assessed_on: date | None
    recorded_at: datetime

    def by(self, first: KnownStatic99R | None) -> "Placement":
        """Return this placement, compared with the earliest Static-99R known now."""
        assessed_on = first.assessed_on if first else None
        state = static_99r_at(self.placed_on, assessed_on)
        return replace(self, static_99r=state, static_99r_assessed_on=assessed_on)


def static_99r_at(placed_on: date, first_assessed_on: date | None) -> Static99R:
    """Return whether the earliest Static-99R was scored in time, late or not at all."""
    if first_assessed_on is None:
        return Static99R.MISSING
    return Static99R.RECORDED if first_assessed_on <= placed_on else Static99R.RECORDED_LATE


def already_placed(first: Placement) -> ConflictError:
    """Return the error for a second placement of a case."""
    return ConflictError(
        f"the placement of this case is already recorded, on {first.placed_on}",
        code="already-placed",
        members={"placement_id": str(first.id)},
    )


def check_placement(placed_on: date, sentenced_on: date, today: date) -> None:
    """Refuse a placement in the future or before the sentence."""
    if placed_on > today:
        raise _impossible("must not be in the future")
    if placed_on < sentenced_on:
        raise _impossible("must not be before the sentence")


def _impossible(words: str) -> InvalidInputError:
    return InvalidInputError(
        f"the day of placement {words}",
        code="impossible-placement",
        faults=[Fault("placed_on", words)],
    )
