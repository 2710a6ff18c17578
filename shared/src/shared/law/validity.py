"""For how long a certification, a credential or a standing holds, and since when none does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Validity:
    """From the first day on which it holds to the first on which it no longer does."""

    effective_from: date
    effective_until: date

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.effective_from <= on < self.effective_until


def lapse(validities: Collection[Validity], on: date) -> str | None:
    """Since when none holds, or before when, to be read after "none"; None where one holds."""
    if any(each.holds(on) for each in validities):
        return None
    if ended := [each.effective_until for each in validities if each.effective_until <= on]:
        return f"since {max(ended)}"
    if begins := [each.effective_from for each in validities if each.effective_from > on]:
        return f"before {min(begins)}"
    return "is recorded"
