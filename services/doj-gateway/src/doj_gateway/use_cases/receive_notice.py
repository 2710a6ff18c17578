"""DOJ sends a notice of a score that reached it directly. It may repeat or correct a notice.

Every notice is stored. An unreadable one is never refused, because nobody at DOJ could then correct
it; an operator examines it.
"""

from dataclasses import dataclass
from datetime import timedelta

from doj_gateway.domain.notices import DojNotice, NoticeState, said_again, unclear
from doj_gateway.domain.said_notices import SaidNotice, read_notice, says_the_same
from doj_gateway.storage import notice_versions, notices
from doj_gateway.use_cases.flag_notice import flag_correction, flag_unclear, unflag_unclear
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields

MOST_VERSIONS = 20
"""Limit of stored versions, so that a faulty sender cannot fill the database."""


@dataclass(frozen=True)
class TakenNotice:
    """The current notice, and whether its content was new."""

    notice: DojNotice
    is_new: bool


async def receive_notice(
    tx: Transaction, doj_notice_id: str, said: SaidNotice, fields: PersonalFields
) -> TakenNotice:
    """Store a notice once. A repetition changes nothing; a correction adds a version."""
    notice = _received(tx, doj_notice_id, said)
    if not await notices.insert_if_new(tx, notice):
        return await _told_again(tx, doj_notice_id, said, fields)
    version = await notice_versions.insert(tx, notice, said, fields)
    tx.audit("notice.received", subject_kind="notice", subject_id=notice.id)
    if notice.state is NoticeState.UNCLEAR:
        await flag_unclear(tx, notice, version.id)
    return TakenNotice(notice, is_new=True)


def _received(tx: Transaction, doj_notice_id: str, said: SaidNotice) -> DojNotice:
    read = read_notice(said, tx.now)
    notice = DojNotice(
        id=new_id(),
        doj_notice_id=doj_notice_id,
        instrument=read.instrument,
        assessed_on=read.assessed_on,
        seen_at=read.seen_at,
        state=NoticeState.RECEIVED,
        received_at=tx.now,
        correlation_id=tx.correlation_id,
    )
    return notice if read.fault is None else unclear(notice, read.fault)


async def _told_again(
    tx: Transaction, doj_notice_id: str, said: SaidNotice, fields: PersonalFields
) -> TakenNotice:
    before = await notices.locked_by_doj_id(tx, doj_notice_id)
    known = await notice_versions.of_notice(tx, before, fields)
    if any(says_the_same(each.said, said) for each in known) or before.version >= MOST_VERSIONS:
        return TakenNotice(before, is_new=False)

    notice = said_again(before, read_notice(said, tx.now))
    version = await notice_versions.insert(tx, notice, said, fields)
    tx.audit("notice.corrected", subject_kind="notice", subject_id=notice.id)
    if notice.state is NoticeState.RECEIVED:
        await notices.take_over(tx, notice, timedelta())
        await unflag_unclear(tx, notice, "corrected")
    elif notice.state is NoticeState.UNCLEAR:
        await notices.take_over(tx, notice, None)
        await flag_unclear(tx, notice, version.id)
    else:
        await notices.update_version(tx, notice)
        await flag_correction(tx, notice, version.id)
    return TakenNotice(notice, is_new=True)
