"""Queries for attempts: recorded before the call to DOJ, completed by its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from doj_gateway.storage.tables import ATTEMPTS
from shared.database.transaction import Transaction
from shared.identifiers import new_id


@dataclass(frozen=True)
class Attempt:
    """One call that sent the form. `outcome` is None while it is under way or if interrupted."""

    number: int
    began_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reason_code: str | None


async def begin(tx: Transaction, submission_id: UUID) -> None:
    """Record that an attempt of a locked submission begins."""
    counted = select(func.count()).where(ATTEMPTS.c.submission_id == submission_id)
    number = (await tx.execute(counted)).scalar_one() + 1
    await tx.insert(
        ATTEMPTS, id=new_id(), submission_id=submission_id, number=number, began_at=tx.now
    )


async def end(
    tx: Transaction, submission_id: UUID, outcome: str, reason_code: str | None
) -> datetime:
    """Record the outcome of the current attempt. Returns when it began."""
    under_way = (ATTEMPTS.c.submission_id == submission_id) & ATTEMPTS.c.ended_at.is_(None)
    values = {"ended_at": tx.now, "outcome": outcome, "reason_code": reason_code}
    statement = update(ATTEMPTS).where(under_way).values(**values)
    began_at: datetime = (await tx.execute(statement.returning(ATTEMPTS.c.began_at))).scalar_one()
    return began_at


async def last_reason_code(tx: Transaction, submission_id: UUID) -> str | None:
    """Read the reason code of the last attempt; None without an attempt or a code."""
    statement = (
        select(ATTEMPTS.c.reason_code)
        .where(ATTEMPTS.c.submission_id == submission_id)
        .order_by(ATTEMPTS.c.number.desc())
        .limit(1)
    )
    found: str | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


async def of_submission(tx: Transaction, submission_id: UUID) -> Sequence[Attempt]:
    """Read the attempts in order."""
    statement = (
        select(*(ATTEMPTS.c[name] for name in Attempt.__dataclass_fields__))
        .where(ATTEMPTS.c.submission_id == submission_id)
        .order_by(ATTEMPTS.c.number)
    )
    return [Attempt(**row) for row in (await tx.execute(statement)).mappings()]
