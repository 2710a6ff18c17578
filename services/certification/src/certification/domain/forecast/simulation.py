"""One simulated future per run: how much of the line is decided by each working day.

All numbers are cumulative, so that finding when a file is decided is one search. Files back from
the applicant go before the line (a priority queue). The line gets the remaining decisions, that is,
the highest excess so far of decisions over returned files. A newcomer needs all decisions claimed
before it, `T(j) = max(T(j-1), L(j)) + arrivals(j)`, and one more: decisions made while nobody waits
are lost, and it is decided on a working day after it joins.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat
from operator import sub

from certification.domain.forecast.deck import Deck
from certification.domain.forecast.draws import Draws, Numbers
from certification.domain.forecast.observed import Observed


@dataclass(frozen=True)
class SimulationRun:
    """Cumulative numbers per working day: decided, of these the line's, and claimed.

    `returned` counts paused files that have returned, `before_line` those of them decided; both are
    empty if none is expected.
    """

    decided: Numbers
    of_line: Numbers
    claimed: Numbers
    returned: Numbers = ()
    before_line: Numbers = ()

    @cached_property
    def reached(self) -> Numbers:
        """The day on which a file is decided, by the day on which it joins the line.

        The last entry is beyond the horizon and leads to itself.
        """
        needed = [claimed + 1 for claimed in self.claimed]
        return [*map(bisect_left, repeat(self.of_line), needed), len(needed)]

    def lacking(self, targets: Numbers) -> Numbers:
        """Return how many decisions are missing to meet a file's target, by the day it joins."""
        in_time = map(self.of_line.__getitem__, targets)
        return [
            *(claimed + 1 - done for claimed, done in zip(self.claimed, in_time, strict=True)),
            0,
        ]

    def reaches_returned(self, returns: int) -> int:
        """Return the day on which a file that returned on a day is decided."""
        if returns >= len(self.returned):
            return returns
        return bisect_left(self.before_line, self.returned[returns], lo=returns)


@dataclass(frozen=True)
class Start:
    """The state at the start of today: files in line, and today's work so far."""

    backlog: int
    completions_done: int
    decisions_done: int


def start_of(observed: Observed, backlog: int, *, begins_today: bool) -> Start:
    """Return the start for a line of that length."""
    if not begins_today:
        return Start(backlog, 0, 0)
    return Start(backlog, observed.completions_today, observed.decisions_today)


def simulated(deck: Deck, draws: Draws, start: Start, reviewers: int) -> list[SimulationRun]:
    """Run every drawn future with so many reviewers."""
    output, completions = deck.output(reviewers), deck.completions()
    nobody: list[Numbers] = [()] * len(draws.cards)
    return [
        _run(
            _less([output[card] for card in cards], start.decisions_done),
            _less([completions[card] for card in cards], start.completions_done),
            start.backlog,
            returned,
        )
        for cards, returned in zip(draws.cards, draws.returned or nobody, strict=True)
    ]


def _less(numbers: list[int], done: int) -> list[int]:
    if numbers:
        numbers[0] = max(0, numbers[0] - done)
    return numbers


def _run(output: list[int], joining: list[int], backlog: int, returned: Numbers) -> SimulationRun:
    decided = list(accumulate(output))
    if not returned:
        return SimulationRun(decided, decided, _claimed(decided, joining, backlog))
    excess = map(sub, decided, returned)
    of_line = list(accumulate(excess, max, initial=0))[1:]
    before_line = list(map(sub, decided, of_line))
    return SimulationRun(
        decided, of_line, _claimed(of_line, joining, backlog), returned, before_line
    )


def _claimed(of_line: Numbers, joining: Numbers, backlog: int) -> list[int]:
    claimed = []
    total = backlog
    for decided, joined in zip(of_line, joining, strict=True):
        total = max(total, decided) + joined
        claimed.append(total)
    return claimed
