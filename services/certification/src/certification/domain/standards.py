"""The Board's standards as data: checklists, terms and fees.

They have effective dates and sources; a new version is a new entry, never an edit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import TypeVar

from certification.domain.applications import Application, Kind, Level
from certification.domain.checklists import Checklist, parse_checklists
from certification.domain.fees import Fee, fee_on, parse_fees
from certification.domain.levels import LevelSpan, parse_levels
from certification.domain.terms import Term, parse_terms
from shared.errors import RuleBrokenError
from shared.law.counting.edition_settings import Setting

Dated = TypeVar("Dated", Checklist, Term)


@dataclass(frozen=True)
class Standards:
    """All checklists, terms and fees, past and present."""

    checklists: Mapping[str, Checklist]
    terms: tuple[Term, ...]
    fees: tuple[Fee, ...] = ()
    levels: Mapping[Level, LevelSpan] = field(default_factory=dict)
    item_titles: dict[str, str] = field(default_factory=dict)
    """Titles of the checklist items, by code."""

    def refuse_level(self, level: Level | None, on: date) -> None:
        """Raise RuleBrokenError for a level that is not open to applications on a day."""
        if level is not None:
            self.levels[level].refuse(on)

    def checklist(self, kind: Kind, level: Level | None, on: date) -> Checklist:
        """Return the checklist for an application received on a day."""
        return _in_force(self.checklists.values(), kind, level, on)

    def term(self, kind: Kind, level: Level | None, on: date) -> Term:
        """Return the term of a certification that takes effect on a day."""
        return _in_force(self.terms, kind, level, on)

    def fee(self, application: Application) -> int | None:
        """Return the application fee in US dollars; None for a draft."""
        if application.received_on is None:
            return None
        return fee_on(self.fees, application.kind, application.client_band, application.received_on)


def load_standards(settings: Mapping[str, Setting]) -> Standards:
    """Load the data files of this package, with the settings of the edition in force.

    DataFileError names file, line, place and reason.
    """
    checklists, titles = parse_checklists("checklists.yaml", _packaged("checklists.yaml"))
    return Standards(
        checklists=checklists,
        item_titles=titles,
        levels=parse_levels("levels.yaml", _packaged("levels.yaml"), settings),
        terms=parse_terms("terms.yaml", _packaged("terms.yaml"), settings),
        fees=parse_fees("fees.yaml", _packaged("fees.yaml")),
    )


def _packaged(name: str) -> str:
    return files("certification.domain").joinpath(name).read_text(encoding="utf-8")


def _in_force(versions: Iterable[Dated], kind: Kind, level: Level | None, on: date) -> Dated:
    begun = [
        each
        for each in versions
        if (each.kind, each.level) == (kind, level) and each.effective_from <= on
    ]
    if not begun:
        what = f"{level} {kind}" if level else kind
        raise RuleBrokenError(
            f"the Board's standards contain no {what} for {on.isoformat()}", code="no-standard"
        )
    return max(begun, key=lambda each: each.effective_from)
