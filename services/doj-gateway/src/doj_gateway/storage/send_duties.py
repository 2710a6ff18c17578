"""Reads from the ledger when a score is due at DOJ and who owes it. Dates are never copied."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from doj_gateway.domain.obligations import REPORTING
from shared.database.transaction import Transaction
from shared.law.duty.duties import Duty, DutyState
from shared.law.duty.duty_rows import duty_of
from shared.law.duty.duty_tables import DUTIES

RULES = tuple(reporting.rule for reporting in REPORTING.values())


async def of_assessments(tx: Transaction, assessment_ids: Collection[UUID]) -> Mapping[UUID, Duty]:
    """Read the duty to send the score of each assessment, without those that nobody owes."""
    statement = (
        select(DUTIES)
        .where(
            DUTIES.c.subject_id.in_(assessment_ids),
            DUTIES.c.rule.in_(RULES),
            DUTIES.c.state != DutyState.CANCELED,
        )
        .order_by(DUTIES.c.opened_at)
    )
    found = [duty_of(row) for row in (await tx.execute(statement)).mappings()]
    return {duty.subject.id: duty for duty in found}


async def of_assessment(tx: Transaction, assessment_id: UUID) -> Duty | None:
    """Read the duty to send the score of one assessment; None if nobody owes it."""
    return (await of_assessments(tx, [assessment_id])).get(assessment_id)
