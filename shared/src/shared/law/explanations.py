"""Why a due date is what it is, in words and as data; both are read from the same counted days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from shared.law import wording
from shared.law.facts import Fact
from shared.law.rules import Edition, Regime, Rule

ROLLED_FORWARD = "rolled forward"


class CountedDay(NamedTuple):
    """One day from the start fact to the due day: its number if counted, else why not."""

    on: date
    counted: bool
    number: int | None
    reason: str | None


@dataclass(frozen=True)
class Pause:
    """A time in which the clock stood still; a day at whose end it stands is not counted."""

    began_on: date
    ended_on: date
    reason: str

    def holds(self, day: date) -> bool:
        """Whether the clock stood still when that day ended."""
        return self.began_on <= day < self.ended_on


@dataclass(frozen=True)
class Explanation:
    """All that a due date rests on."""

    edition: Edition
    rule: Rule
    regime: Regime
    start: Fact
    days: tuple[CountedDay, ...]
    pauses: tuple[Pause, ...]

    @cached_property
    def text(self) -> str:
        """The explanation as sentences."""
        sentences = [
            f"Due {wording.weekday_and_date(self.days[-1].on)}, end of day.",
            self._start_sentence(),
            *self._counting_sentences(),
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
        return {
            "text": self.text,
            "due_on": self.days[-1].on.isoformat(),
            "start": _fact_as_json(self.start),
            "days": [_day_as_json(day) for day in self.days],
            "pauses": [_pause_as_json(pause) for pause in self.pauses],
            "edition": self.edition.name,
            "edition_hash": self.edition.hash,
            "rule": self.rule.name,
            "rule_text": self.regime.text,
            "citation": self.regime.citation,
            "regime": self.regime.name,
            "regime_effective_from": self.regime.span.effective_from.isoformat(),
            "calendar": self.regime.calendar,
            "configured": self.regime.configured,
            "provisional": self.regime.provisional,
            "note": self.regime.note,
            "notice": self.edition.notice,
        }

    def _start_sentence(self) -> str:
        opening = self.edition.fact_words[self.start.name]
        proof = f" ({self.start.name} {self.start.evidence})" if self.start.evidence else ""
        return f"{opening} on {wording.full_date(self.start.on)}{proof}."

    def _counting_sentences(self) -> list[str]:
        counted = [day for day in self.days if day.counted]
        if counted[0].number is None:
            sentences = [f"Counted to {wording.full_date(counted[0].on)}, {counted[0].reason}."]
        else:
            unit = self.regime.unit.replace("-", " ")
            number = wording.number_word(len(counted)).capitalize()
            sentences = [f"{number} {unit}: {wording.days([day.on for day in counted])}."]
        if skipped := self._skipped():
            sentences.append(f"Not counted: {skipped}.")
        last = self.days[-1].reason or ""
        if last.startswith(ROLLED_FORWARD):
            sentences.append(f"{last[0].upper()}{last[1:]}.")
        return sentences

    def _skipped(self) -> str:
        """Name the days passed over after the start: weekends together, then each reason."""
        by_reason: dict[str, list[date]] = {}
        for day in self.days[1:]:
            if not day.counted and day.reason and not day.reason.startswith(ROLLED_FORWARD):
                by_reason.setdefault(day.reason, []).append(day.on)
        return "; ".join(wording.skipped(reason, days) for reason, days in by_reason.items())

    def _cautions(self) -> list[str]:
        cautions = []
        if self.regime.configured:
            cautions.append("The length is configuration: no source states it.")
        if self.regime.provisional:
            cautions.append("Provisional: the rule is believed true, its source was not seen.")
        return cautions


def explain(
    edition: Edition,
    rule: Rule,
    regime: Regime,
    start: Fact,
    days: Sequence[CountedDay],
    pauses: Sequence[Pause],
) -> Explanation:
    """Gather what a due date rests on."""
    return Explanation(edition, rule, regime, start, tuple(days), tuple(pauses))


def _fact_as_json(fact: Fact) -> dict[str, object]:
    at = fact.at.isoformat() if isinstance(fact.at, datetime) else None
    return {"fact": fact.name, "on": fact.on.isoformat(), "at": at, "evidence": fact.evidence}


def _day_as_json(day: CountedDay) -> dict[str, object]:
    return {
        "on": day.on.isoformat(),
        "counted": day.counted,
        "number": day.number,
        "reason": day.reason,
    }


def _pause_as_json(pause: Pause) -> dict[str, object]:
    return {
        "began_on": pause.began_on.isoformat(),
        "ended_on": pause.ended_on.isoformat(),
        "reason": pause.reason,
    }
