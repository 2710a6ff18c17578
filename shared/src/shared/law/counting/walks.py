"""Counts from the day of the start fact to the due date: each day counted, or not and why.

The day of the start fact is excluded, the last day included (Gov. Code 6800). Due date, text and
data are all read from one count, so they cannot disagree. A count depends only on its arguments and
is cached: duties that start on one day share it.
"""

import calendar as gregorian
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import count, repeat
from typing import NamedTuple

from shared.law.counting import wording
from shared.law.counting.calendars import Calendar
from shared.law.counting.rules import CountingUnit

ROLLED_FORWARD = "rolled forward"
START = "day of the start fact, excluded"
ONE_DAY = timedelta(days=1)
MONTHS_PER_YEAR = 12
COUNTED, PASSED_OVER = True, False
WALKS_KEPT = 2048
"""Some years of start days for the rules in use; a long count with its data takes about 10 kB."""
DAYS_KEPT = 16_384

Step = tuple[date, bool, int | None, str | None]
"""A counted day before it gets its names: counting makes many, and few are looked at."""


class CountedDay(NamedTuple):
    """One day from the start fact to the due date: its number if counted, else the reason."""

    on: date
    counted: bool
    number: int | None
    reason: str | None


@dataclass(frozen=True)
class Pause:
    """A time in which the clock was stopped; a day at whose end it is stopped is not counted."""

    began_on: date
    ended_on: date
    reason: str

    def holds(self, day: date) -> bool:
        """Whether the clock was stopped at the end of that day."""
        return self.began_on <= day < self.ended_on

    @property
    def as_json(self) -> dict[str, str]:
        """The pause as data, for storage and answers."""
        return {
            "began_on": self.began_on.isoformat(),
            "ended_on": self.ended_on.isoformat(),
            "reason": self.reason,
        }


class Length(NamedTuple):
    """How far to count. The calendar closes working days and decides whether a due date is open."""

    number: int
    unit: CountingUnit
    calendar: Calendar | None
    rolls_forward: bool
    restarts: bool = False
    """Whether a clock that resumes starts again from zero."""


@dataclass(frozen=True, eq=False)
class Walk:
    """The days of one count, and the parts of explanations that depend only on them."""

    length: Length
    steps: Sequence[Step]

    @property
    def started_on(self) -> date:
        """The day of the start fact."""
        return self.steps[0][0]

    @property
    def due_on(self) -> date:
        """The last day, inclusive."""
        return self.steps[-1][0]

    @cached_property
    def days(self) -> tuple[CountedDay, ...]:
        """Every day from the start to the due date."""
        return tuple(CountedDay._make(step) for step in self.steps)

    @cached_property
    def days_as_json(self) -> Sequence[dict[str, object]]:
        """The days as data; shared by all equal counts, so it must not be changed."""
        return [
            {"on": _written(on), "counted": counted, "number": number, "reason": reason}
            for on, counted, number, reason in self.steps
        ]

    @property
    def counted(self) -> list[date]:
        """The days that count."""
        return [step[0] for step in self.steps if step[1]]

    @property
    def landed_by(self) -> str | None:
        """How the due date was found if not by counting days."""
        return next((step[3] for step in self.steps if step[1]), None)

    @property
    def passed_over(self) -> dict[str, list[date]]:
        """The days after the start that do not count, by reason."""
        by_reason: dict[str, list[date]] = {}
        for on, _, _, reason in [step for step in self.steps[1:] if not step[1]]:
            if reason and not reason.startswith(ROLLED_FORWARD):
                by_reason.setdefault(reason, []).append(on)
        return by_reason

    @property
    def rolled_forward(self) -> str | None:
        """From which date and why the due date rolled forward."""
        reason = self.steps[-1][3]
        return reason if reason and reason.startswith(ROLLED_FORWARD) else None


@lru_cache(DAYS_KEPT)
def _written(day: date) -> str:
    """Format a day; cached, because it costs more than counting the day."""
    return day.isoformat()


@lru_cache(WALKS_KEPT)
def walked(length: Length, start: date, pauses: tuple[Pause, ...]) -> Walk:
    """Count; raises CalendarEndedError if a day is outside the calendar."""
    steps: list[Step] = [(start, PASSED_OVER, None, START)]
    if length.unit in {CountingUnit.CALENDAR_DAYS, CountingUnit.WORKING_DAYS}:
        closing = length.calendar if length.unit is CountingUnit.WORKING_DAYS else None
        if closing is None and not pauses:
            steps += _every_day(length.number, start)
        else:
            steps += _counted_days(length, start, closing, pauses)
    else:
        on, reason = _day_by_the_month(length, start)
        steps.append((on, COUNTED, None, reason))
    if length.rolls_forward and length.calendar is not None:
        steps += _rolled_forward(steps[-1][0], length.calendar)
    return Walk(length, steps)


def _every_day(length: int, start: date) -> list[Step]:
    first = start.toordinal()
    days = map(date.fromordinal, range(first + 1, first + length + 1))
    return list(zip(days, repeat(COUNTED), count(1), repeat(None), strict=False))


def _counted_days(
    length: Length, start: date, calendar: Calendar | None, pauses: tuple[Pause, ...]
) -> list[Step]:
    steps: list[Step] = []
    number, on = 0, start
    while number < length.number:
        on += ONE_DAY
        reason = calendar.closed_because(on) if calendar else None
        if reason is None:
            reason = _pause_on(on, pauses, restarts=length.restarts)
        if reason is None:
            number += 1
            steps.append((on, COUNTED, number, None))
        else:
            steps.append((on, PASSED_OVER, None, reason))
    return steps


def _pause_on(day: date, pauses: tuple[Pause, ...], *, restarts: bool) -> str | None:
    for pause in pauses:
        if pause.holds(day):
            return pause.reason
    if restarts and pauses and day <= pauses[-1].ended_on:
        return f"the clock started again on {wording.full_date(pauses[-1].ended_on)}"
    return None


def _rolled_forward(due: date, calendar: Calendar) -> Iterator[Step]:
    """Move a due date on a closed day to the next open day."""
    closed = calendar.closed_because(due)
    if closed is None:
        return
    on = due + ONE_DAY
    while reason := calendar.closed_because(on):
        yield on, PASSED_OVER, None, reason
        on += ONE_DAY
    yield on, PASSED_OVER, None, f"{ROLLED_FORWARD} from {wording.full_date(due)}, {closed}"


def _day_by_the_month(length: Length, start: date) -> tuple[date, str]:
    if length.unit is CountingUnit.SAME_DAY:
        return start, "the day itself"
    if length.unit is CountingUnit.END_OF_MONTH:
        return _same_day_or_last(start.year, start.month, 31), "the last day of the month"
    months = start.year * MONTHS_PER_YEAR + start.month - 1 + length.number
    year, month = divmod(months, MONTHS_PER_YEAR)
    unit = "month" if length.number == 1 else "months"
    reason = f"{wording.number_word(length.number)} {unit} later"
    return _same_day_or_last(year, month + 1, start.day), reason


def _same_day_or_last(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, gregorian.monthrange(year, month)[1]))
