"""Holders with made-up lives, for what the register says of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from certification.domain.applications import Kind, Level
from certification.domain.register import HeldStanding, Holder
from certification.domain.standings import standings_of
from shared.identifiers import new_id


@dataclass(frozen=True)
class Told:
    """A change as a test tells it: what, and from which day."""

    change: str
    effective_on: date
    effective_from: date
    effective_until: date


@dataclass(frozen=True)
class Life:
    """One certification: its term, and what happened to it."""

    begins: str
    ends: str
    happened: Sequence[tuple[str, str]] = ()
    level: Level | None = Level.ASSOCIATE

    def changes(self) -> list[Told]:
        """Every change, the grant first."""
        begins, ends = date.fromisoformat(self.begins), date.fromisoformat(self.ends)
        later = [(change, date.fromisoformat(day)) for change, day in self.happened]
        return [Told(change, day, begins, ends) for change, day in [("granted", begins), *later]]


def holder(*lives: Life, kind: Kind = Kind.PROVIDER, number: str = "PRV-000001") -> Holder:
    """A holder with these certifications."""
    return Holder(kind, number, "Avery Example", tuple(_held(lives)))


def _held(lives: Sequence[Life]) -> Iterator[HeldStanding]:
    for life in lives:
        certification_id = new_id()
        for standing in standings_of(life.changes()):
            yield HeldStanding(certification_id, life.level, standing)
