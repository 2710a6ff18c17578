"""Who asks about work items, and how they are opened by facts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
import orjson
from fastapi import FastAPI
from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.law.duty.duties import Subject
from shared.security.principals import Actor, Role, process_actor
from shared.security.tokens import Authenticator, TokenRefusedError
from shared.work_items import keeping
from shared.work_items.work_items import Evidence, Opening, WorkItem, WorkItemOwner

OFFICER, PROVIDER, PROGRAM, CASE = (UUID(int=number) for number in (1, 2, 3, 4))
AGENCY, UNIT = "sacramento-probation", "adult"
CAUSE = Cause(process_actor("supervision"), UUID(int=9))
ACTORS = {
    "officer": Actor(str(OFFICER), frozenset({Role.OFFICER}), AGENCY, UNIT),
    "colleague": Actor(str(uuid4()), frozenset({Role.OFFICER}), AGENCY, UNIT),
    "other-unit": Actor(str(uuid4()), frozenset({Role.OFFICER}), AGENCY, "juvenile"),
    "moved": Actor(str(OFFICER), frozenset({Role.OFFICER}), AGENCY, "juvenile"),
    "no-unit": Actor(str(uuid4()), frozenset({Role.OFFICER}), AGENCY),
    "every-unit": Actor(str(uuid4()), frozenset({Role.OFFICER}), AGENCY, "*"),
    "supervisor": Actor(str(uuid4()), frozenset({Role.UNIT_SUPERVISOR}), AGENCY, UNIT),
    "lead": Actor(str(uuid4()), frozenset({Role.AGENCY_LEAD}), AGENCY, "juvenile"),
    "elsewhere": Actor(str(OFFICER), frozenset({Role.OFFICER}), "kern-probation"),
    "provider": Actor(
        str(PROVIDER), frozenset({Role.PROVIDER}), provider=PROVIDER, program=PROGRAM
    ),
    "reviewer": Actor("b", frozenset({Role.BOARD_REVIEWER})),
    "manager": Actor("m", frozenset({Role.BOARD_MANAGER})),
    "auditor": Actor("a", frozenset({Role.AUDITOR})),
    "reviewing-auditor": Actor("ra", frozenset({Role.AUDITOR, Role.BOARD_REVIEWER})),
    "operator": Actor("o", frozenset({Role.OPERATOR})),
    "partner": Actor("p", frozenset({Role.PARTNER})),
}


class KnownActors(Authenticator):
    """Believes `Bearer <name>` of the actors above; tokens have tests of their own."""

    def __init__(self) -> None:
        """Nothing to fetch."""

    async def actor(self, authorization: str | None) -> Actor:
        """Find the actor by name."""
        name = (authorization or "").removeprefix("Bearer ")
        if name not in ACTORS:
            raise TokenRefusedError("unknown")
        return ACTORS[name]


def opening(**differences: Any) -> Opening:  # noqa: ANN401 - any field of an opening
    """A lapsed certification in a case of the officer's, with differences."""
    said: dict[str, Any] = {
        "kind": "certification-lapsed",
        "subject": Subject("case", CASE),
        "case_id": CASE,
        "owner": WorkItemOwner("officer", AGENCY, UNIT, OFFICER),
        "because": "suspended",
        "evidence": Evidence("certification", uuid4()),
        "fact_id": uuid4(),
    }
    return Opening(**(said | differences))


@dataclass
class Office:
    """The routes over HTTP, and the database behind them."""

    http: httpx.AsyncClient
    database: Database

    @staticmethod
    def authenticator() -> Authenticator:
        """Whom the office believes."""
        return KnownActors()

    @classmethod
    @asynccontextmanager
    async def open(cls, app: FastAPI, database: Database) -> AsyncIterator[Self]:
        """Serve the routes."""
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as http:
            yield cls(http, database)

    async def opened(self, *openings: Opening) -> list[WorkItem]:
        """Open what is not open, in one transaction."""
        async with self.database.transaction(CAUSE) as tx:
            return await keeping.open_work_items(tx, openings)

    async def cured(self, cures: dict[UUID, str]) -> list[WorkItem]:
        """Resolve by facts, in one transaction."""
        async with self.database.transaction(CAUSE) as tx:
            return await keeping.resolve_by_facts(tx, cures)

    async def get(self, who: str, path: str = "") -> httpx.Response:
        """Ask as somebody."""
        return await self.http.get(f"/v1/work-items{path}", headers=_token(who))

    async def listed(self, who: str, query: str = "") -> list[UUID]:
        """The ids that somebody sees in the list."""
        answer = await self.get(who, query)
        assert answer.status_code == 200, answer.text
        return [UUID(item["work_item_id"]) for item in answer.json()["items"]]

    async def resolve(
        self, who: str, item_id: UUID, resolution: str = "handled", key: str | None = None
    ) -> httpx.Response:
        """Close a work item as somebody."""
        headers = _token(who) | ({"Idempotency-Key": key} if key else {})
        path = f"/v1/work-items/{item_id}/resolutions"
        return await self.http.post(path, json={"resolution": resolution}, headers=headers)

    async def announced(self) -> list[tuple[str, dict[str, Any]]]:
        """The type and the data of each event, in order."""
        rows = await self.rows("SELECT type, data FROM outbox ORDER BY id")
        return [(row.type, orjson.loads(row.data)) for row in rows]

    async def rows(self, statement: str) -> Sequence[Any]:
        """Look into the database."""
        async with self.database.engine.connect() as connection:
            return (await connection.execute(text(statement))).all()


def _token(who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {who}"}
