"""Scoring finalized an assessment; a Static-99R meets its duty by the day it was assessed.

Recorded before placement it meets it in time, after placement late (the Board's standards page).
"""

from shared.database.transaction import Transaction
from shared.events.scoring import AssessmentFinalized
from supervision.storage import cases, placements
from supervision.use_cases.settle_static_99r import settle_static_99r

STATIC_99R = "static-99r"


async def take_note_of_assessment(tx: Transaction, finalized: AssessmentFinalized) -> None:
    """Keep a Static-99R and meet its duty, where one is owed.

    Other instruments are noted on the timeline alone.
    """
    case = await cases.locked_if_known(tx, finalized.case_id)
    if finalized.instrument != STATIC_99R:
        return
    await placements.keep_static_99r(
        tx,
        finalized.assessment_id,
        case_id=case.id,
        assessed_on=finalized.assessed_on,
        finalized_at=finalized.finalized_at,
    )
    await settle_static_99r(tx, case.id)
