"""A change of the law as it is proposed: another edition, or another content of a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from shared.law.calendars import Calendars
from shared.law.deadlines import Deadline, deadline
from shared.law.duties import Duty
from shared.law.duty_events import LawChangeCause
from shared.law.explanations import Pause
from shared.law.facts import Fact
from shared.law.kept_laws import LawKind
from shared.law.rules import Edition


class Standing(Protocol):
    """What a proposal must know of an open duty to count it anew."""

    @property
    def rule(self) -> str:
        """Name of the rule."""
        ...

    @property
    def edition_hash(self) -> str:
        """Which edition it was counted by."""
        ...

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that are recorded with it."""
        ...

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The pauses that have ended."""
        ...

    @property
    def agency(self) -> str | None:
        """Code of the agency that owes it, or id of the program."""
        ...


class Proposal(Protocol):
    """A law that is not in force yet."""

    kind: LawKind
    cause: LawChangeCause
    name: str
    hash: str
    content: str

    def count(self, duty: Standing) -> Deadline:
        """Count the duty under the proposed law; raises what `deadline` raises."""
        ...


@dataclass(frozen=True)
class NewEdition:
    """Another edition of the rulebook, with the calendars in force."""

    edition: Edition
    calendars: Calendars
    kind: LawKind = LawKind.EDITION
    cause: LawChangeCause = LawChangeCause.RULEBOOK

    @property
    def name(self) -> str:
        """The edition's name."""
        return self.edition.name

    @property
    def hash(self) -> str:
        """The hash of its content."""
        return self.edition.hash

    @property
    def content(self) -> str:
        """All that it says."""
        return self.edition.content

    def count(self, duty: Standing) -> Deadline:
        """Count by the new edition."""
        return deadline(
            self.edition, duty.rule, duty.facts, self.calendars, duty.pauses, agency=duty.agency
        )


@dataclass(frozen=True)
class NewCalendar:
    """Another content of one calendar; each duty keeps the edition it was counted by."""

    name: str
    calendars: Calendars
    editions: Mapping[str, Edition]
    kind: LawKind = LawKind.CALENDAR
    cause: LawChangeCause = LawChangeCause.CALENDAR

    @property
    def hash(self) -> str:
        """The hash of its content."""
        return self.calendars[self.name].hash

    @property
    def content(self) -> str:
        """All that it says."""
        return self.calendars[self.name].content

    def count(self, duty: Standing) -> Deadline:
        """Count with the new calendar, by the duty's own edition."""
        edition = self.editions[duty.edition_hash]
        return deadline(
            edition, duty.rule, duty.facts, self.calendars, duty.pauses, agency=duty.agency
        )


def standing(duty: Duty) -> "OpenDuty":
    """Return what a proposal needs of a duty of the ledger."""
    return OpenDuty(
        rule=duty.rule,
        edition_hash=duty.edition_hash,
        facts=duty.facts,
        pauses=duty.pauses,
        agency=duty.owner.agency,
    )


@dataclass(frozen=True)
class OpenDuty:
    """What a proposal needs of an open duty, and no more: a million of them are looked at."""

    rule: str
    edition_hash: str
    facts: tuple[Fact, ...]
    pauses: tuple[Pause, ...]
    agency: str | None

    def without_evidence(self) -> "OpenDuty":
        """Reduce each fact to its day: all that a date depends on, and the same for many."""
        return replace(self, facts=tuple(Fact(fact.name, fact.on) for fact in self.facts))
