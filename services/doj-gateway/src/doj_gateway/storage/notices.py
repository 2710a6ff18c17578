"""DOJ's notices; the person's identifiers are sealed and opened only to ask who it is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, exists, func, select, true, update
from sqlalchemy.dialects.postgresql import insert

from doj_gateway.domain.notices import Notice, NoticeState
from doj_gateway.storage import claims
from doj_gateway.storage.claims import Claim
from doj_gateway.storage.tables import EXPECTATIONS, NOTICES
from doj_gateway.storage.visibility import SEE_ALL, seen_by
from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields

NAMES = tuple(field.name for field in fields(Notice))
COLUMN = "notices.identifiers"


@dataclass(frozen=True)
class Identifiers:
    """By what DOJ names a person."""

    cii_number: str
    birth_date: date
    family_name: str


@dataclass(frozen=True)
class ClaimedNotice:
    """A notice taken up, with its identifiers, still sealed."""

    claim: Claim
    notice: Notice
    identifiers_sealed: bytes


@dataclass(frozen=True)
class NoticeFilter:
    """What a list is narrowed to; None leaves it as it is."""

    case_id: UUID | None = None
    state: NoticeState | None = None


async def keep_once(
    tx: Transaction, notice: Notice, identifiers: Identifiers, fields_: PersonalFields
) -> bool:
    """Insert a notice, and say whether it was new by DOJ's id."""
    content = _content(identifiers)
    statement = (
        insert(NOTICES)
        .values(
            **{name: getattr(notice, name) for name in NAMES},
            identifiers_sealed=fields_.seal(content, column=COLUMN, row_id=notice.id),
            content_index=_content_index(notice, identifiers, fields_),
            next_step_at=func.clock_timestamp(),
            claim_term=0,
        )
        .on_conflict_do_nothing()
        .returning(NOTICES.c.id)
    )
    return (await tx.execute(statement)).first() is not None


async def by_doj_id(tx: Transaction, doj_notice_id: str) -> Notice:
    """Read the notice that DOJ calls so; it is known to be there."""
    statement = select(NOTICES).where(NOTICES.c.doj_notice_id == doj_notice_id)
    return _notice((await tx.execute(statement)).mappings().one())


async def says_the_same(
    tx: Transaction, notice: Notice, identifiers: Identifiers, fields_: PersonalFields
) -> bool:
    """Whether the kept notice of that DOJ id has the same content."""
    statement = select(NOTICES.c.content_index).where(
        NOTICES.c.doj_notice_id == notice.doj_notice_id
    )
    kept: bytes = (await tx.execute(statement)).scalar_one()
    return kept == _content_index(notice, identifiers, fields_)


async def take(tx: Transaction, *, limit: int, length: timedelta) -> Sequence[ClaimedNotice]:
    """Take up notices whose time has come."""
    rows = await claims.take(tx, NOTICES, limit=limit, length=length)
    return [
        ClaimedNotice(claims.claim_on(row), _notice(row), row["identifiers_sealed"]) for row in rows
    ]


async def claimed(tx: Transaction, claim: Claim) -> Notice:
    """Lock a notice by the claim on it; ClaimLostError."""
    return _notice(await claims.locked(tx, NOTICES, claim))


async def change(tx: Transaction, notice: Notice, wait: timedelta | None) -> None:
    """Write a locked notice as it stands now; None where nothing is left to do."""
    values = {name: getattr(notice, name) for name in NAMES if name != "id"}
    next_step_at = None if wait is None else claims.after(wait)
    statement = update(NOTICES).where(NOTICES.c.id == notice.id)
    await tx.execute(statement.values(**values, next_step_at=next_step_at))


async def wake(tx: Transaction, instrument: str, assessed_on: date) -> None:
    """Have the unmatched notices of such a score looked at again at once."""
    statement = update(NOTICES).where(
        NOTICES.c.state == NoticeState.RECEIVED,
        NOTICES.c.instrument == instrument,
        NOTICES.c.assessed_on == assessed_on,
    )
    await tx.execute(statement.values(next_step_at=func.clock_timestamp()))


async def listed(
    tx: Transaction, narrowed: NoticeFilter, *, after: UUID | None, limit: int
) -> Sequence[Notice]:
    """Read the notices the actor may see, the oldest first; one more than `limit`.

    An unmatched notice concerns no case yet: operators and auditors alone see it.
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


def opened(notice_id: UUID, sealed: bytes, fields_: PersonalFields) -> Identifiers:
    """Open the identifiers of a notice."""
    content = json.loads(fields_.open(sealed, column=COLUMN, row_id=notice_id))
    return Identifiers(
        content["cii_number"], date.fromisoformat(content["birth_date"]), content["family_name"]
    )


def _content(identifiers: Identifiers) -> bytes:
    return json.dumps(identifiers.__dict__, default=date.isoformat, sort_keys=True).encode()


def _content_index(notice: Notice, identifiers: Identifiers, fields_: PersonalFields) -> bytes:
    """A keyed hash: equal contents are told without keeping them in the open."""
    said = f"{notice.instrument}|{notice.assessed_on}|{notice.seen_at.timestamp()}"
    return fields_.index(f"{said}|{_content(identifiers).decode()}", column="notices.content")


def _notice(row: RowMapping) -> Notice:
    values = {name: row[name] for name in NAMES}
    return Notice(**values | {"state": NoticeState(row["state"])})
