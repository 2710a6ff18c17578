"""Nothing came of a step with a notice: another one later."""

from doj_gateway.domain.delays import notice_delay
from doj_gateway.domain.notices import Notice, NoticeState, in_vain
from doj_gateway.storage import notices
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.flag_notice import flag_unacknowledged
from shared.database.transaction import Transaction
from shared.identifiers import new_id

TRIES_IN_A_ROW = 10


async def postpone_notice(tx: Transaction, claim: Claim) -> None:
    """Count the step in vain and set the next one; tell operators where DOJ goes on refusing."""
    notice = await wait_longer(tx, await notices.claimed(tx, claim))
    if notice.state is NoticeState.MATCHED and notice.tries == TRIES_IN_A_ROW:
        await flag_unacknowledged(tx, notice, new_id())


async def wait_longer(tx: Transaction, notice: Notice) -> Notice:
    """The same for a notice that is locked already."""
    waiting = in_vain(notice)
    await notices.change(tx, waiting, notice_delay(notice.tries))
    return waiting
