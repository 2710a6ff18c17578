"""DOJ took our acknowledgment of its notice."""

from datetime import datetime

from doj_gateway import published
from doj_gateway.domain.notices import DojNotice, acknowledged
from doj_gateway.storage import expectations, notices
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.flag_notice import unflag_unacknowledged
from shared.database.transaction import Transaction


async def acknowledge_notice(tx: Transaction, claim: Claim, at: datetime) -> DojNotice:
    """Record the acknowledgment at DOJ's own time and publish it."""
    notice = acknowledged(await notices.claimed(tx, claim), at)
    await notices.change(tx, notice, None)
    expectation = await expectations.of_notice(tx, notice.id)
    tx.publish(published.notice_acknowledged(notice, expectation))
    tx.audit("notice.acknowledged", subject_kind="notice", subject_id=notice.id)
    await unflag_unacknowledged(tx, notice)
    return notice
