"""The contents of a rulebook edition: rules, their regimes over time, and citations.

A rule is the permanent name of a duty. A regime states who owes it and by when, for facts of its
time. An exemption states why nobody owes it in its time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from shared.errors import Fault, InvalidInputError, RuleBrokenError
from shared.law.counting.edition_settings import Setting, UnknownSettingError
from shared.law.counting.facts import Fact, fact_named
from shared.law.counting.law_content import canonical, hash_of
from shared.law.counting.notices import Notice


class CountingUnit(StrEnum):
    """How a length is counted from the day of the start fact, which is never counted itself."""

    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    END_OF_MONTH = "end-of-month"
    SAME_DAY = "same-day"


class PausePolicy(StrEnum):
    """What happens to the clock while it is paused."""

    NONE = "none"
    PAUSE = "pause"
    """It stops, and continues with the day after it has resumed."""
    RESTART = "restart"
    """It starts again from zero on the day on which it resumes."""


@dataclass(frozen=True)
class RegimeSpan:
    """The time in which the fact `chosen_by` must lie: half open; an open end is None."""

    chosen_by: str
    effective_from: date
    effective_until: date | None

    def holds(self, facts: Sequence[Fact], rule: str) -> bool:
        """Whether the fact lies in this span; raises MissingFactError without the fact."""
        on = fact_named(facts, self.chosen_by, rule).on
        return self.effective_from <= on and (
            self.effective_until is None or on < self.effective_until
        )


@dataclass(frozen=True)
class Regime:
    """Who owes a duty and by when. `owners` are the roles that may owe it, the usual one first.

    `notices` are in order of time. `configured`: no law found states the length; it is this
    system's setting. `provisional`: believed true, but not seen in a source.
    """

    name: str
    span: RegimeSpan
    owners: tuple[str, ...]
    start: str
    length: int
    unit: CountingUnit
    calendar: str | None
    rolls_forward: bool
    pause: PausePolicy
    notices: tuple[Notice, ...]
    text: str
    citation: str
    configured: bool
    provisional: bool
    note: str | None


@dataclass(frozen=True)
class Exemption:
    """A time in which nobody owes the duty, with the reason."""

    span: RegimeSpan
    text: str
    citation: str


class NoDutyError(RuleBrokenError):
    """Nobody owes this duty under the rules of that time."""


class UnknownRuleError(InvalidInputError):
    """The edition has no rule with this name."""


@dataclass(frozen=True)
class Rule:
    """One duty of the law, with its regimes and exemptions over time."""

    name: str
    title: str
    regimes: tuple[Regime, ...]
    exemptions: tuple[Exemption, ...]

    def regime(self, facts: Sequence[Fact]) -> Regime:
        """Find the regime by the date of its fact; NoDutyError with the reason if there is none."""
        for regime in self.regimes:
            if regime.span.holds(facts, self.name):
                return regime
        for exemption in self.exemptions:
            if exemption.span.holds(facts, self.name):
                raise self._no_duty(exemption.text, exemption.citation)
        raise self._no_duty("no regime of this edition covers that date", None)

    def _no_duty(self, reason: str, citation: str | None) -> NoDutyError:
        return NoDutyError(
            f"nobody owes {self.name}: {reason}", code="no-duty", rule=self.name, citation=citation
        )


@dataclass(frozen=True)
class Edition:
    """A rulebook as of a time: its rules, its terms for the facts, and its settings."""

    name: str
    title: str
    notice: str | None
    fact_words: Mapping[str, str]
    settings: Mapping[str, Setting]
    rules: Mapping[str, Rule]

    @cached_property
    def content(self) -> str:
        """The edition's contents as canonical JSON; `edition_of` builds it again."""
        return canonical(self)

    @cached_property
    def hash(self) -> str:
        """The hash of the contents, stored with a duty to show which law it was opened under."""
        return hash_of(self.content)

    def rule(self, name: str) -> Rule:
        """Find a rule; raises UnknownRuleError with the names of all rules."""
        if name not in self.rules:
            raise UnknownRuleError(
                f"edition {self.name} has no rule {name!r}; it has {', '.join(self.rules)}",
                code="unknown-rule",
                faults=[Fault("rule", "is unknown")],
            )
        return self.rules[name]

    def setting(self, name: str) -> Setting:
        """Find a setting; raises UnknownSettingError with the names of all settings."""
        if name not in self.settings:
            raise UnknownSettingError(
                f"edition {self.name} has no setting {name!r}; its settings are "
                f"{', '.join(self.settings) or 'none'}",
                code="unknown-setting",
            )
        return self.settings[name]
