"""Scoring finalized a Static-99R, which meets the duty of its case by the day of scoring.

A Static-99R scored by the day of placement meets it in time, a later one meets it late (the
Board's standards page).
"""

from datetime import datetime
from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.placements import KnownStatic99R
from supervision.storage import cases, placements
from supervision.use_cases.settle_static_99r import settle_static_99r


async def learn_static_99r(
    tx: Transaction, case_id: UUID, known: KnownStatic99R, finalized_at: datetime
) -> None:
    """Store it and meet the duty, if owed. Raises NotYetKnownError until its case is known."""
    case = await cases.locked_if_known(tx, case_id)
    await placements.insert_static_99r_if_new(
        tx,
        known.assessment_id,
        case_id=case.id,
        assessed_on=known.assessed_on,
        finalized_at=finalized_at,
    )
    await settle_static_99r(tx, case.id)
