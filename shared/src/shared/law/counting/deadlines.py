"""Computes due dates: the start day is excluded, the last day included (Gov. Code 6800).

Working days skip weekends and closed days. Calendar days roll forward only if the rule states it. A
day is not counted if the clock is paused at its end. A due date ends at midnight in California.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from shared.clock import end_of_day
from shared.errors import RuleBrokenError
from shared.law.counting.calendars import Calendar, Calendars, calendar_for
from shared.law.counting.explanations import Explanation
from shared.law.counting.facts import Fact, Moment, fact_named
from shared.law.counting.rules import Edition, PausePolicy, Regime, Rule
from shared.law.counting.walks import CountedDay, Length, Pause, Walk, walked


@dataclass(frozen=True)
class Deadline:
    """A due date and everything it is based on; the explanation is written only when asked for."""

    edition: Edition
    rule: Rule
    regime: Regime
    start: Fact
    walk: Walk
    pauses: tuple[Pause, ...]

    @property
    def owner_role(self) -> str:
        """The role that usually owes the duty under this regime."""
        return self.regime.owners[0]

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that counted it: the one that the rule names, or an agency's overlay."""
        return self.walk.length.calendar

    @property
    def days(self) -> tuple[CountedDay, ...]:
        """Every day from the start to the due day."""
        return self.walk.days

    @property
    def started_on(self) -> date:
        """The day of the start fact."""
        return self.walk.started_on

    @property
    def due_on(self) -> date:
        """The last day, inclusive."""
        return self.walk.due_on

    @cached_property
    def due_at(self) -> datetime:
        """The instant, in UTC, at which the last day ends in California."""
        return end_of_day(self.due_on)

    @cached_property
    def explanation(self) -> Explanation:
        """Why the date is what it is."""
        return Explanation(self.edition, self.rule, self.regime, self.start, self.walk, self.pauses)


class NotPausableError(RuleBrokenError):
    """This rule's clock cannot be paused."""


def deadline(
    edition: Edition,
    rule_name: str,
    facts: Sequence[Fact],
    calendars: Calendars,
    pauses: Sequence[Pause] = (),
    agency: str | None = None,
) -> Deadline:
    """Compute a deadline from facts; `agency` is the code of the agency whose closed days apply.

    Raises UnknownRuleError, MissingFactError, NoDutyError, NotPausableError, CalendarEndedError.
    """
    rule = edition.rule(rule_name)
    regime = rule.regime(facts)
    if pauses and regime.pause is PausePolicy.NONE:
        raise NotPausableError(
            f"the clock of {rule.title} cannot be paused",
            code="not-pausable",
            rule=rule.name,
            citation=regime.citation,
        )
    start = fact_named(facts, regime.start, rule.name)
    stood = tuple(pauses)
    walk = walked(_length(regime, calendars, agency), start.on, stood)
    return Deadline(edition, rule, regime, start, walk, stood)


def is_in_time(moment: Moment, due_on: date, due_at: datetime) -> bool:
    """Whether a fact at this time meets the deadline."""
    return moment < due_at if isinstance(moment, datetime) else moment <= due_on


def _length(regime: Regime, calendars: Calendars, agency: str | None) -> Length:
    name = regime.calendar
    calendar = None if name is None else calendar_for(calendars, name, agency)
    restarts = regime.pause is PausePolicy.RESTART
    return Length(regime.length, regime.unit, calendar, regime.rolls_forward, restarts)
