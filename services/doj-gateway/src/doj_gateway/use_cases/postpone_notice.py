"""Nothing came of a step with a notice: another one later."""

from doj_gateway.domain.delays import notice_delay
from doj_gateway.domain.notices import Notice, in_vain
from doj_gateway.storage import notices
from doj_gateway.storage.claims import Claim
from shared.database.transaction import Transaction


async def postpone_notice(tx: Transaction, claim: Claim) -> None:
    """Count the step in vain and set the next one."""
    await wait_longer(tx, await notices.claimed(tx, claim))


async def wait_longer(tx: Transaction, notice: Notice) -> Notice:
    """The same for a notice that is locked already."""
    waiting = in_vain(notice)
    await notices.change(tx, waiting, notice_delay(notice.tries))
    return waiting
