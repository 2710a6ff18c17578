"""The law that a process applies: one rulebook edition and the calendars, loaded at its start."""

from dataclasses import dataclass, field
from weakref import WeakSet

from shared.law.counting.calendars import Calendars
from shared.law.counting.rules import Edition
from shared.law.reading.law_library import LawLibrary, law_library


class Keeping:
    """Whether the database is known to store this law, or which open transactions stored it."""

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

    Every edition of the library is built, so that an invalid file stops the process at its start
    and does not fail the first request that needs it.
    """
    library = law_library(folder)
    law = Law(library.edition(edition), library.calendars, library)
    for name in library.edition_names:
        library.edition(name)
    return law
