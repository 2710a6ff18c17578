"""Undoes changes of duties based on an event that turns out not to be in its producer's log.

A duty that it met is reopened, a duty that it opened is canceled; others stay.
"""

from uuid import UUID

from sqlalchemy import select

from shared.database.transaction import Transaction
from shared.law.duty import ledger
from shared.law.duty.duties import DONE, UNMET, DutyState
from shared.law.duty.duty_tables import DUTIES, DUTY_CHANGES

NOT_IN_THE_LOG = "not-in-the-log"
"""The reason in the history of the duty."""


async def reopen_if_met_by(tx: Transaction, rule: str, subject_id: UUID, evidence: str) -> None:
    """Reopen the duty if this fact met it."""
    if await _rests_on(tx, rule, subject_id, "met", evidence, DONE):
        await ledger.reopen_duty(tx, rule, subject_id, reason=NOT_IN_THE_LOG, evidence=evidence)


async def cancel_if_opened_by(tx: Transaction, rule: str, subject_id: UUID, evidence: str) -> None:
    """Cancel the duty if this fact started its clock."""
    if await _rests_on(tx, rule, subject_id, "opened", evidence, UNMET):
        await ledger.cancel_duty(tx, rule, subject_id, reason=NOT_IN_THE_LOG)


async def _rests_on(
    tx: Transaction,
    rule: str,
    subject_id: UUID,
    change: str,
    evidence: str,
    states: frozenset[DutyState],
) -> bool:
    statement = (
        select(DUTIES.c.id)
        .join(DUTY_CHANGES, DUTY_CHANGES.c.duty_id == DUTIES.c.id)
        .where(
            DUTIES.c.rule == rule,
            DUTIES.c.subject_id == subject_id,
            DUTIES.c.state.in_(states),
            DUTY_CHANGES.c.change == change,
            DUTY_CHANGES.c.evidence == evidence,
        )
    )
    return (await tx.execute(statement)).first() is not None
