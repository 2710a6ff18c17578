"""Explains a due date in words and as data; both come from the same count of days."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from shared.law.counting import wording
from shared.law.counting.facts import Fact
from shared.law.counting.rules import CountingUnit, Edition, Regime, Rule
from shared.law.counting.walks import WALKS_KEPT, CountedDay, Pause, Walk

__all__ = ["CountedDay", "Explanation", "Pause"]


@dataclass(frozen=True)
class Explanation:
    """Everything that a due date is based on."""

    edition: Edition
    rule: Rule
    regime: Regime
    start: Fact
    walk: Walk
    pauses: tuple[Pause, ...]

    @cached_property
    def text(self) -> str:
        """The explanation as sentences."""
        sentences = [
            f"Due {wording.weekday_and_date(self.walk.due_on)}, end of day.",
            self._start_sentence(),
            _told(self.walk),
            *self._calendar_sentence(),
            f'Rule "{self.rule.title}", edition {self.edition.name}: {self.regime.text}.',
            *self._cautions(),
        ]
        return " ".join(sentences)

    @property
    def rule_text(self) -> str:
        """The rule's own words."""
        return self.regime.text

    @property
    def citation(self) -> str:
        """Where the rule is written."""
        return self.regime.citation

    @property
    def provisional(self) -> bool:
        """Whether the rule is believed true without a source seen."""
        return self.regime.provisional

    def as_json(self) -> dict[str, object]:
        """Return the explanation as data, for storage and answers."""
        regime, calendar = self.regime, self.walk.length.calendar
        return {
            "text": self.text,
            "due_on": self.walk.due_on.isoformat(),
            "start": _fact_as_json(self.start),
            "days": list(self.walk.days_as_json),
            "pauses": [pause.as_json for pause in self.pauses],
            "edition": self.edition.name,
            "edition_hash": self.edition.hash,
            "rule": self.rule.name,
            "rule_text": regime.text,
            "citation": regime.citation,
            "regime": regime.name,
            "regime_effective_from": regime.span.effective_from.isoformat(),
            "calendar": None if calendar is None else calendar.name,
            "configured": regime.configured,
            "provisional": regime.provisional,
            "note": regime.note,
            "notice": self.edition.notice,
        }

    def _start_sentence(self) -> str:
        opening = self.edition.fact_words[self.start.name]
        proof = f" ({self.start.name} {self.start.evidence})" if self.start.evidence else ""
        return f"{opening} on {wording.full_date(self.start.on)}{proof}."

    def _calendar_sentence(self) -> list[str]:
        """Name the calendar if it is not the one that the rule names."""
        calendar = self.walk.length.calendar
        if calendar is None or calendar.name == self.regime.calendar:
            return []
        return [f"Counted by the calendar of {calendar.title}."]

    def _cautions(self) -> list[str]:
        cautions = []
        if self.regime.configured:
            cautions.append("The length is configuration: no source states it.")
        if self.regime.provisional:
            cautions.append("Provisional: the rule is believed true, but its source was not seen.")
        return cautions


@lru_cache(WALKS_KEPT)
def _told(walk: Walk) -> str:
    """State what was counted and what was not; equal counts share the text."""
    counted = walk.counted
    if walk.landed_by is not None:
        sentences = [f"Counted to {wording.full_date(counted[0])}, {walk.landed_by}."]
    else:
        number = wording.number_word(len(counted)).capitalize()
        unit = _unit(walk.length.unit, len(counted))
        sentences = [f"{number} {unit}: {wording.days(counted)}."]
    if passed_over := walk.passed_over:
        passed = "; ".join(wording.skipped(*each) for each in passed_over.items())
        sentences.append(f"Not counted: {passed}.")
    if rolled := walk.rolled_forward:
        sentences.append(f"{rolled[0].upper()}{rolled[1:]}.")
    return " ".join(sentences)


def _unit(unit: CountingUnit, number: int) -> str:
    words = unit.replace("-", " ")
    return words.removesuffix("s") if number == 1 else words


def _fact_as_json(fact: Fact) -> dict[str, object]:
    at = fact.at.isoformat() if isinstance(fact.at, datetime) else None
    return {"fact": fact.name, "on": fact.on.isoformat(), "at": at, "evidence": fact.evidence}
