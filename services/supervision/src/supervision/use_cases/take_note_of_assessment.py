"""Scoring finalized an assessment; a Static-99R meets its duty by the day it was assessed.

Recorded before placement it meets it in time, after placement late (the Board's standards page).
"""

import contextlib
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.events.scoring import AssessmentFinalized
from shared.law.duty import ledger
from supervision.storage import cases, placements
from supervision.use_cases.owe_static_99r import RULE

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
    with contextlib.suppress(NotFoundError):  # a placement before there was such a duty owes none
        await ledger.meet_duty(
            tx,
            RULE,
            case.id,
            at=finalized.assessed_on,
            evidence=evidence_of(finalized.assessment_id),
        )


def evidence_of(assessment_id: UUID) -> str:
    """Return how the duty's history names the assessment that met it."""
    return f"assessment {assessment_id}"
