"""What a rulebook edition holds: rules, their regimes in time, and where each is written.

A rule is a duty's name for life; a regime says who owes it and by when, for the facts of its
time. An exemption says in words why, for that time, nobody owes it.
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
    """What happens to the clock while the other side must act."""

    NONE = "none"
    PAUSE = "pause"
    """It stands still, and goes on with the day after it has resumed."""
    RESTART = "restart"
    """It begins again from nothing on the day on which it resumes."""


@dataclass(frozen=True)
class RegimeSpan:
    """The time in which the fact `chosen_by` must lie; half open, an open end is None."""

    chosen_by: str
    effective_from: date
    effective_until: date | None

    def holds(self, facts: Sequence[Fact], rule: str) -> bool:
        """Whether the fact lies in this span; MissingFactError without the fact."""
        on = fact_named(facts, self.chosen_by, rule).on
        return self.effective_from <= on and (
            self.effective_until is None or on < self.effective_until
        )


@dataclass(frozen=True)
class Regime:
    """Who owes a duty and by when. `owners` are the roles that may owe it, the usual one first.

    `notices` are the steps of its escalation, in the order of their time.
    `configured`: no law found states the length; it is this system's configuration.
    `provisional`: believed true, not seen in a source.
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
    """A span in which nobody owes the duty, with the reason."""

    span: RegimeSpan
    text: str
    citation: str


class NoDutyError(RuleBrokenError):
    """Under the regime of that time nobody owes this duty."""


class UnknownRuleError(InvalidInputError):
    """The edition has no such rule."""


@dataclass(frozen=True)
class Rule:
    """One duty of the field, with its regimes and exemptions in time."""

    name: str
    title: str
    regimes: tuple[Regime, ...]
    exemptions: tuple[Exemption, ...]

    def regime(self, facts: Sequence[Fact]) -> Regime:
        """Choose the regime by the date of its fact; NoDutyError says why there is none."""
        for regime in self.regimes:
            if regime.span.holds(facts, self.name):
                return regime
        for exemption in self.exemptions:
            if exemption.span.holds(facts, self.name):
                raise self._no_duty(exemption.text, exemption.citation)
        raise self._no_duty("no regime of this edition covers that date", None)

    def _no_duty(self, reason: str, citation: str | None) -> NoDutyError:
        return NoDutyError(
            f"no duty {self.name}: {reason}", code="no-duty", rule=self.name, citation=citation
        )


@dataclass(frozen=True)
class Edition:
    """A rulebook as it stood: its rules, its words for the facts, and its settings."""

    name: str
    title: str
    notice: str | None
    fact_words: Mapping[str, str]
    settings: Mapping[str, Setting]
    rules: Mapping[str, Rule]

    @cached_property
    def content(self) -> str:
        """All that it says, as JSON in one spelling; `edition_of` builds it again."""
        return canonical(self)

    @cached_property
    def hash(self) -> str:
        """The hash of the content, by which a duty shows under what it was opened."""
        return hash_of(self.content)

    def rule(self, name: str) -> Rule:
        """Find a rule; UnknownRuleError names those there are."""
        if name not in self.rules:
            raise UnknownRuleError(
                f"edition {self.name} has no rule {name!r}; it has {', '.join(self.rules)}",
                code="unknown-rule",
                faults=[Fault("rule", "is unknown")],
            )
        return self.rules[name]

    def setting(self, name: str) -> Setting:
        """Find a setting; UnknownSettingError names those there are."""
        if name not in self.settings:
            raise UnknownSettingError(
                f"edition {self.name} has no setting {name!r};"
                f" it has {', '.join(self.settings) or 'none'}",
                code="unknown-setting",
            )
        return self.settings[name]
