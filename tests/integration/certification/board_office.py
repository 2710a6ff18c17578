"""Applicants and Board staff at work: what the tests of this service do again and again."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import func, select, table, text

from shared.database.database import Database
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.tokens import LIFETIME, LocalIssuer

BODY_LIMIT = 4096
PROVIDER_ITEMS = (
    *("application-form", "license-verification", "live-scan-receipt", "experience-log"),
    *("training-log", "attestation", "fee"),
)
PROGRAM_ITEMS = (
    *("application-form", "representative-attestation", "provider-list"),
    *("polygraph-arrangement", "fee"),
)
ANOTHER = {"another": True, "another_reason": "a test needs several files of one applicant"}
WRITTEN = (
    *("applications", "documents", "deficiencies", "deficiency_items", "assignments", "decisions"),
    *("certifications", "programs", "program_sites", "program_providers", "program_changes"),
    *("scorer_credentials", "examiner_standings"),
    *("outbox", "audit_entries", "duties", "duty_changes", "idempotency_keys"),
)
"""Every table that a request may write."""

Json = dict[str, Any]


@dataclass
class BoardOffice:
    """The API, somebody who applies and somebody who reviews."""

    http: httpx.AsyncClient
    issuer: LocalIssuer
    database: Database
    applicant_id: UUID = field(default_factory=new_id)
    reviewer_id: UUID = field(default_factory=new_id)

    @property
    def applicant(self) -> dict[str, str]:
        """The applicant's header."""
        return self.issuer.authorization(Role.APPLICANT, sub=self.applicant_id)

    @property
    def reviewer(self) -> dict[str, str]:
        """The reviewer's header."""
        return self.issuer.authorization(Role.BOARD_REVIEWER, sub=self.reviewer_id)

    @property
    def manager(self) -> dict[str, str]:
        """The header of the Board's manager."""
        return self.holding(Role.BOARD_MANAGER)

    def as_reviewer(self, reviewer_id: UUID) -> dict[str, str]:
        """The header of a reviewer."""
        return self.issuer.authorization(Role.BOARD_REVIEWER, sub=reviewer_id)

    def holding(
        self, role: Role, *, sub: UUID | str | None = None, **claims: object
    ) -> dict[str, str]:
        """Anybody's header."""
        token = self.issuer.token(role, sub=sub, lifetime=LIFETIME, **claims)
        return {"Authorization": f"Bearer {token}"}

    def provider_body(self, **changes: object) -> Json:
        """A provider's application with every document."""
        body = {
            "kind": "provider",
            "name": "Avery Example",
            "level": "independent",
            "documents": list(PROVIDER_ITEMS),
        }
        return body | changes

    def program_body(self, **changes: object) -> Json:
        """A program's application with every document."""
        body = {
            "kind": "program",
            "name": "River Program",
            "headquarters_county": "Sacramento",
            "served_counties": ["Yolo", "06061"],
            "client_band": "11-40",
            "documents": list(PROGRAM_ITEMS),
        }
        return body | changes

    async def submit(self, body: Json) -> Json:
        """Submit an application that is taken."""
        answer = await self.http.post("/v1/applications", json=body, headers=self.applicant)
        assert answer.status_code == 201, answer.text
        submitted: Json = answer.json()
        return submitted

    async def complete(self, application_id: str) -> Json:
        """Find everything there."""
        url = f"/v1/applications/{application_id}/completions"
        answer = await self.http.post(url, headers=self.reviewer)
        assert answer.status_code == 201, answer.text
        completed: Json = answer.json()
        return completed

    async def show(self, application_id: str) -> Json:
        """Look at the file as the reviewer does."""
        answer = await self.http.get(f"/v1/applications/{application_id}", headers=self.reviewer)
        assert answer.status_code == 200, answer.text
        shown: Json = answer.json()
        return shown

    async def etag(self, application_id: str) -> str:
        """The version that stands."""
        answer = await self.http.get(f"/v1/applications/{application_id}", headers=self.reviewer)
        tag: str = answer.headers["etag"]
        return tag

    async def decide(self, application_id: str, **verdict: object) -> httpx.Response:
        """Decide on the version that stands."""
        seen = {"If-Match": await self.etag(application_id)}
        return await self.http.post(
            f"/v1/applications/{application_id}/decisions",
            json={"outcome": "granted"} | verdict,
            headers=self.reviewer | seen,
        )

    async def certified(self, body: Json) -> Json:
        """Bring an application to its certification; answers with the decision and the holder."""
        submitted = await self.submit(body)
        await self.complete(submitted["application_id"])
        decided = await self.decide(submitted["application_id"])
        assert decided.status_code == 201, decided.text
        granted: Json = decided.json()
        return submitted | granted

    async def written(self) -> dict[str, int]:
        """How many rows each table holds."""
        async with self.database.engine.connect() as connection:
            return {
                name: (
                    await connection.execute(select(func.count()).select_from(table(name)))
                ).scalar_one()
                for name in WRITTEN
            }

    async def waits(self, task: asyncio.Task[httpx.Response]) -> bool:
        """Whether a request comes to wait for another's lock, instead of to its end."""
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        async with asyncio.timeout(120), self.database.engine.connect() as connection:
            while not task.done():
                if (await connection.execute(waiting)).scalar_one():
                    return True
                await connection.rollback()  # within a transaction the same is seen again
        return False

    async def announced(self, subject_id: str) -> list[str]:
        """The types of the events about a subject, in order."""
        statement = text("SELECT type FROM outbox WHERE subject_id = :id ORDER BY id")
        async with self.database.engine.connect() as connection:
            return list((await connection.execute(statement, {"id": UUID(subject_id)})).scalars())

    async def told(self, subject_id: str) -> Json:
        """What the last event about a subject says."""
        statement = text(
            "SELECT convert_from(data, 'UTF8') FROM outbox WHERE subject_id = :id"
            " ORDER BY id DESC LIMIT 1"
        )
        async with self.database.engine.connect() as connection:
            data = (await connection.execute(statement, {"id": UUID(subject_id)})).scalar_one()
        said: Json = json.loads(data)
        return said

    async def duties(self, rule: str, subject_id: str) -> list[Json]:
        """The duties under a rule about a subject."""
        query = {"rule": rule, "subject_id": subject_id}
        answer = await self.http.get("/v1/duties", params=query, headers=self.reviewer)
        found: list[Json] = answer.json()["items"]
        return found
