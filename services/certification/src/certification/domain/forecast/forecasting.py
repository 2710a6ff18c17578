"""The forecast of the queue: its inputs, its results, and when there is too little data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from certification.domain.forecast.deck import Deck
from certification.domain.forecast.draws import drawn
from certification.domain.forecast.horizon import Horizon, horizon_from
from certification.domain.forecast.line_targets import line_targets
from certification.domain.forecast.observed import Observed
from certification.domain.forecast.open_files import Line, OpenFile, Stage, lined_up
from certification.domain.forecast.prospects import Prospect
from certification.domain.forecast.reaching import prospects
from certification.domain.forecast.simulation import start_of
from certification.domain.forecast.staffing import Outlook, outlook
from certification.domain.forecast.trial import Trial
from shared.law.counting.calendars import Calendar


@dataclass(frozen=True)
class ForecastQuestion:
    """The inputs of a forecast; `reviewers` of None means as many as observed.

    `target_days` are calendar days from completeness, for files without a due date in the ledger.
    """

    files: Sequence[OpenFile]
    observed: Observed
    calendar: Calendar
    today: date
    target_days: int
    seed: int
    runs: int
    reviewers: int | None = None


@dataclass(frozen=True)
class NotEnoughObserved:
    """There is too little data for a forecast; `lacks` contains what is missing."""

    observed: Observed
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Forecast:
    """The prospects of every open file, and totals with one reviewer fewer and more."""

    observed: Observed
    horizon: Horizon
    seed: int
    runs: int
    prospects: tuple[Prospect, ...]
    as_staffed: Outlook
    one_fewer: Outlook | None
    one_more: Outlook

    @cached_property
    def by_file(self) -> dict[UUID, Prospect]:
        """The prospects by file ID."""
        return {each.file.id: each for each in self.prospects}

    @cached_property
    def counted(self) -> dict[Stage, int]:
        """The number of files per stage."""
        return dict(Counter(each.file.stage for each in self.prospects))

    @cached_property
    def without_range(self) -> int:
        """The number of files without dates."""
        return sum(each.reached is None for each in self.prospects)


def forecast(question: ForecastQuestion) -> Forecast | NotEnoughObserved:
    """Simulate the queue; the same question gets the same answer."""
    observed = question.observed
    if lacks := observed.lacks:
        return NotEnoughObserved(observed, lacks)
    line = lined_up(question.files)
    trial = _trial(question, line)
    reviewers = observed.reviewers if question.reviewers is None else question.reviewers
    futures = trial.with_reviewers(reviewers)
    return Forecast(
        observed=observed,
        horizon=trial.horizon,
        seed=question.seed,
        runs=question.runs,
        prospects=tuple(prospects(line, futures)),
        as_staffed=outlook(reviewers, observed, line, futures),
        one_fewer=_other(reviewers - 1, observed, line, trial) if reviewers else None,
        one_more=_other(reviewers + 1, observed, line, trial),
    )


def _trial(question: ForecastQuestion, line: Line) -> Trial:
    observed = question.observed
    horizon = horizon_from(question.today, question.calendar)
    deck = Deck(observed.staffed_days)
    return Trial(
        horizon=horizon,
        line_targets=line_targets(line.in_line, horizon, question.target_days),
        deck=deck,
        draws=drawn(observed, line, deck, horizon, seed=question.seed, runs=question.runs),
        start=start_of(observed, len(line.in_line), begins_today=horizon.begins_today),
        target_days=question.target_days,
        unhindered=line.unhindered,
    )


def _other(reviewers: int, observed: Observed, line: Line, trial: Trial) -> Outlook:
    return outlook(reviewers, observed, line, trial.with_reviewers(reviewers))
