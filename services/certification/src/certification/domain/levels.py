"""The levels of providers, and the days on which each can be applied for.

Later pages of the Board have Student instead of Apprentice; the day of that change is
configuration. Holders of a closed level keep it and can renew it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.domain.applications import Level
from shared.data_files.data_file import Section, parsed
from shared.errors import RuleBrokenError
from shared.law.counting.edition_settings import Setting

OPEN = "open"
"""The value of a setting for which no day is known."""


@dataclass(frozen=True)
class LevelSpan:
    """The days on which a level is open to new applications; without an end it stays open."""

    level: Level
    effective_from: date
    effective_until: date | None
    source: str

    def refuse(self, on: date) -> None:
        """Raise RuleBrokenError if the level is not open on a day."""
        is_over = self.effective_until is not None and on >= self.effective_until
        if self.effective_from <= on and not is_over:
            return
        until = f" and before {self.effective_until}" if self.effective_until else ""
        raise RuleBrokenError(
            f"the level {self.level} is open to applications from {self.effective_from} on{until}, "
            f"not on {on}",
            code="level-not-open",
            citation=self.source,
        )


def parse_levels(
    where: str, text: str, settings: Mapping[str, Setting]
) -> Mapping[Level, LevelSpan]:
    """Build the list; DataFileError names file, line, place and reason."""
    file = parsed(where, text)
    spans = [_span(section, settings) for section in file.sections("levels")]
    file.finish()
    if missing := set(Level) - {each.level for each in spans}:
        raise file.fault(f"the level {min(missing)} is missing")
    return {each.level: each for each in spans}


def _span(section: Section, settings: Mapping[str, Setting]) -> LevelSpan:
    first = section.day("effective_from")
    span = LevelSpan(
        level=section.choice("level", Level),
        effective_from=_day(section, "from_setting", settings) or first,
        effective_until=_day(section, "until_setting", settings),
        source=section.text("source"),
    )
    section.finish()
    return span


def _day(section: Section, key: str, settings: Mapping[str, Setting]) -> date | None:
    """Return the day in an edition setting; None if the setting has none."""
    name = section.text(key) if section.has(key) else ""
    value = settings[name].value if name in settings else OPEN
    if value == OPEN:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise section.fault(
            f"the edition setting {name} must be a date such as '2026-11-20', or {OPEN}",
            key,
        ) from None
