"""All editions and calendars that a process can use, by name.

The packaged ones, and those of a folder (`CASOMB_LAW_FOLDER`), which replace or extend them.
"""

from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from shared.data_files.data_file import DataFileError
from shared.errors import Fault, InvalidInputError
from shared.law.counting.calendars import Calendar, Calendars
from shared.law.counting.rules import Edition
from shared.law.reading.calendar_sections import build_calendar
from shared.law.reading.edition_sections import build_edition
from shared.law.reading.law_files import (
    SUFFIX,
    LawFiles,
    LawKind,
    files_of_folder,
    given_layer,
    packaged_files,
)


class UnknownEditionError(InvalidInputError):
    """No edition has this name."""


class UnknownCalendarError(InvalidInputError):
    """No calendar has this name."""


class LawLibrary:
    """Editions and calendars, built when they are first needed and then kept."""

    def __init__(self, files: LawFiles) -> None:
        self._files = files
        self._editions: dict[str, Edition] = {}

    @property
    def edition_names(self) -> tuple[str, ...]:
        """The names of all editions."""
        return self._files.names(LawKind.EDITION)

    @cached_property
    def calendars(self) -> Calendars:
        """Every calendar; raises DataFileError for one that is not valid."""
        names = self._files.names(LawKind.CALENDAR)
        built = {name: build_calendar(self._files.chain(LawKind.CALENDAR, name)) for name in names}
        _refuse_two_overlays_for_one_agency(built.values())
        return MappingProxyType(built)

    def edition(self, name: str) -> Edition:
        """Build an edition; raises UnknownEditionError, or DataFileError if it is not valid."""
        if name not in self.edition_names:
            raise UnknownEditionError(
                f"there is no rulebook edition {name!r}; the editions are "
                f"{', '.join(self.edition_names)}",
                code="unknown-edition",
                faults=[Fault("edition", "is unknown")],
            )
        if name not in self._editions:
            chain = self._files.chain(LawKind.EDITION, name)
            self._editions[name] = build_edition(chain, self.calendars)
        return self._editions[name]

    def calendar(self, name: str) -> Calendar:
        """Find a calendar; raises UnknownCalendarError with the names of all calendars."""
        if name not in self.calendars:
            raise UnknownCalendarError(
                f"there is no calendar {name!r}; the calendars are {', '.join(self.calendars)}",
                code="unknown-calendar",
            )
        return self.calendars[name]

    def edition_at(self, name_or_path: str) -> Edition:
        """Return an edition by its name, or from a file."""
        if not is_path(name_or_path):
            return self.edition(name_or_path)
        return self.with_files(Path(name_or_path)).edition(Path(name_or_path).stem)

    def calendar_at(self, name_or_path: str) -> Calendar:
        """Return a calendar by its name, or from a file."""
        if not is_path(name_or_path):
            return self.calendar(name_or_path)
        return self.with_files(Path(name_or_path)).calendar(Path(name_or_path).stem)

    def with_files(self, *paths: Path) -> "LawLibrary":
        """Add files to this library, as if they were in its folder.

        What extends one of these files sees it, so an overlay gets a new closure too.
        """
        given = [given_layer(path) for path in paths]
        return LawLibrary(LawFiles((*self._files.layers, *given))) if given else self


def is_path(name_or_path: str) -> bool:
    """Whether the text is the path of a file and not a name."""
    return "/" in name_or_path or name_or_path.endswith(SUFFIX)


@cache
def packaged_library() -> LawLibrary:
    """Return the library of the package only."""
    return LawLibrary(packaged_files())


def law_library(folder: str) -> LawLibrary:
    """Return the packaged library with a folder added; an empty name adds nothing."""
    if not folder:
        return packaged_library()
    return LawLibrary(LawFiles((*packaged_files().layers, files_of_folder(Path(folder)))))


def _refuse_two_overlays_for_one_agency(calendars: Iterable[Calendar]) -> None:
    claimed: dict[tuple[str, str], str] = {}
    for calendar in calendars:
        for agency in calendar.agencies:
            first = claimed.setdefault((calendar.extends or "", agency), calendar.name)
            if first != calendar.name:
                raise DataFileError(
                    f"calendar {calendar.name}: agency {agency} already has the overlay {first}"
                )
