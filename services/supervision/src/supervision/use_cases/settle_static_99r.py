"""The earliest Static-99R meets the duty, in whatever order several were recorded.

A Static-99R scored by the day of placement meets it in time, a later one meets it late (the
Board's standards page).
"""

import contextlib
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.law.duty import ledger
from supervision.domain.duty_rules import STATIC_99R_BEFORE_PLACEMENT
from supervision.storage import placements


async def settle_static_99r(tx: Transaction, case_id: UUID) -> None:
    """Meet the duty of a case by its earliest Static-99R, if there are both.

    A case placed before there was such a duty owes none.
    """
    first = await placements.first_static_99r(tx, case_id)
    if first is None:
        return
    evidence = evidence_of(first.assessment_id)
    with contextlib.suppress(NotFoundError):
        duty = await ledger.meet_duty(
            tx, STATIC_99R_BEFORE_PLACEMENT, case_id, at=first.assessed_on, evidence=evidence
        )
        if duty.met_on != first.assessed_on:
            await ledger.reopen_duty(
                tx, STATIC_99R_BEFORE_PLACEMENT, case_id, reason="an earlier one is recorded"
            )
            await ledger.meet_duty(
                tx, STATIC_99R_BEFORE_PLACEMENT, case_id, at=first.assessed_on, evidence=evidence
            )


def evidence_of(assessment_id: UUID) -> str:
    """Return the text that names an assessment in the history of the duty."""
    return f"assessment {assessment_id}"
