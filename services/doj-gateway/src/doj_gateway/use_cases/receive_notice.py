"""DOJ tells of a score that reached it by itself; it may tell more than once."""

from dataclasses import dataclass
from datetime import date, datetime

from doj_gateway.domain.notices import Notice, NoticeState
from doj_gateway.storage import notices
from doj_gateway.storage.notices import Identifiers
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields


@dataclass(frozen=True)
class ReceiveNotice:
    """What DOJ says: which result it saw when, and about whom."""

    doj_notice_id: str
    instrument: str
    assessed_on: date
    seen_at: datetime
    person: Identifiers


@dataclass(frozen=True)
class TakenNotice:
    """The notice as it stands, and whether DOJ told of it for the first time."""

    notice: Notice
    is_new: bool


async def receive_notice(
    tx: Transaction, command: ReceiveNotice, fields: PersonalFields
) -> TakenNotice:
    """Keep the notice once; a repeated one gets the same answer, a different one is refused."""
    notice = _received(tx, command)
    if await notices.keep_once(tx, notice, command.person, fields):
        tx.audit("notice.received", subject_kind="notice", subject_id=notice.id)
        return TakenNotice(notice, is_new=True)
    if not await notices.says_the_same(tx, notice, command.person, fields):
        raise ConflictError(
            "a notice of that id came before and said something else", code="notice-differs"
        )
    return TakenNotice(await notices.by_doj_id(tx, command.doj_notice_id), is_new=False)


def _received(tx: Transaction, command: ReceiveNotice) -> Notice:
    return Notice(
        id=new_id(),
        doj_notice_id=command.doj_notice_id,
        instrument=command.instrument,
        assessed_on=command.assessed_on,
        seen_at=command.seen_at,
        state=NoticeState.RECEIVED,
        received_at=tx.now,
        correlation_id=tx.correlation_id,
    )
