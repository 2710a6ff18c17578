"""Files and days at the Board's desk, for forecasts that can be counted by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from certification.domain.forecast.forecasting import Forecast, ForecastQuestion, forecast
from certification.domain.forecast.observed import Observed, ObservedDay
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.prospects import Prospect
from shared.law.in_force import load_law

STATE_OFFICES = load_law("standards-2012").calendars["state-offices"]
TODAY = date(2026, 11, 25)
"""The Wednesday before Thanksgiving: the offices open again on Monday, November 30."""
MORNING = datetime(2026, 11, 25, 16, tzinfo=UTC)
WINDOW = 30
TARGET_DAYS = 45


def steady(
    *decisions: int,
    completions: int = 0,
    days: int = WINDOW,
    completion_delays: Sequence[int] = (),
    answer_delays: Sequence[int] = (),
    decisions_today: int = 0,
    completions_today: int = 0,
) -> Observed:
    """Days that were all alike: what each reviewer decided, and what became complete."""
    return Observed(
        tuple(
            ObservedDay(TODAY - timedelta(days=back), completions, decisions)
            for back in range(1, days + 1)
        ),
        tuple(completion_delays),
        tuple(answer_delays),
        completions_today,
        decisions_today,
    )


def in_line(number: int, *, due_on: date | None = None, stage: Stage = Stage.IN_LINE) -> OpenFile:
    """The file that became complete as the so-manieth; all long before today."""
    completed_at = MORNING - timedelta(days=20) + timedelta(minutes=number)
    return OpenFile(UUID(int=number), stage, date(2026, 10, 1), completed_at, None, due_on)


def paused(
    number: int, on: date, *, completed_before: int = 1, due_on: date | None = None
) -> OpenFile:
    """A file found deficient that day, complete just before the so-manieth of the line."""
    completed_at = in_line(completed_before).completed_at
    assert completed_at is not None
    just_before = completed_at - timedelta(seconds=1)
    return OpenFile(
        UUID(int=1_000 + number), Stage.PAUSED, date(2026, 10, 1), just_before, on, due_on
    )


def not_complete(number: int, received_on: date) -> OpenFile:
    """A file that came in that day and is not complete."""
    return OpenFile(UUID(int=2_000 + number), Stage.NOT_COMPLETE, received_on)


def asked(
    files: Sequence[OpenFile],
    observed: Observed,
    *,
    today: date = TODAY,
    seed: int = 1,
    runs: int = 20,
    reviewers: int | None = None,
) -> ForecastQuestion:
    """Ask for a forecast."""
    return ForecastQuestion(
        files, observed, STATE_OFFICES, today, TARGET_DAYS, seed, runs, reviewers
    )


def foretold(question: ForecastQuestion) -> Forecast:
    """The forecast of a question that can be answered."""
    answer = forecast(question)
    assert isinstance(answer, Forecast), answer
    return answer


def prospect_of(answer: Forecast, file: OpenFile) -> Prospect:
    """What is said of a file."""
    return answer.by_file[file.id]


def median(answer: Forecast, file: OpenFile) -> date | None:
    """The median date of a file of which something is said."""
    reached = prospect_of(answer, file).reached
    assert reached is not None
    return reached.median
