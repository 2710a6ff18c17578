"""Decisions with their reasons and the facts they were based on."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from certification.domain.applications import Level
from certification.domain.decisions import Decision, Outcome
from certification.storage.tables.applications import DECISIONS
from shared.database.transaction import Transaction


async def of_application(tx: Transaction, application_id: UUID) -> Decision | None:
    """Read the decision in effect; None if there is none."""
    standing = DECISIONS.c.superseded_at.is_(None)
    statement = select(DECISIONS).where(DECISIONS.c.application_id == application_id, standing)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        return None
    return Decision(
        id=row["id"],
        application_id=row["application_id"],
        outcome=Outcome(row["outcome"]),
        reasons=tuple(row["reasons"]),
        conditions=tuple(row["conditions"]),
        decided_on=row["decided_on"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        inputs=row["inputs"],
        level=Level(row["level"]) if row["level"] else None,
        public_conditions=tuple(row["public_conditions"]),
    )


async def day_of(tx: Transaction, decision_id: UUID) -> date:
    """Return the day of a decision."""
    statement = select(DECISIONS.c.decided_on).where(DECISIONS.c.id == decision_id)
    decided_on: date = (await tx.execute(statement)).scalar_one()
    return decided_on


async def insert(tx: Transaction, decision: Decision) -> None:
    """Store a decision."""
    await tx.insert(
        DECISIONS,
        id=decision.id,
        application_id=decision.application_id,
        outcome=decision.outcome,
        reasons=list(decision.reasons),
        conditions=list(decision.conditions),
        decided_on=decision.decided_on,
        decided_at=decision.decided_at,
        decided_by=decision.decided_by,
        inputs=dict(decision.inputs),
        level=decision.level,
        public_conditions=list(decision.public_conditions),
    )


async def supersede(tx: Transaction, decision_id: UUID) -> None:
    """Mark a decision as reversed by an appeal; it stays on record."""
    await tx.execute(
        update(DECISIONS).where(DECISIONS.c.id == decision_id).values(superseded_at=tx.now)
    )
