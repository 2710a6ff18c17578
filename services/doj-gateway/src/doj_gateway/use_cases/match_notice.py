"""A notice is matched to the score that is expected: DOJ has seen it, at DOJ's own time.

One that fits no open expectation waits: its score may not have been recorded here yet.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from doj_gateway import published
from doj_gateway.domain.notices import Notice, expectation_for, matched, met
from doj_gateway.domain.obligations import REPORTING, SEEN
from doj_gateway.storage import expectations, notices
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.postpone_notice import wait_longer
from doj_gateway.use_cases.settle_duties import meet_if_owed
from shared.database.transaction import Transaction


async def match_notice(
    tx: Transaction, claim: Claim, case_ids: Collection[UUID], length: timedelta
) -> Notice:
    """Match the notice to one of the person's cases, or have it wait; extends the claim."""
    notice = await notices.claimed(tx, claim)
    open_ones = await expectations.candidates(tx, notice, case_ids)
    expectation = expectation_for(notice, case_ids, open_ones)
    if expectation is None:
        return await wait_longer(tx, notice)

    expectation = met(expectation, notice, tx.now)
    notice = matched(notice, expectation, tx.now)
    await expectations.change(tx, expectation)
    await notices.change(tx, notice, length)
    await meet_if_owed(tx, SEEN, expectation.id, notice.seen_at, notice.doj_notice_id)
    send = REPORTING[expectation.instrument].rule
    await meet_if_owed(tx, send, expectation.assessment_id, notice.seen_at, notice.doj_notice_id)
    tx.publish(published.expectation_met(expectation))
    tx.audit("expectation.met", subject_kind="expectation", subject_id=expectation.id)
    return notice
