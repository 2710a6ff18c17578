"""A service that does next to nothing, so that what is shared by all can be tested in processes.

Command line, settings, database, API, publisher and consumer are those of every service.
"""

from dataclasses import dataclass
from pathlib import Path

from shared.composition.service import Service


@dataclass(frozen=True)
class CountingService(Service):
    """Lives among the tests and has another name in each."""

    @property
    def package(self) -> str:
        """Where its rooms are."""
        return "faults.counting"

    @property
    def migrations(self) -> Path:
        """Where its migrations are."""
        return Path(__file__).parent / "migrations"


def named(name: str) -> CountingService:
    """Give the service a name."""
    return CountingService(name, ("publisher", "consumer"))
