"""Nothing came of a step with a notice, or it failed: another later, or a person looks at it."""

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
    """Count the step in vain and set the next one; `because` is a code of who gave no answer.

    Operators are told where DOJ goes on refusing, and where a notice has waited long enough.
    """
    notice = await notices.claimed(tx, claim)
    if notice.state is NoticeState.RECEIVED and is_patience_over(notice, patience, tx.now):
        notice = unclear(notice, because)
        await flag_unclear(tx, notice, new_id())
    await _flag_refusals(tx, await wait_longer(tx, notice))


async def fail_notice(tx: Transaction, claim: Claim) -> None:
    """The same for a step that failed for a reason nobody foresaw: tried ten times, no more.

    One that is matched goes on being acknowledged, ever more slowly, with the operators told.
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
    """The same for a notice that is locked already."""
    waiting = in_vain(notice)
    await notices.change(tx, waiting, notice_delay(notice.tries))
    return waiting


async def _flag_refusals(tx: Transaction, notice: DojNotice) -> None:
    if notice.state is NoticeState.MATCHED and notice.tries == TRIES_IN_A_ROW:
        await flag_unacknowledged(tx, notice, new_id())
