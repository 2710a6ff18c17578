"""What the processes of all services load: loaded once, by the process that forks them.

What one service alone needs is not here: its tables and metrics are no business of the others.
"""

from contextlib import suppress

from shared.database import database
from shared.http import app, kernel_routers, serving
from shared.law.clerk import loop
from shared.law.reading.data_file import LawDataError
from shared.law.reading.law_library import law_library
from shared.messaging.consuming import consumer
from shared.messaging.publishing import publisher
from shared.operations import commands
from shared.security import known_cases

SHARED = (commands, app, kernel_routers, serving, database, consumer, publisher, loop, known_cases)


def read_law() -> None:
    """Read the packaged editions and calendars; a service itself says what is wrong with one."""
    library = law_library("")
    with suppress(LawDataError):
        for name in library.edition_names:
            library.edition(name)
