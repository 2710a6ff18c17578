"""Imports what all service processes need, once, in the process that forks them.

A single service's modules must not be imported here, because its tables and metrics would then
exist in the other services too.
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
    """Read the packaged editions and calendars; errors are left for the services to report."""
    library = law_library("")
    with suppress(DataFileError):
        for name in library.edition_names:
            library.edition(name)
