"""The report of `rules check`: what the law of a process contains, or what is wrong with it."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from shared.composition.service import Service
from shared.data_files.data_file import DataFileError
from shared.errors import CasombError
from shared.law.reading.coverage import coverage_faults
from shared.law.reading.law_library import LawLibrary, law_library
from shared.law.reading.law_report import calendar_lines, edition_lines
from shared.process.settings import LawSettings


class LawRefusedError(Exception):
    """The law cannot be used; the message contains file, line and reason."""


def checked(
    service: Service, settings: LawSettings, files: Sequence[Path], today: date
) -> Iterator[str]:
    """Report on all the law, or on the given files; raises LawRefusedError for a fault.

    The report includes the service's own data files, which may name what the edition lacks.
    """
    try:
        library = law_library(settings.law_folder)
        given = library.with_files(*files)
        yield from _lines(given, settings.rulebook_edition, [file.stem for file in files])
        own = list(service.law_lines(given.edition(settings.rulebook_edition)))
        yield from own if not files else ()
    except DataFileError as error:
        raise LawRefusedError(str(error)) from error
    except CasombError as error:
        raise LawRefusedError(error.detail) from error
    if faults := coverage_faults(given.calendars.values(), today):
        raise LawRefusedError("; ".join(str(fault) for fault in faults))


def _lines(library: LawLibrary, in_force: str, only: Sequence[str]) -> Iterator[str]:
    """Build everything, so that a fault anywhere is found, and describe what was asked for."""
    library.edition(in_force)
    for name in sorted(library.edition_names, key=lambda each: (each != in_force, each)):
        edition = library.edition(name)
        if not only or name in only:
            yield from edition_lines(edition, is_in_force=name == in_force)
    for name, calendar in library.calendars.items():
        if not only or name in only:
            yield from calendar_lines(calendar)
