"""For how long a certification, a credential or a standing holds, and since when none does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

EXPIRED = "expired"


@dataclass(frozen=True)
class Ending:
    """Why it stopped holding, as a code, and the id of the fact that told so.

    `is_of_term`: its term is over then, as had been agreed, or as was corrected.
    """

    because: str
    fact_id: UUID
    is_of_term: bool = False


@dataclass(frozen=True)
class Validity:
    """From the first day on which it holds to the first on which it no longer does.

    Without an `ending` the term is over, or will be, and nobody has said anything yet. An empty
    one holds on no day and says that something would have, had it not ended.
    """

    effective_from: date
    effective_until: date
    ending: Ending | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.effective_from <= on < self.effective_until


def last_ended(validities: Collection[Validity], on: date) -> Validity | None:
    """The one that ended last, on that day or before; None where none has."""
    ended = [each for each in validities if each.effective_until <= on]
    return max(reversed(ended), key=lambda each: each.effective_until, default=None)


def lapse(validities: Collection[Validity], on: date) -> str | None:
    """Since when none holds, or before when, to be read after "none"; None where one holds."""
    if any(each.holds(on) for each in validities):
        return None
    if (ended := last_ended(validities, on)) is not None:
        return f"since {ended.effective_until}{_how(ended.ending)}"
    if begins := [each.effective_from for each in validities if each.effective_from > on]:
        return f"before {min(begins)}"
    return "is recorded"


def _how(ending: Ending | None) -> str:
    return "" if ending is None or ending.because == EXPIRED else f", when it was {ending.because}"
