"""Loads the packaged rulebook editions, and builds one from a text."""

from shared.law.counting.calendars import Calendars
from shared.law.counting.rules import Edition
from shared.law.reading.edition_sections import build_edition
from shared.law.reading.law_files import LawKind, packaged_files
from shared.law.reading.law_library import UnknownEditionError, packaged_library

__all__ = ["UnknownEditionError", "load_edition", "parse_edition"]


def load_edition(name: str) -> Edition:
    """Load an edition of the package; raises UnknownEditionError with the names of all editions."""
    return packaged_library().edition(name)


def parse_edition(name: str, text: str, calendars: Calendars) -> Edition:
    """Build an edition from its file's text; raises DataFileError with place and reason."""
    files = packaged_files().with_text(LawKind.EDITION, name, f"edition {name}", text)
    return build_edition(files.chain(LawKind.EDITION, name), calendars)
