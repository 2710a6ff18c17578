"""Queries for DOJ's notices. Their original content is encrypted in `notice_versions`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, exists, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert

from doj_gateway.domain.notices import LARGEST_DAY_TOLERANCE, OPEN, DojNotice, NoticeState
from doj_gateway.domain.said_notices import NoticeFault
from doj_gateway.storage import claims
from doj_gateway.storage.claims import Claim
from doj_gateway.storage.tables import EXPECTATIONS, NOTICES
from doj_gateway.storage.visibility import SEE_ALL, seen_by
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

NAMES = tuple(field.name for field in fields(DojNotice))


@dataclass(frozen=True)
class ClaimedNotice:
    """A notice that a sender has claimed."""

    claim: Claim
    notice: DojNotice


@dataclass(frozen=True)
class NoticeFilter:
    """Filters of a list of notices. None does not filter."""

    case_id: UUID | None = None
    state: NoticeState | None = None


async def insert_if_new(tx: Transaction, notice: DojNotice) -> bool:
    """Insert a notice. Returns False if DOJ's ID is stored already."""
    is_resting = notice.state is NoticeState.UNCLEAR
    statement = (
        insert(NOTICES)
        .values(
            **_values(notice),
            id=notice.id,
            next_step_at=None if is_resting else func.clock_timestamp(),
            claim_term=0,
        )
        .on_conflict_do_nothing()
        .returning(NOTICES.c.id)
    )
    is_new = (await tx.execute(statement)).first() is not None
    if is_new:
        tx.count_as_locked(notice.id)
    return is_new


async def locked_by_doj_id(tx: Transaction, doj_notice_id: str) -> DojNotice:
    """Lock the notice with this DOJ ID, which must exist."""
    statement = select(NOTICES.c.id).where(NOTICES.c.doj_notice_id == doj_notice_id)
    return await locked(tx, (await tx.execute(statement)).scalar_one())


async def by_id(tx: Transaction, notice_id: UUID) -> DojNotice:
    """Read a notice without an access check. Raises NotFoundError."""
    row = (await tx.execute(select(NOTICES).where(NOTICES.c.id == notice_id))).mappings().first()
    return _notice(_there(row, notice_id))


async def locked(tx: Transaction, notice_id: UUID) -> DojNotice:
    """Lock a notice without an access check. Raises NotFoundError."""
    return _notice(_there(await tx.lock(NOTICES, notice_id), notice_id))


async def take(tx: Transaction, *, limit: int, length: timedelta) -> Sequence[ClaimedNotice]:
    """Claim notices whose next step is due."""
    rows = await claims.take(tx, NOTICES, limit=limit, length=length)
    return [ClaimedNotice(claims.claim_on(row), _notice(row)) for row in rows]


async def claimed(tx: Transaction, claim: Claim) -> DojNotice:
    """Lock a claimed notice. Raises ClaimLostError."""
    return _notice(await claims.locked(tx, NOTICES, claim))


async def change(tx: Transaction, notice: DojNotice, wait: timedelta | None) -> None:
    """Store the current state of a locked notice. `wait` is None if no automatic step follows."""
    next_step_at = None if wait is None else claims.after(wait)
    statement = update(NOTICES).where(NOTICES.c.id == notice.id)
    await tx.execute(statement.values(**_values(notice), next_step_at=next_step_at))


async def take_over(tx: Transaction, notice: DojNotice, wait: timedelta | None) -> None:
    """Store what a person or DOJ changed, and end any claim on the notice."""
    await change(tx, notice, wait)
    statement = update(NOTICES).where(NOTICES.c.id == notice.id)
    await tx.execute(statement.values(claim_term=NOTICES.c.claim_term + 1))


async def update_version(tx: Transaction, notice: DojNotice) -> None:
    """Store only the new version number of a locked notice."""
    statement = update(NOTICES).where(NOTICES.c.id == notice.id)
    await tx.execute(statement.values(version=notice.version))


async def wake(tx: Transaction, instrument: str, assessed_on: date) -> None:
    """Retry at once the unmatched notices that may be about such a score.

    Notices that cannot be read or are not plausible are still left to an operator.
    """
    around = timedelta(days=LARGEST_DAY_TOLERANCE)
    statement = update(NOTICES).where(
        NOTICES.c.state.in_(OPEN),
        NOTICES.c.instrument == instrument,
        NOTICES.c.assessed_on.between(assessed_on - around, assessed_on + around),
        or_(NOTICES.c.because.is_(None), NOTICES.c.because.not_in(list(NoticeFault))),
    )
    await tx.execute(statement.values(next_step_at=func.clock_timestamp()))


async def known_by_doj_ids(tx: Transaction, doj_notice_ids: Collection[str]) -> Collection[str]:
    """Return those of these DOJ IDs that are known here."""
    statement = select(NOTICES.c.doj_notice_id).where(NOTICES.c.doj_notice_id.in_(doj_notice_ids))
    return set((await tx.execute(statement)).scalars())


async def newest_seen_at(tx: Transaction) -> datetime | None:
    """Return the latest time at which DOJ saw a score; None without any notice."""
    statement = select(func.max(NOTICES.c.seen_at)).where(NOTICES.c.seen_at <= tx.now)
    found: datetime | None = (await tx.execute(statement)).scalar_one()
    return found


async def listed(
    tx: Transaction, narrowed: NoticeFilter, *, after: UUID | None, limit: int
) -> Sequence[DojNotice]:
    """Read up to `limit` + 1 notices that the actor may see, oldest first.

    An unmatched notice belongs to no case yet, so only operators and auditors see it.
    """
    given = {name: value for name, value in narrowed.__dict__.items() if value is not None}
    own = exists().where(
        EXPECTATIONS.c.id == NOTICES.c.expectation_id, seen_by(tx.actor, EXPECTATIONS)
    )
    statement = (
        select(NOTICES)
        .where(true() if tx.actor.has(*SEE_ALL) else own)
        .where(*(NOTICES.c[name] == value for name, value in given.items()))
        .order_by(NOTICES.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(NOTICES.c.id > after)
    return [_notice(row) for row in (await tx.execute(statement)).mappings()]


def _there(row: RowMapping | None, notice_id: UUID) -> RowMapping:
    if row is None:
        raise NotFoundError(f"there is no notice {notice_id}", code="notice-not-found")
    return row


def _values(notice: DojNotice) -> dict[str, object]:
    values = {name: getattr(notice, name) for name in NAMES if name != "id"}
    return values | {"near_case_ids": list(notice.near_case_ids)}


def _notice(row: RowMapping) -> DojNotice:
    values = {name: row[name] for name in NAMES}
    read = {"state": NoticeState(row["state"]), "near_case_ids": tuple(row["near_case_ids"])}
    return DojNotice(**values | read)
