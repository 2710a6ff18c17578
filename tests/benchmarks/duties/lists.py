"""The due list of one officer and the first page of an agency, beside a bare read by key."""

from typing import Any
from uuid import UUID

import httpx

from benchmarks.duties.place import Place
from benchmarks.duties.seed import agency, officer
from benchmarks.duties.timing import spread
from shared.composition.app import Description, create_app
from shared.law.api.duty_routes import duty_routers
from shared.law.api.law_dependency import LawParts
from shared.security.principals import Actor, Role
from shared.security.tokens import Authenticator
from shared.testing.sealing import fields_for_tests

READ_BY_KEY = "SELECT * FROM duties WHERE id = $1"


class WhoeverAsks(Authenticator):
    """Believes whoever says who they are: tokens are not what is measured."""

    def __init__(self) -> None:
        """Nothing to fetch."""

    async def actor(self, authorization: str | None) -> Actor:
        """Read `agency subject` as an agency lead's name."""
        code, _, subject = (authorization or "").partition(" ")
        return Actor(subject, frozenset({Role.AGENCY_LEAD}), agency=code)


async def measure(place: Place) -> dict[str, Any]:
    """Measure both lists through the API, in this process, and the bare read."""
    app = create_app(
        Description("Duties", "Measured."),
        parts=LawParts(
            database=place.database,
            authenticator=WhoeverAsks(),
            personal_fields=fields_for_tests(),
            law=place.law,
        ),
        routers=duty_routers(),
        body_limit_bytes=10_000,
    )
    ids = [row["id"] for row in await place.bare.fetch("SELECT id FROM duties LIMIT 1000")]
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://duties") as client:
        figures = {
            "officer's due list": await spread(lambda n: _officers(client, n)),
            "agency's first page": await spread(lambda n: _agencys(client, n)),
            "agency's overdue": await spread(lambda n: _agencys(client, n, "&overdue=true")),
            "read by key, bare": await spread(lambda n: _bare(place, ids[n % len(ids)])),
        }
    bare = figures["read by key, bare"]["p50_ms"]
    for name in list(figures):
        figures[name]["times_the_bare_read"] = round(figures[name]["p50_ms"] / bare, 1)
    return figures


async def _officers(client: httpx.AsyncClient, number: int) -> None:
    who, code = officer(number * 7), agency(number * 7)
    await _get(client, f"/v1/duties?unmet=true&owner_person={who}", code, str(who))


async def _agencys(client: httpx.AsyncClient, number: int, more: str = "") -> None:
    await _get(client, f"/v1/duties?unmet=true{more}", agency(number), str(officer(number)))


async def _get(client: httpx.AsyncClient, path: str, code: str, subject: str) -> None:
    answer = await client.get(path, headers={"Authorization": f"{code} {subject}"})
    answer.raise_for_status()


async def _bare(place: Place, duty_id: UUID) -> None:
    await place.bare.fetchrow(READ_BY_KEY, duty_id)
