"""A proposed change of law: another edition, or new contents of a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shared.law.counting.calendars import Calendars
from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.explanations import Pause
from shared.law.counting.facts import Fact
from shared.law.counting.rules import Edition
from shared.law.duty.duties import Duty
from shared.law.duty.duty_events import LawChangeCause
from shared.law.duty.kept_laws import KeptText, LawNotKeptError, texts_of
from shared.law.reading.law_files import LawKind


@dataclass(frozen=True)
class OpenDuty:
    """The fields of an open duty that a proposal needs; few, as there may be a million duties."""

    rule: str
    edition_hash: str
    facts: tuple[Fact, ...]
    pauses: tuple[Pause, ...]
    agency: str | None

    def reduced(self, served: frozenset[str]) -> "OpenDuty":
        """Reduce it to what the due date depends on, which many duties share.

        A fact is reduced to its day, an agency to whether an overlay lists it.
        """
        facts = tuple(Fact(fact.name, fact.on) for fact in self.facts)
        return replace(self, facts=facts, agency=self.agency if self.agency in served else None)


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
        """The hash of its contents."""
        return self.edition.hash

    def texts(self) -> list[KeptText]:
        """The texts to store for duties counted by it."""
        return texts_of((self.edition,), self.calendars.values())

    def count(self, duty: OpenDuty) -> Deadline:
        """Count under the new edition."""
        return deadline(
            self.edition, duty.rule, duty.facts, self.calendars, duty.pauses, agency=duty.agency
        )


@dataclass(frozen=True)
class NewCalendar:
    """New contents of one calendar; each duty keeps the edition that counted it."""

    name: str
    calendars: Calendars
    editions: Mapping[str, Edition]
    kind: LawKind = LawKind.CALENDAR
    cause: LawChangeCause = LawChangeCause.CALENDAR

    @property
    def hash(self) -> str:
        """The hash of its contents."""
        return self.calendars[self.name].hash

    def texts(self) -> list[KeptText]:
        """The texts to store for duties counted by it; calendars that extend it change too."""
        return texts_of((), self.calendars.values())

    def count(self, duty: OpenDuty) -> Deadline:
        """Count with the new calendar, under the duty's own edition."""
        edition = self.editions.get(duty.edition_hash)
        if edition is None:
            raise LawNotKeptError(
                f"the edition {duty.edition_hash[:12]} that counted it is not known here",
                code="law-not-kept",
            )
        return deadline(
            edition, duty.rule, duty.facts, self.calendars, duty.pauses, agency=duty.agency
        )


Proposal = NewEdition | NewCalendar
"""A law that is not in force yet."""


def open_duty(duty: Duty) -> OpenDuty:
    """Return the fields of a duty that a proposal needs."""
    return OpenDuty(
        rule=duty.rule,
        edition_hash=duty.edition_hash,
        facts=duty.facts,
        pauses=duty.pauses,
        agency=duty.owner.agency,
    )
