"""Terms of certifications: data by kind, level and date (Board standards page).

A term that no source states is a setting of the edition in force, named in the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from certification.domain.applications import Kind, Level
from shared.data_files.data_file import Section, parsed
from shared.law.counting.edition_settings import Setting

MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Term:
    """The length of a certification that takes effect from a day on.

    `is_configured` is true if no source states the length.
    """

    kind: Kind
    level: Level | None
    effective_from: date
    months: int
    source: str
    is_configured: bool

    def end_of(self, first_day: date) -> date:
        """Return the first day after the term.

        A term from February 29 to a year without that day ends on March 1: the last day of February
        is still part of it.
        """
        years, month = divmod(first_day.month - 1 + self.months, MONTHS_PER_YEAR)
        year = first_day.year + years
        try:
            return date(year, month + 1, first_day.day)
        except ValueError:
            return date(year, month + 2, 1)


def parse_terms(where: str, text: str, settings: Mapping[str, Setting]) -> tuple[Term, ...]:
    """Build the terms; DataFileError names file, line, place and reason."""
    file = parsed(where, text)
    terms = tuple(_term(section, settings) for section in file.sections("terms"))
    file.finish()
    ordered = sorted((each.kind, each.level or "", each.effective_from) for each in terms)
    if any(one == other for one, other in pairwise(ordered)):
        raise file.fault("two terms begin on one day for the same kind and level")
    return terms


def _term(section: Section, settings: Mapping[str, Setting]) -> Term:
    setting = _setting(section, settings) if section.has("months_setting") else None
    term = Term(
        kind=section.choice("kind", Kind),
        level=section.choice("level", Level) if section.has("level") else None,
        effective_from=section.day("effective_from"),
        months=section.whole("months") if setting is None else setting.whole,
        source=section.text("source") if setting is None else setting.citation,
        is_configured=setting is not None and setting.configured,
    )
    section.finish()
    if term.months < 1:
        raise section.fault("months must be at least 1")
    return term


def _setting(section: Section, settings: Mapping[str, Setting]) -> Setting:
    name = section.text("months_setting")
    if name not in settings or not isinstance(settings[name].value, int):
        raise section.fault(
            f"the edition in force has no setting {name} that is a whole number", "months_setting"
        )
    return settings[name]
