"""An operator matches a DOJ notice to an expected score by hand."""

from datetime import timedelta
from uuid import UUID

from doj_gateway.domain.notices import DojNotice, matched
from doj_gateway.storage import expectations, notices
from doj_gateway.use_cases.flag_notice import unflag_unclear
from doj_gateway.use_cases.match_notice import settle_match
from shared.database.transaction import Transaction


async def match_notice_by_hand(tx: Transaction, notice_id: UUID, expectation_id: UUID) -> DojNotice:
    """Match them; DOJ is then sent the acknowledgment. Raises ConflictError if already matched."""
    expectation = await expectations.locked(tx, expectation_id)
    notice = matched(await notices.locked(tx, notice_id), expectation, tx.now, by=tx.actor.subject)
    await settle_match(tx, notice, expectation)
    await notices.take_over(tx, notice, timedelta())
    tx.audit("notice.matched", subject_kind="notice", subject_id=notice.id)
    await unflag_unclear(tx, notice, "matched-by-hand")
    return notice
