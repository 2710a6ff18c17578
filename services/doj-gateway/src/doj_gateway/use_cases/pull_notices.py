"""Requests from DOJ the notices that this database lost because it was restored.

DOJ pushes a notice only until it is acknowledged. A pulled notice is stored, matched and
acknowledged like a pushed one; DOJ answers a second acknowledgment with the time of the first.
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
"""How far before the last known notice to begin, because DOJ may not send them in order."""


@dataclass(frozen=True)
class Pulled:
    """How many notices DOJ listed, and how many of them were new here."""

    listed: int
    taken_in: int


async def pull_notices(
    database: Database,
    cause: Cause,
    doj: DojNotices,
    fields: PersonalFields,
    since: datetime | None = None,
) -> Pulled:
    """Store the notices that DOJ has seen since then and that are not known here.

    If `since` is None, starts a week before the last known notice. Raises UnavailableError. Raises
    NoticeNotShownError, after storing the others, if DOJ does not show a notice that it lists.
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
    """Pull once per epoch that began with a restore of the database; return None otherwise."""
    async with database.transaction(cause) as tx:
        epoch = await notice_pulls.epoch_not_pulled(tx)
    if epoch is None:
        return None
    pulled = await pull_notices(database, cause, doj, fields)
    async with database.transaction(cause) as tx:
        await notice_pulls.note(tx, epoch)
    return pulled


async def _unknown(database: Database, cause: Cause, page: Sequence[str]) -> Sequence[str]:
    """Return the DOJ IDs that are not known here. IDs with a null character never are."""
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
