"""Asking an API as somebody, and looking whether anything was written."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from contract.http.operations import Operation
from shared.security.principals import Role
from shared.testing.tokens import LocalIssuer

PROBLEM = "application/problem+json"
JSON = {"Content-Type": "application/json"}
TABLES = text(
    "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1"
)


@dataclass
class Api:
    """One service, and somebody who has every role in it."""

    app: FastAPI
    client: httpx.AsyncClient
    issuer: LocalIssuer
    person: UUID = field(default_factory=uuid4)
    colleague: UUID = field(default_factory=uuid4)
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def everybody(self) -> dict[str, str]:
        """The header of somebody with all roles and all claims."""
        return self.holding(*Role)

    def holding(self, *roles: Role, sub: UUID | None = None) -> dict[str, str]:
        """The header of the same person, or of another in the same place, with these roles."""
        return self.issuer.authorization(
            *roles,
            sub=sub or self.person,
            azp="doj-gateway",
            agency="sacramento-probation",
            unit="adult",
            provider=self.person,
            program=self.person,
        )

    async def ask(
        self,
        operation: Operation,
        *,
        headers: dict[str, str] | None = None,
        url: str | None = None,
        query: Mapping[str, str] | None = None,
        body: object = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """Send a request; by default with all roles, ids that nobody knows and a seen version."""
        if content is None and operation.body:
            content = json.dumps(body).encode()
        tag = {"If-Match": '"1"'} if "If-Match" in operation.parameters("header") else {}
        return await self.client.request(
            operation.method,
            url or operation.url(),
            params=operation.query() if query is None else query,
            content=content,
            headers=JSON | tag | (self.everybody if headers is None else headers),
        )

    async def remember_rows(self) -> None:
        """Count the rows of every table, for `assert_nothing_written`."""
        self.rows = await self.counted()

    async def assert_nothing_written(self) -> None:
        """Fail if any table has grown or shrunk since they were counted last."""
        assert await self.grown() == set()

    async def grown(self) -> set[str]:
        """The tables that have grown or shrunk since they were counted last."""
        before, self.rows = self.rows, await self.counted()
        return {name for name, count in self.rows.items() if count != before[name]}

    async def counted(self) -> dict[str, int]:
        """How many rows each table holds."""
        engine = self.app.state.parts.database.engine
        async with engine.connect() as connection:
            tables = self.rows or list((await connection.execute(TABLES)).scalars())
            counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in tables)  # noqa: S608 - names from the catalog
            found = (await connection.execute(text(f"SELECT {counts}"))).one()
            return dict(zip(tables, found, strict=True))

    async def close(self) -> None:
        """Let go of the connections."""
        await self.client.aclose()
        await self.app.state.parts.database.engine.dispose()


Apis = Callable[[str], Awaitable[Api]]


def assert_problem(answer: httpx.Response, status: int, field_named: str | None = None) -> None:
    """Fail unless it is a problem with this status, traceable, and naming the field."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text}"
    assert answer.headers["content-type"] == PROBLEM
    said: dict[str, Any] = answer.json()
    assert said["type"].startswith("urn:casomb:problem:")
    assert (said["status"], said["title"] != "", said["detail"] != "") == (status, True, True)
    assert said["correlation_id"] == answer.headers["x-correlation-id"]
    if field_named is not None:
        assert_names(answer, field_named)


def assert_names(answer: httpx.Response, field_named: str) -> None:
    """Fail unless a fault names the field."""
    named = [fault["field"] for fault in answer.json().get("faults", [])]
    assert any(each == field_named or each.endswith(f".{field_named}") for each in named), named
