"""How much longer a file waits for its applicant, drawn from observed waits."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from certification.domain.forecast.horizon import Horizon

FEWEST_WAITS = 10
"""With fewer observed waits, nothing is estimated for those that still wait."""


@dataclass(frozen=True)
class Waits:
    """Observed waits that ended, in calendar days, shortest first."""

    days: Sequence[int]

    @property
    def are_enough(self) -> bool:
        """Whether there are enough waits for an estimate."""
        return len(self.days) >= FEWEST_WAITS

    def drawn(
        self, horizon: Horizon, began_on: date, count: int, random: Random
    ) -> list[int] | None:
        """Draw the working days on which a wait ends; None if it is longer than all observed.

        Only waits at least as long as this one already is are drawn from.
        """
        age = (horizon.today - began_on).days
        shortest = bisect_left(self.days, age)
        if not self.are_enough or shortest == len(self.days):
            return None
        longest = self.days[-1] - age
        ends = [
            horizon.first_from(horizon.today + timedelta(days=more)) for more in range(longest + 1)
        ]
        possible = [ends[waited - age] for waited in self.days[shortest:]]
        return random.choices(possible, k=count)
