"""Messages set aside as a consumer does it, and an operator who looks at them."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.messaging.consuming import parking
from shared.messaging.consuming.handling import Failure, ParkedState
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import KafkaRecord, headers_of, parse, source_of
from shared.security.principals import Role, process_actor
from shared.testing.tokens import LocalIssuer

TOPIC, TYPE = "supervision.events", "supervision.case.opened"
DEAD = Failure(ParkedState.DEAD, "refused", "not-so: not so")
SECRET = "Registrant Robin, SSN 123-45-6789"
UNREADABLE = ((SECRET, SECRET.encode()), ("ce_type", SECRET.encode()), ("ce_id", b"no id"))


def case_opened(case_id: UUID, **others: object) -> dict[str, object]:
    """The data of a case opened."""
    return {
        "case_id": str(case_id),
        "supervision_type": "probation",
        "agency": "sacramento-probation",
        "agency_kind": "probation",
        "officer_id": str(new_id()),
        "starts_on": "2026-11-20",
        "county_of_residence": "06067",
    } | others


def record(sequence: int, subject_id: UUID, data: object, kind: str = TYPE) -> KafkaRecord:
    """A record as the publisher would have sent it."""
    value = data if isinstance(data, bytes) else json.dumps(data).encode()
    event = LoggedEvent(
        sequence=sequence,
        event_id=new_id(),
        type=kind,
        schema_version=1,
        subject_kind="case",
        subject_id=subject_id,
        occurred_at=datetime(2026, 11, 20, 18, tzinfo=UTC),
        correlation_id=new_id(),
        causation_id=None,
        data=value,
        traceparent=None,
        partition=0,
        previous_sequence=sequence - 1,
    )
    headers = headers_of(event, source_of("supervision"), epoch=1)
    return KafkaRecord(TOPIC, 0, 100 + sequence, tuple(headers), value)


@dataclass
class Parked:
    """A desk: puts messages on it, and asks for it over HTTP."""

    client: httpx.AsyncClient
    database: Database
    issuer: LocalIssuer
    operator: UUID = field(default_factory=new_id)

    async def ask(
        self, method: str, path: str, body: object = None, role: Role = Role.OPERATOR
    ) -> httpx.Response:
        """Ask as the operator, or in another role."""
        headers = self.issuer.authorization(role, sub=self.operator)
        url = f"/v1/parked-message{path}"
        return await self.client.request(method, url, json=body, headers=headers)

    async def put(self, *records: KafkaRecord, why: Failure = DEAD) -> list[UUID]:
        """Set records aside: the first for a reason, the others behind it."""
        reasons = [why, *([parking.JOINED] * (len(records) - 1))]
        async with self.database.transaction(self._cause()) as tx:
            for each, reason in zip(records, reasons, strict=True):
                await parking.park(tx, "scoring", each, parse(each), reason)
        return await self.values("SELECT id FROM parked_messages ORDER BY parked_at, id")

    async def put_unreadable(self, kept: KafkaRecord) -> UUID:
        """Set a record aside as bytes that nobody could read."""
        why = Failure(ParkedState.DEAD, "malformed", "header ce_specversion")
        async with self.database.transaction(self._cause()) as tx:
            await parking.park(tx, "scoring", kept, None, why)
        (message_id,) = await self.values("SELECT id FROM parked_messages WHERE sequence IS NULL")
        assert isinstance(message_id, UUID)
        return message_id

    async def reach(self, sequence: int) -> None:
        """Say that the consumer has gone as far as a sequence."""
        async with self.database.engine.begin() as connection:
            await connection.execute(
                text("INSERT INTO consumer_progress VALUES ('scoring', :topic, 0, 1, 1, :last)"),
                {"topic": TOPIC, "last": sequence},
            )

    async def values(self, query: str) -> list[Any]:
        """The first column of a query."""
        async with self.database.engine.connect() as connection:
            return list((await connection.execute(text(query))).scalars())

    async def audited(self) -> list[str]:
        """The acts on the audit record, with who did them."""
        return await self.values(
            "SELECT action || ' ' || subject_id || ' ' || actor FROM audit_entries ORDER BY id"
        )

    @staticmethod
    def _cause() -> Cause:
        return Cause(process_actor("scoring"), new_id())
