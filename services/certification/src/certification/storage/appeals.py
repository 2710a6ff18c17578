"""Appeals against denials, and how they were decided."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import RowMapping, select, update

from certification.domain.appeals import Appeal, AppealOutcome
from certification.storage.tables.applications import APPEALS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def insert(tx: Transaction, appeal: Appeal) -> None:
    """Store a new appeal."""
    await tx.insert(APPEALS, **asdict(appeal) | {"reasons": list(appeal.reasons)})


async def update_outcome(tx: Transaction, appeal: Appeal) -> None:
    """Store how an appeal was decided."""
    await tx.execute(
        update(APPEALS)
        .where(APPEALS.c.id == appeal.id)
        .values(
            outcome=appeal.outcome,
            reasons=list(appeal.reasons),
            decided_at=appeal.decided_at,
            decided_by=appeal.decided_by,
        )
    )


async def locked(tx: Transaction, application_id: UUID, appeal_id: UUID) -> Appeal:
    """Lock an appeal of an application; NotFoundError for any other."""
    row = await tx.lock(APPEALS, appeal_id)
    if row is None or row["application_id"] != application_id:
        raise NotFoundError(f"there is no appeal {appeal_id}", code="appeal-not-found")
    return _appeal_of(row)


async def of_application(tx: Transaction, application_id: UUID) -> Appeal | None:
    """Read the latest appeal of an application; None if there is none."""
    statement = select(APPEALS).where(APPEALS.c.application_id == application_id)
    latest = statement.order_by(APPEALS.c.id.desc()).limit(1)
    row = (await tx.execute(latest)).mappings().one_or_none()
    return None if row is None else _appeal_of(row)


def _appeal_of(row: RowMapping) -> Appeal:
    outcome = AppealOutcome(row["outcome"]) if row["outcome"] else None
    shaped = {"outcome": outcome, "reasons": tuple(row["reasons"])}
    return Appeal(**{**row, **shaped})
