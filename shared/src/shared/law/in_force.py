"""The law a process works by: one rulebook edition and the calendars, loaded once at its start."""

from dataclasses import dataclass

from shared.law.calendar_files import load_calendars
from shared.law.calendars import Calendars
from shared.law.rulebook import load_edition
from shared.law.rules import Edition


@dataclass(frozen=True)
class Law:
    """What use cases need to open a duty: the edition in force and the calendars."""

    edition: Edition
    calendars: Calendars


def load_law(edition: str) -> Law:
    """Load the law by the name of its edition; UnknownEditionError, LawDataError."""
    return Law(load_edition(edition), load_calendars())
