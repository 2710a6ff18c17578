"""The four APIs of a running system in this process, at a chosen time.

They use the running system's databases, so its publishers and consumers process what happens here;
only the time at which it happens is chosen.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import httpx

from local_system.credentials import SERVICES
from local_system.databases import database_name
from local_system.launch import database_of
from local_system.system import System
from shared.clock import CALIFORNIA, SystemClock
from shared.process.settings import PREFIX

TIMEOUT_SECONDS = 120


class ChosenClock:
    """Returns the time that was chosen last."""

    def __init__(self) -> None:
        self._now = SystemClock().now()

    def now(self) -> datetime:
        """Return the chosen instant, in UTC."""
        return self._now

    def turn_to(self, local: str) -> None:
        """Choose a time in California, for example `2026-11-20 23:59`."""
        self._now = datetime.fromisoformat(local).replace(tzinfo=CALIFORNIA).astimezone(UTC)


@asynccontextmanager
async def services_at(system: System, clock: ChosenClock) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client whose requests to the services are answered here; others use the network."""
    mounts = {
        system.url(service): httpx.ASGITransport(_api(system, service, clock))
        for service in SERVICES
    }
    async with httpx.AsyncClient(mounts=mounts, timeout=TIMEOUT_SECONDS) as http:
        yield http


def _api(system: System, service: str, clock: ChosenClock) -> Any:  # noqa: ANN401 - an ASGI application
    package = database_name(service)
    settings = import_module(f"{package}.settings").Settings(**_told(system, service))
    return import_module(f"{package}.app").build_api(settings, clock)


def _told(system: System, service: str) -> dict[str, object]:
    settings = system.places.service(service, database_of(system, service))
    values = {name.removeprefix(PREFIX).lower(): value for name, value in settings.items()}
    return values | {"feed_urls": json.loads(values["feed_urls"])}
