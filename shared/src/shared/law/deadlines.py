"""When a duty is due: the start fact's day is excluded, the last day included (Gov. Code 6800).

Working days skip weekends and closures; calendar days roll forward only where the rule says so;
days at whose end the clock stands paused are not counted. A due day ends at midnight in California.
"""

import calendar as gregorian
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from shared.clock import end_of_day
from shared.errors import RuleBrokenError
from shared.law.calendars import Calendar, Calendars
from shared.law.explanations import ROLLED_FORWARD, CountedDay, Explanation, Pause, explain
from shared.law.facts import Fact, Moment, fact_named
from shared.law.rules import Edition, PausePolicy, Regime, Rule, Unit
from shared.law.wording import full_date, number_word

ONE_DAY = timedelta(days=1)
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Deadline:
    """A due date with all it rests on; the words are made when they are asked for."""

    edition: Edition
    rule: Rule
    regime: Regime
    start: Fact
    days: tuple[CountedDay, ...]
    pauses: tuple[Pause, ...]

    @property
    def owner_role(self) -> str:
        """The role that usually owes the duty under this regime."""
        return self.regime.owners[0]

    @property
    def started_on(self) -> date:
        """The day of the start fact."""
        return self.days[0].on

    @property
    def due_on(self) -> date:
        """The last day, included."""
        return self.days[-1].on

    @property
    def due_at(self) -> datetime:
        """The instant, in UTC, at which the last day has ended in California."""
        return end_of_day(self.due_on)

    @cached_property
    def explanation(self) -> Explanation:
        """Why the date is what it is."""
        return explain(self.edition, self.rule, self.regime, self.start, self.days, self.pauses)


class NotPausableError(RuleBrokenError):
    """This rule's clock does not stop."""


def deadline(
    edition: Edition,
    rule_name: str,
    facts: Sequence[Fact],
    calendars: Calendars,
    pauses: Sequence[Pause] = (),
) -> Deadline:
    """Count a deadline from facts.

    Raises UnknownRuleError, MissingFactError, NoDutyError, NotPausableError, CalendarEndedError.
    """
    rule = edition.rule(rule_name)
    regime = rule.regime(facts)
    if pauses and regime.pause is PausePolicy.NONE:
        raise NotPausableError(
            f"the clock of {rule.title} does not pause",
            code="not-pausable",
            rule=rule.name,
            citation=regime.citation,
        )
    start = fact_named(facts, regime.start, rule.name)
    days = _days(regime, start.on, _calendar(regime, calendars), pauses)
    return Deadline(edition, rule, regime, start, tuple(days), tuple(pauses))


def is_in_time(moment: Moment, due_on: date, due_at: datetime) -> bool:
    """Whether something that happened then meets the deadline."""
    return moment < due_at if isinstance(moment, datetime) else moment <= due_on


def _calendar(regime: Regime, calendars: Calendars) -> Calendar | None:
    return None if regime.calendar is None else calendars[regime.calendar]


def _days(
    regime: Regime, start: date, calendar: Calendar | None, pauses: Sequence[Pause]
) -> Iterator[CountedDay]:
    """Walk from the day of the start fact to the due day, each day with why it counts or not."""
    last = CountedDay(start, counted=False, number=None, reason="day of the start fact, excluded")
    yield last
    if regime.unit in {Unit.CALENDAR_DAYS, Unit.WORKING_DAYS}:
        closing = calendar if regime.unit is Unit.WORKING_DAYS else None
        for last in _counted_days(regime.length, start, closing, pauses):
            yield last
    else:
        on, reason = _day_by_the_month(regime, start)
        last = CountedDay(on, counted=True, number=None, reason=reason)
        yield last
    if regime.rolls_forward and calendar is not None:
        yield from _rolled_forward(last.on, calendar)


def _counted_days(
    length: int, start: date, calendar: Calendar | None, pauses: Sequence[Pause]
) -> Iterator[CountedDay]:
    number, on = 0, start
    while number < length:
        on += ONE_DAY
        reason = calendar.closed_because(on) if calendar else None
        if reason is None and pauses:
            reason = next((pause.reason for pause in pauses if pause.holds(on)), None)
        if reason is None:
            number += 1
            yield CountedDay(on, counted=True, number=number, reason=None)
        else:
            yield CountedDay(on, counted=False, number=None, reason=reason)


def _rolled_forward(due: date, calendar: Calendar) -> Iterator[CountedDay]:
    """Move a due day that is closed to the next open one."""
    closed = calendar.closed_because(due)
    if closed is None:
        return
    on = due + ONE_DAY
    while reason := calendar.closed_because(on):
        yield CountedDay(on, counted=False, number=None, reason=reason)
        on += ONE_DAY
    why = f"{ROLLED_FORWARD} from {full_date(due)}, {closed}"
    yield CountedDay(on, counted=False, number=None, reason=why)


def _day_by_the_month(regime: Regime, start: date) -> tuple[date, str]:
    if regime.unit is Unit.SAME_DAY:
        return start, "the day itself"
    if regime.unit is Unit.END_OF_MONTH:
        return _same_day_or_last(start.year, start.month, 31), "the last day of the month"
    months = start.year * MONTHS_PER_YEAR + start.month - 1 + regime.length
    year, month = divmod(months, MONTHS_PER_YEAR)
    reason = f"{number_word(regime.length)} months later"
    return _same_day_or_last(year, month + 1, start.day), reason


def _same_day_or_last(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, gregorian.monthrange(year, month)[1]))
