"""The observed days as cards to draw: what one day brings, whatever the number of reviewers.

A card is an observed day and the reviewer to begin with. As many reviewers as worked that day
decide what was decided that day in all, so busy and slow days stay whole; one more adds what the
one begun with decided, one fewer takes away what another one did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

from certification.domain.forecast.observed import ObservedDay


@dataclass(frozen=True)
class Deck:
    """The days to draw from, each with a reviewer at work."""

    days: Sequence[ObservedDay]

    def drawn(self, count: int, random: Random) -> list[int]:
        """Draw the numbers of so many cards, for one run.

        A run first draws the days that it takes for the past, as many as were observed: another
        such window would have shown other days, and far dates are no surer than its average is.
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
        """How many files become complete, by the number of the card."""
        return [day.completions for day in self.days for _ in day.decisions]

    def output(self, reviewers: int) -> list[int]:
        """How many files so many reviewers decide, by the number of the card."""
        return [
            decided_by(reviewers, day.decisions, first)
            for day in self.days
            for first in range(len(day.decisions))
        ]


def decided_by(reviewers: int, decisions: Sequence[int], first: int) -> int:
    """What so many decide who work like these, in turn from the first one on."""
    rounds, rest = divmod(reviewers, len(decisions))
    turn = sorted(decisions)
    return rounds * sum(turn) + sum((turn[first:] + turn[:first])[:rest])
