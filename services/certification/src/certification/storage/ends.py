"""Reads what has ended by date and was not announced yet, longest ago first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, exists, select, update

from certification.domain.standings import Status
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from certification.storage.tables.credentials import EXAMINER_STANDINGS, SCORER_CREDENTIALS
from shared.database.transaction import Transaction
from shared.work_items.work_item_queries import IS_OPEN_CLAUSE
from shared.work_items.work_item_tables import WORK_ITEMS

AT_ONCE = 500


@dataclass(frozen=True)
class Expired:
    """A certification whose term is over; `is_followed` if the holder is certified again."""

    certification_id: UUID
    kind: str
    holder_id: UUID
    ended_on: date
    is_followed: bool


async def expired_certifications(tx: Transaction) -> list[Expired]:
    """Lock expired certifications and mark them as announced, at most AT_ONCE."""
    standings = CERTIFICATION_STANDINGS.c
    following = CERTIFICATION_STANDINGS.alias("following")
    is_followed = exists().where(
        following.c.holder_id == standings.holder_id,
        following.c.status == Status.CERTIFIED,
        _covers(following.c, standings.effective_from),
    )
    due = (
        select(
            *(standings.certification_id, standings.kind, standings.holder_id),
            standings.effective_from.label("ended_on"),
            is_followed.label("is_followed"),
        )
        .join(CERTIFICATIONS, CERTIFICATIONS.c.id == standings.certification_id)
        .where(standings.effective_from <= tx.today, ~standings.is_announced)
        .order_by(standings.effective_from, standings.certification_id)
        .limit(AT_ONCE)
        .with_for_update(of=CERTIFICATIONS, key_share=True, skip_locked=True)
    )
    ended = [Expired(**row) for row in (await tx.execute(due)).mappings()]
    for each in ended:
        tx.count_as_locked(each.certification_id)
    if ended:
        await tx.execute(
            update(CERTIFICATION_STANDINGS)
            .where(
                standings.certification_id.in_([each.certification_id for each in ended]),
                standings.effective_from <= tx.today,
            )
            .values(is_announced=True)
        )
    return ended


async def flags_of_certified_again(tx: Transaction, kind: str) -> list[UUID]:
    """Read open flags whose certification is valid again today, at most AT_ONCE.

    The certifications are locked, so that a new suspension waits and opens its own flag.
    """
    standings = CERTIFICATION_STANDINGS.c
    is_certified = exists().where(
        standings.holder_id == CERTIFICATIONS.c.holder_id,
        standings.status == Status.CERTIFIED,
        standings.effective_from <= tx.today,
        standings.effective_until > tx.today,
    )
    statement = (
        select(WORK_ITEMS.c.id)
        .join(CERTIFICATIONS, CERTIFICATIONS.c.id == WORK_ITEMS.c.evidence_id)
        .where(WORK_ITEMS.c.kind == kind, IS_OPEN_CLAUSE)
        .where(WORK_ITEMS.c.effective_on <= tx.today, is_certified)
        .order_by(WORK_ITEMS.c.id)
        .limit(AT_ONCE)
        .with_for_update(of=CERTIFICATIONS, key_share=True, skip_locked=True)
    )
    return list((await tx.execute(statement)).scalars())


async def ended_credentials(tx: Transaction) -> Sequence[Row[Any]]:
    """Lock ended scorer credentials, and mark them as announced."""
    return await _ended(tx, SCORER_CREDENTIALS)


async def ended_examiner_standings(tx: Transaction) -> Sequence[Row[Any]]:
    """Lock ended examiner standings, and mark them as announced."""
    return await _ended(tx, EXAMINER_STANDINGS)


async def _ended(tx: Transaction, table: Table) -> Sequence[Row[Any]]:
    statement = (
        select(table)
        .where(table.c.effective_until <= tx.today, ~table.c.is_end_announced)
        .order_by(table.c.effective_until, table.c.id)
        .limit(AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    found: Sequence[Row[Any]] = (await tx.execute(statement)).all()
    for row in found:
        tx.count_as_locked(row.id)
    if found:
        await tx.execute(
            update(table)
            .where(table.c.id.in_([row.id for row in found]))
            .values(is_end_announced=True)
        )
    return found


def _covers(span: Any, day: ColumnElement[date]) -> ColumnElement[bool]:  # noqa: ANN401 - SQLAlchemy's columns have no type of their own
    covered: ColumnElement[bool] = (span.effective_from <= day) & (span.effective_until > day)
    return covered
