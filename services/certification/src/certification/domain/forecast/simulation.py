"""One possible future per run: how much of the line is decided by each working day.

All numbers are cumulative, so that the question when a file is reached is one search. Files back
from the applicant go before the line, a priority queue: the line gets what they leave, which is
the highest excess so far of what was decided over what had come back. A newcomer needs all that
was claimed before it, `T(j) = max(T(j-1), L(j)) + arrivals(j)`, and one more: what is decided
while nobody waits is lost, and it is decided on a later working day than it joins.
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
    """Cumulative, per working day to come: decided, of these the line's, and claimed by who joined.

    `returned` counts the paused files that are back, and `before_line` those of them decided; both
    are empty where none is expected.
    """

    decided: Numbers
    of_line: Numbers
    claimed: Numbers
    returned: Numbers = ()
    before_line: Numbers = ()

    @cached_property
    def reached(self) -> Numbers:
        """By the day on which a file joins the line, the day on which it is decided.

        The last one, after all days, is beyond the horizon and leads there.
        """
        needed = [claimed + 1 for claimed in self.claimed]
        return [*map(bisect_left, repeat(self.of_line), needed), len(needed)]

    def lacking(self, targets: Numbers) -> Numbers:
        """By the day on which a file joins, how many decisions lack for its target to be met."""
        in_time = map(self.of_line.__getitem__, targets)
        return [
            *(claimed + 1 - done for claimed, done in zip(self.claimed, in_time, strict=True)),
            0,
        ]

    def reaches_returned(self, returns: int) -> int:
        """The number of the day on which a file that is back that day is decided."""
        if returns >= len(self.returned):
            return returns
        return bisect_left(self.before_line, self.returned[returns], lo=returns)


@dataclass(frozen=True)
class Start:
    """How today begins: files in line, and what of today has happened already."""

    backlog: int
    completions_done: int
    decisions_done: int


def start_of(observed: Observed, backlog: int, *, begins_today: bool) -> Start:
    """Begin with a line of that length."""
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
