"""A service and where its parts are: the API in its module `app`, each loop in `worker`.

A process imports only the module it runs: a worker never loads what serves requests, nor an API
what reads topics. That saves a fifth of the start and a quarter of a worker's memory.
"""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from shared.process.loops import Loop
from shared.process.settings import ServiceSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.law.counting.rules import Edition
    from shared.law.rehearsal.applying import OwnerFinder
    from shared.messaging.consuming.handlers import EventHandlers


@dataclass(frozen=True)
class Service:
    """What the command line must know: the name of the service and the loops of its worker."""

    name: str
    loops: tuple[str, ...]

    @property
    def package(self) -> str:
        """The Python package; underscores instead of hyphens."""
        return self.name.replace("-", "_")

    @property
    def migrations(self) -> Path:
        """The folder of the service's migrations, found without importing the service."""
        found = find_spec(self.package)
        if found is None or found.origin is None:
            raise ModuleNotFoundError(self.package)
        return Path(found.origin).parent / "storage" / "migrations"

    def build_api(self, settings: ServiceSettings) -> "FastAPI":
        """Build the HTTP API with `app.build_api`."""
        built: FastAPI = _room(f"{self.package}.app").build_api(settings)
        return built

    def build_loop(self, name: str, settings: ServiceSettings) -> Loop:
        """Build the shared publisher, consumer or clerk, or a loop with `worker.build_<name>`."""
        from shared.composition import loops  # noqa: PLC0415 - for a worker alone

        worker = _room(f"{self.package}.worker")
        if name == "publisher":
            return loops.build_publisher(self, settings)
        if name == "consumer":
            return loops.build_consumer(self, settings, worker.handlers(settings))
        if name == "clerk":
            return loops.build_clerk(self, settings, worker.works)
        built: Loop = getattr(worker, f"build_{name}")(settings)
        return built

    def event_handlers(self, settings: ServiceSettings) -> "EventHandlers":
        """The handlers of other services' events: `worker.handlers`."""
        built: EventHandlers = _room(f"{self.package}.worker").handlers(settings)
        return built

    def owner_finder(self) -> "OwnerFinder":
        """Finds who owes a duty in another role: `use_cases.find_owner` if the service has it."""
        from shared.law.rehearsal.applying import no_other_owner  # noqa: PLC0415 - for operators alone

        if find_spec(f"{self.package}.use_cases.find_owner") is None:
            return no_other_owner
        found: OwnerFinder = _room(f"{self.package}.use_cases.find_owner").find_owner
        return found

    def law_lines(self, edition: "Edition") -> Iterator[str]:
        """Describe the service's own data files with `law_data.lines`, if it has any."""
        name = f"{self.package}.law_data"
        if find_spec(name) is None:
            return iter(())
        lines: Iterator[str] = _room(name).lines(edition)
        return lines


def _room(name: str) -> ModuleType:
    """Import a module without collecting garbage, because an import creates none.

    What it creates is also exempt from later collections; it lives as long as the process.
    """
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
