"""The law a process works by: one rulebook edition and the calendars, loaded once at its start."""

from dataclasses import dataclass, field
from weakref import WeakSet

from shared.law.counting.calendars import Calendars
from shared.law.counting.rules import Edition
from shared.law.reading.law_library import LawLibrary, law_library


class Keeping:
    """Whether this law is known to be kept in the database, or by which open transactions."""

    def __init__(self) -> None:
        self.is_committed = False
        self.by: WeakSet[object] = WeakSet()


@dataclass(frozen=True)
class Law:
    """What use cases need to open a duty: the edition in force and the calendars.

    The library holds every other edition, for previews and rehearsals.
    """

    edition: Edition
    calendars: Calendars
    library: LawLibrary
    keeping: Keeping = field(default_factory=Keeping, compare=False, repr=False)


def load_law(edition: str, folder: str = "") -> Law:
    """Load the law by the name of its edition; UnknownEditionError, DataFileError.

    Every edition of the library is built: a file that cannot be believed stops a process at its
    start, not the first request that asks for it.
    """
    library = law_library(folder)
    law = Law(library.edition(edition), library.calendars, library)
    for name in library.edition_names:
        library.edition(name)
    return law
