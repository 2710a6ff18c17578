"""What the processes of all services load: loaded once, by the process that forks them.

What one service alone needs is not here: its tables and metrics are no business of the others.
"""

from contextlib import suppress

from shared.composition import app, kernel_routers
from shared.console import commands
from shared.data_files.data_file import DataFileError
from shared.database import database
from shared.http import serving
from shared.law.clerk import loop
from shared.law.reading.law_library import law_library
from shared.messaging.consuming import consumer
from shared.messaging.publishing import publisher
from shared.visibility import known_cases

SHARED = (commands, app, kernel_routers, serving, database, consumer, publisher, loop, known_cases)


def read_law() -> None:
    """Read the packaged editions and calendars; a service itself says what is wrong with one."""
    library = law_library("")
    with suppress(DataFileError):
        for name in library.edition_names:
            library.edition(name)
