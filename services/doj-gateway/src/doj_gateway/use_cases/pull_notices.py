"""DOJ is asked for the notices that this database does not have: it was restored, and lost them.

DOJ pushes a notice until it is acknowledged, and not again. A notice pulled is taken in, matched
and acknowledged like one that was pushed; DOJ answers a second acknowledgment with the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from doj_gateway.partners.doj_notices import PAGE, DojNotices, NoticeNotShownError
from doj_gateway.storage import notice_pulls, notices
from doj_gateway.use_cases.receive_notice import receive_notice
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.security.personal_fields import PersonalFields

LOOKED_BACK = timedelta(days=7)
"""Before the last notice that is known: DOJ may have told of one later than of a newer one."""


@dataclass(frozen=True)
class Pulled:
    """How many notices DOJ listed, and how many of them were not known here."""

    listed: int
    taken_in: int


async def pull_notices(
    database: Database,
    cause: Cause,
    doj: DojNotices,
    fields: PersonalFields,
    since: datetime | None = None,
) -> Pulled:
    """Take in what DOJ has seen since then and is not known here; run again, it finds nothing.

    Without `since`, from a week before the last notice known. Raises UnavailableError; and
    NoticeNotShownError where DOJ does not show some of what it lists, once the others are here.
    """
    since = since or await _since(database, cause)
    listed = taken_in = 0
    not_shown: NoticeNotShownError | None = None
    after: str | None = None
    while True:
        page = await doj.page(since, after)
        for doj_notice_id in await _unknown(database, cause, page):
            try:
                await _take_in(database, cause, doj, fields, doj_notice_id)
                taken_in += 1
            except NoticeNotShownError as error:
                not_shown = error
        listed += len(page)
        if len(page) < PAGE or page[-1] == after:
            break
        after = page[-1]
    if not_shown is not None:
        raise not_shown
    return Pulled(listed, taken_in)


async def pull_after_restore(
    database: Database, cause: Cause, doj: DojNotices, fields: PersonalFields
) -> Pulled | None:
    """Pull once in each epoch that was begun because the database went back; else None."""
    async with database.transaction(cause) as tx:
        epoch = await notice_pulls.epoch_not_pulled(tx)
    if epoch is None:
        return None
    pulled = await pull_notices(database, cause, doj, fields)
    async with database.transaction(cause) as tx:
        await notice_pulls.note(tx, epoch)
    return pulled


async def _unknown(database: Database, cause: Cause, page: Sequence[str]) -> Sequence[str]:
    """DOJ's ids that are not known here; the database holds no null character, so none is."""
    async with database.transaction(cause) as tx:
        known = await notices.known_by_doj_ids(tx, [each for each in page if "\0" not in each])
    return [each for each in page if each not in known]


async def _take_in(
    database: Database, cause: Cause, doj: DojNotices, fields: PersonalFields, doj_notice_id: str
) -> None:
    said = await doj.notice(doj_notice_id)
    async with database.transaction(cause) as tx:
        await receive_notice(tx, doj_notice_id, said, fields)


async def _since(database: Database, cause: Cause) -> datetime | None:
    async with database.transaction(cause) as tx:
        newest = await notices.newest_seen_at(tx)
    return None if newest is None else newest - LOOKED_BACK
