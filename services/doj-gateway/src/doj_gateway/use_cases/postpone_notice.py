"""A step of a notice had no result or failed: it is tried later, or an operator examines it."""

from doj_gateway.domain.delays import notice_delay
from doj_gateway.domain.notices import (
    OPEN,
    DojNotice,
    NoticePatience,
    NoticeState,
    failing,
    in_vain,
    is_patience_over,
    unclear,
)
from doj_gateway.storage import notices
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.flag_notice import flag_unacknowledged, flag_unclear
from shared.database.transaction import Transaction
from shared.identifiers import new_id

TRIES_IN_A_ROW = 10
STEP_FAILED = "step-failed"


async def postpone_notice(
    tx: Transaction, claim: Claim, patience: NoticePatience, because: str
) -> None:
    """Count a step without result and schedule the next one. `because` is a reason code.

    A work item opens if DOJ repeatedly refuses, or if the notice has waited too long.
    """
    notice = await notices.claimed(tx, claim)
    if notice.state is NoticeState.RECEIVED and is_patience_over(notice, patience, tx.now):
        notice = unclear(notice, because)
        await flag_unclear(tx, notice, new_id())
    await _flag_refusals(tx, await wait_longer(tx, notice))


async def fail_notice(tx: Transaction, claim: Claim) -> None:
    """Count an unexpectedly failed step; after ten failures an operator must examine it.

    The acknowledgment of a matched notice is still retried, less and less often.
    """
    notice = failing(await notices.claimed(tx, claim))
    if notice.state in OPEN and notice.failed >= TRIES_IN_A_ROW:
        notice = unclear(notice, STEP_FAILED)
        await notices.change(tx, notice, None)
        await flag_unclear(tx, notice, new_id())
        return
    await notices.change(tx, notice, notice_delay(notice.tries))
    await _flag_refusals(tx, notice)


async def wait_longer(tx: Transaction, notice: DojNotice) -> DojNotice:
    """Count a step without result of a locked notice and schedule the next one."""
    waiting = in_vain(notice)
    await notices.change(tx, waiting, notice_delay(notice.tries))
    return waiting


async def _flag_refusals(tx: Transaction, notice: DojNotice) -> None:
    if notice.state is NoticeState.MATCHED and notice.tries == TRIES_IN_A_ROW:
        await flag_unacknowledged(tx, notice, new_id())
