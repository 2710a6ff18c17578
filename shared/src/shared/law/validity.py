"""The days on which a certification, credential or standing is valid, and since when none is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

EXPIRED = "expired"


@dataclass(frozen=True)
class Ending:
    """Why validity ended, as a code, and the id of the event that announced it.

    `is_of_term`: it ended with its term, as granted or as corrected.
    """

    because: str
    fact_id: UUID
    is_of_term: bool = False


@dataclass(frozen=True)
class Validity:
    """From the first valid day to the first day that is no longer valid.

    Without an `ending`, no event has announced the end of the term yet. If both days are equal, it
    is valid on no day, and `ending` is the reason.
    """

    effective_from: date
    effective_until: date
    ending: Ending | None = None

    def holds(self, on: date) -> bool:
        """Whether it is valid on that day."""
        return self.effective_from <= on < self.effective_until


def last_ended(validities: Collection[Validity], on: date) -> Validity | None:
    """The one that ended last, on that day or before; None if none has ended."""
    ended = [each for each in validities if each.effective_until <= on]
    return max(reversed(ended), key=lambda each: each.effective_until, default=None)


def lapse(validities: Collection[Validity], on: date) -> str | None:
    """Since or before which day none is valid, worded to follow "none"; None if one is valid."""
    if any(each.holds(on) for each in validities):
        return None
    if (ended := last_ended(validities, on)) is not None:
        return f"since {ended.effective_until}{_how(ended.ending)}"
    if begins := [each.effective_from for each in validities if each.effective_from > on]:
        return f"before {min(begins)}"
    return "is recorded"


def _how(ending: Ending | None) -> str:
    return "" if ending is None or ending.because == EXPIRED else f", when it was {ending.because}"
