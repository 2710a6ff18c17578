"""The overview over all services' duties: first pages, counts and a report, through the API.

Audit entries are written as in earnest. Beside them stands a bare read by primary key.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from pydantic import SecretStr

from benchmarks.duties.known import AGENCIES, NOW, OFFICERS, known_duties
from benchmarks.duties.timing import spread
from shared.composition.app import Description, create_app
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.parts import RouteParts
from shared.process.settings import DatabaseSettings
from shared.security.principals import Actor, Role
from shared.security.tokens import Authenticator
from shared.testing.clocks import FixedClock
from shared.testing.sealing import fields_for_tests
from supervision.api import owed_duties, owed_duty_counts, timeliness_reports

ROUTERS = (owed_duties.router, owed_duty_counts.router, timeliness_reports.router)
QUARTER = "from=2026-07-01&until=2026-10-01"
READ_BY_KEY = "SELECT * FROM known_duties WHERE id = $1"
FEW = 20
"""Calls of what reads a good part of the table."""


class WhoeverAsks(Authenticator):
    """Believes whoever says who they are: tokens are not what is measured."""

    def __init__(self) -> None:
        """Nothing to fetch."""

    async def actor(self, authorization: str | None) -> Actor:
        """Read `role agency unit subject`."""
        role, agency, unit, subject = (authorization or "").split()
        return Actor(subject, frozenset({Role(role)}), agency=agency, unit=unit)


async def measure(postgres: str, count: int) -> dict[str, Any]:
    """Measure with that many unmet duties, and half as many that were met."""
    async with known_duties(postgres, count) as (url, bare):
        engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "bench")
        app = create_app(
            Description("Overview", "Measured."),
            parts=RouteParts(
                database=Database(engine, FixedClock(NOW), "supervision"),
                authenticator=WhoeverAsks(),
                personal_fields=fields_for_tests(),
            ),
            routers=ROUTERS,
            body_limit_bytes=10_000,
        )
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://overview") as client:
            figures = await _figures(client, bare)
        await engine.dispose()
    bare_read = figures["read by key, bare"]["p50_ms"]
    for each in figures.values():
        each["times_the_bare_read"] = round(each["p50_ms"] / bare_read, 1)
    return figures


async def _figures(client: httpx.AsyncClient, bare: asyncpg.Connection) -> dict[str, Any]:
    ids = [row["id"] for row in await bare.fetch("SELECT id FROM known_duties LIMIT 1000")]
    owed, counts = "/v1/owed-duties", "/v1/owed-duty-counts"
    asked = {
        "officer's due list": (Role.OFFICER, f"{owed}?owner_person={{officer}}"),
        "unit's first page": (Role.OFFICER, owed),
        "agency's first page": (Role.AGENCY_LEAD, owed),
        "agency's overdue": (Role.AGENCY_LEAD, f"{owed}?overdue=true"),
        "overseer's first page": (Role.AUDITOR, owed),
        "officer's counts by day": (Role.OFFICER, f"{counts}?owner_person={{officer}}"),
        "agency's counts by day": (Role.AGENCY_LEAD, counts),
    }
    whole = {
        "everything's counts by day": (Role.AUDITOR, counts),
        "county report of a quarter": (Role.AUDITOR, f"/v1/timeliness-reports?{QUARTER}"),
    }
    figures = {name: await spread(_call(client, *each)) for name, each in asked.items()}
    for name, each in whole.items():
        figures[name] = await spread(_call(client, *each), FEW)
    figures["read by key, bare"] = await spread(
        lambda number: bare.fetchrow(READ_BY_KEY, ids[number % len(ids)])
    )
    return figures


def _call(client: httpx.AsyncClient, role: Role, path: str) -> Callable[[int], Awaitable[None]]:
    async def call(number: int) -> None:
        place = number * 7 % OFFICERS
        officer = UUID(hashlib.md5(f"officer{place}".encode(), usedforsecurity=False).hexdigest())
        who = f"{role} agency-{place % AGENCIES} unit-{place % 5} {officer}"
        answer = await client.get(path.format(officer=officer), headers={"Authorization": who})
        answer.raise_for_status()

    return call
