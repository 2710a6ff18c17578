"""Matches a notice to the expected score, which DOJ has then seen at DOJ's own time.

A notice that fits no open expectation waits, because its score may not be recorded here yet. An
operator examines a notice that has waited too long, or that nearly fits a person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from doj_gateway import published
from doj_gateway.domain.duty_rules import LS_CMI_SEEN
from doj_gateway.domain.notices import (
    DojNotice,
    Expectation,
    Misfit,
    NoticePatience,
    NoticeState,
    expectation_for,
    is_patience_over,
    matched,
    met,
    unclear,
)
from doj_gateway.domain.obligations import REPORTING
from doj_gateway.domain.said_notices import NoticeFault
from doj_gateway.storage import expectations, notices
from doj_gateway.storage.claims import Claim
from doj_gateway.use_cases.flag_notice import flag_unclear, unflag_unclear
from doj_gateway.use_cases.postpone_notice import wait_longer
from doj_gateway.use_cases.settle_duties import meet_if_owed
from shared.database.transaction import Transaction
from shared.identifiers import new_id

MATCHED, UNKNOWN = "matched", "unknown"
PERSON_UNKNOWN = "person-unknown"


@dataclass(frozen=True)
class WhoItIs:
    """The result of looking up the person: an outcome, and the person's cases or near cases.

    The outcome is a `NoticeFault` if the notice cannot be read.
    """

    outcome: str
    case_ids: Collection[UUID]


async def match_notice(
    tx: Transaction, claim: Claim, who: WhoItIs, patience: NoticePatience, length: timedelta
) -> DojNotice:
    """Match the notice to one of the person's cases, let it wait, or leave it to an operator."""
    notice = await notices.claimed(tx, claim)
    if who.outcome == UNKNOWN:
        return await _wait(tx, notice, PERSON_UNKNOWN, (), patience)
    if who.outcome in list(NoticeFault):
        return await rest(tx, notice, who.outcome)
    if who.outcome != MATCHED:
        return await rest(tx, notice, f"person-{who.outcome}", who.case_ids)
    tolerance = patience.day_tolerance
    found = await expectations.candidates(tx, notice, who.case_ids, tolerance)
    chosen = expectation_for(notice, who.case_ids, found, tolerance)
    if chosen is Misfit.NONE:
        return await _wait(tx, notice, chosen, who.case_ids, patience)
    if isinstance(chosen, Misfit):
        return await rest(tx, notice, chosen, who.case_ids)

    notice = matched(notice, chosen, tx.now)
    await notices.change(tx, notice, length)
    await settle_match(tx, notice, chosen)
    await unflag_unclear(tx, notice, "matched")
    return notice


async def settle_match(tx: Transaction, notice: DojNotice, expectation: Expectation) -> None:
    """Meet the expectation and the duties that the notice answers, and publish it."""
    expectation = met(expectation, notice, tx.now)
    await expectations.change(tx, expectation)
    seen_at, proof = expectation.seen_at or tx.now, notice.doj_notice_id
    await meet_if_owed(tx, LS_CMI_SEEN, expectation.id, seen_at, proof)
    send = REPORTING[expectation.instrument].rule
    await meet_if_owed(tx, send, expectation.assessment_id, seen_at, proof)
    tx.publish(published.expectation_met(expectation))
    tx.audit("expectation.met", subject_kind="expectation", subject_id=expectation.id)


async def rest(
    tx: Transaction, notice: DojNotice, because: str, near_case_ids: Collection[UUID] = ()
) -> DojNotice:
    """Leave it to an operator. A correction or a fitting score starts another try."""
    after = unclear(notice, because, near_case_ids)
    await notices.change(tx, after, None)
    if notice.state is NoticeState.RECEIVED:
        await flag_unclear(tx, after, new_id())
    return after


async def _wait(
    tx: Transaction,
    notice: DojNotice,
    because: str,
    near_case_ids: Collection[UUID],
    patience: NoticePatience,
) -> DojNotice:
    is_over = is_patience_over(notice, patience, tx.now)
    if is_over or notice.state is NoticeState.UNCLEAR:
        return await rest(tx, notice, because, near_case_ids)
    return await wait_longer(tx, notice)
