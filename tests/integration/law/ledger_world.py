"""What tests of the clerk and of rehearsals share: a duty to open, and what was announced."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law
from shared.security.principals import process_actor

CAUSE = Cause(process_actor("tests"), UUID("019aa000-0000-7000-8000-0000000000c1"))
SEND = "dynamic-score-to-doj"
AGENCY = "yolo-probation"
RECEIVED = date(2026, 11, 20)
DUE_ON = date(2026, 12, 1)
DUE_AT = datetime(2026, 12, 2, 8, tzinfo=UTC)
"""Midnight in California as December 1, 2026 ends."""
ASSESSED = date(2026, 11, 16)


async def owed(database: Database, law: Law, received: date = RECEIVED) -> Duty:
    """Open a duty to send a dynamic score."""
    async with database.transaction(CAUSE) as tx:
        return await ledger.open_duty(
            tx,
            law,
            rule=SEND,
            facts=[Fact("assessment", ASSESSED), Fact("receipt", received, "receipt 7")],
            subject=Subject("assessment", new_id()),
            owner=Owner(agency=AGENCY),
        )


async def announced(database: Database, *verbs: str) -> list[dict[str, Any]]:
    """The data of every event of those kinds, in their order, each with its `verb`."""
    async with database.transaction(CAUSE) as tx:
        rows = (await tx.execute(text("SELECT type, data FROM outbox ORDER BY id"))).all()
    events = [{"verb": row.type.rsplit(".")[-1], **orjson.loads(row.data)} for row in rows]
    return [event for event in events if event["verb"] in verbs]
