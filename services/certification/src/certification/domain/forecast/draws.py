"""The random draws of each run, made once and used for every number of reviewers.

A difference between two numbers of reviewers is therefore never due to chance, and one more
reviewer never makes a date later.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from certification.domain.forecast.deck import Deck
from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import Line
from certification.domain.forecast.waits import Waits

Numbers = Sequence[int]


@dataclass(frozen=True)
class Draws:
    """Per run: the cards of future days, and the days on which files are complete or return.

    `returned` counts all paused files that have returned, per run and working day; None if there
    are none.
    """

    cards: Sequence[Numbers]
    completing: Mapping[date, Numbers]
    returning: Mapping[date, Numbers]
    returned: Sequence[Numbers] | None


def drawn(
    observed: Observed, line: Line, deck: Deck, horizon: Horizon, *, seed: int, runs: int
) -> Draws:
    """Draw for every run; each part has its own random stream."""
    random = _stream(seed, "days")
    completing = {}
    waits = Waits(sorted(observed.completion_delays))
    for received_on in line.not_complete:
        stream = _stream(seed, f"complete {received_on}")
        if ends := waits.drawn(horizon, received_on, runs, stream):
            completing[received_on] = ends
    returning, returned = _returns(observed, line, horizon, seed, runs)
    return Draws(
        cards=[deck.drawn(len(horizon.days), random) for _ in range(runs)],
        completing=completing,
        returning=returning,
        returned=returned,
    )


def _returns(
    observed: Observed, line: Line, horizon: Horizon, seed: int, runs: int
) -> tuple[dict[date, Numbers], Sequence[Numbers] | None]:
    """Draw when every paused file returns; those paused on one day share the draw.

    With too few observed answers all count as returned at once, which is cautious for the others.
    """
    waits = Waits(sorted(observed.answer_delays))
    returning: dict[date, Numbers] = {}
    back: list[Counter[int]] = [Counter() for _ in range(runs)]
    for paused_on, files in line.paused.items():
        stream = _stream(seed, f"back {paused_on}")
        ends = waits.drawn(horizon, paused_on, runs * len(files), stream)
        if ends is not None:
            returning[paused_on] = ends[:runs]
        for run in range(runs):
            if ends is not None:
                back[run].update(ends[run::runs])
            elif not waits.are_enough:
                back[run][0] += len(files)
    if not any(back):
        return returning, None
    numbers = range(len(horizon.days))
    return returning, [list(accumulate(each[number] for number in numbers)) for each in back]


def _stream(seed: int, name: str) -> Random:
    return Random(f"{seed} {name}")  # noqa: S311 - the same answer for a seed, not a secret
