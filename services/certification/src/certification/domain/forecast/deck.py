"""The observed days from which a run draws, for any number of reviewers.

A card is an observed day and the reviewer to begin with. With as many reviewers as worked that day,
the day's decisions are used as a whole, so that busy and slow days stay whole. One more adds the
decisions of the reviewer begun with; one fewer takes away those of another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

from certification.domain.forecast.observed import ObservedDay


@dataclass(frozen=True)
class Deck:
    """The observed days to draw from, each with at least one reviewer at work."""

    days: Sequence[ObservedDay]

    def drawn(self, count: int, random: Random) -> list[int]:
        """Draw the card numbers for one run.

        A run first draws as many days as were observed, and then draws from those (bootstrap),
        because another period would have shown other days.
        """
        numbers = range(len(self.days))
        past = random.choices(numbers, k=len(numbers))
        drawn = random.choices(past, k=count)
        return [
            self.offsets[day] + int(random.random() * len(self.days[day].decisions))
            for day in drawn
        ]

    @cached_property
    def offsets(self) -> list[int]:
        """The number of each day's first card."""
        return list(accumulate((len(day.decisions) for day in self.days), initial=0))

    def completions(self) -> list[int]:
        """The number of applications that become complete, by card number."""
        return [day.completions for day in self.days for _ in day.decisions]

    def output(self, reviewers: int) -> list[int]:
        """Return the number of decisions of so many reviewers, by card number."""
        return [
            decided_by(reviewers, day.decisions, first)
            for day in self.days
            for first in range(len(day.decisions))
        ]


def decided_by(reviewers: int, decisions: Sequence[int], first: int) -> int:
    """Return the decisions of so many reviewers who work like these, in turn."""
    rounds, rest = divmod(reviewers, len(decisions))
    turn = sorted(decisions)
    return rounds * sum(turn) + sum((turn[first:] + turn[:first])[:rest])
