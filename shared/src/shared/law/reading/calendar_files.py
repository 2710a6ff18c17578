"""Loads the packaged calendars, and builds one from a text."""

from shared.law.counting.calendars import Calendar, Calendars
from shared.law.reading.calendar_sections import build_calendar
from shared.law.reading.law_files import LawKind, packaged_files
from shared.law.reading.law_library import packaged_library


def load_calendars() -> Calendars:
    """Load every calendar of the package, by name."""
    return packaged_library().calendars


def parse_calendar(name: str, text: str) -> Calendar:
    """Build one calendar from its file's text; DataFileError with what is wrong and where."""
    files = packaged_files().with_text(LawKind.CALENDAR, name, f"calendar {name}", text)
    return build_calendar(files.chain(LawKind.CALENDAR, name))
