"""Queries for work items: by id, by subject, and the lists that an actor may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, false, literal_column, not_, or_, select, true
from sqlalchemy import tuple_ as row_of_columns

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.law.duty.duty_queries import SEE_AGENCY, SEE_ALL, SEE_BOARDS, SEE_OWN, SEE_PROGRAM
from shared.security.principals import Actor
from shared.visibility.agency_rows import seen_in_agency
from shared.work_items.work_item_rows import work_item_of
from shared.work_items.work_item_tables import IS_OPEN, WORK_ITEMS
from shared.work_items.work_items import WorkItem

READERS = (*SEE_ALL, *SEE_BOARDS, *SEE_AGENCY, *SEE_PROGRAM, *SEE_OWN)
IS_OPEN_CLAUSE: ColumnElement[bool] = literal_column(f"work_items.{IS_OPEN}", Boolean)
_ITEM = WORK_ITEMS.c


@dataclass(frozen=True)
class WorkItemFilter:
    """Filters of a list; None does not filter."""

    kind: str | None = None
    subject_kind: str | None = None
    subject_id: UUID | None = None
    case_id: UUID | None = None
    owner_role: str | None = None
    owner_agency: str | None = None
    owner_unit: str | None = None
    owner_person: UUID | None = None
    is_open: bool | None = None


async def by_id(tx: Transaction, item_id: UUID) -> WorkItem:
    """Read one work item that the actor may see; raises NotFoundError for any other."""
    statement = select(WORK_ITEMS).where(_ITEM.id == item_id, seen_by(tx.actor))
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"there is no work item {item_id}", code="work-item-not-found")
    return work_item_of(row)


async def open_about(
    tx: Transaction, kind: str, subject_ids: Collection[UUID]
) -> Sequence[WorkItem]:
    """Read the open work items of one kind about some subjects, without a check of rights."""
    statement = (
        select(WORK_ITEMS)
        .where(_ITEM.kind == kind, _ITEM.subject_id.in_(subject_ids), IS_OPEN_CLAUSE)
        .order_by(_ITEM.id)
    )
    return [work_item_of(row) for row in (await tx.execute(statement)).mappings()]


async def subjects_with_open(
    tx: Transaction, kind: str, subject_kind: str, *, after: UUID, limit: int
) -> Sequence[UUID]:
    """Read the ids of at most `limit` subjects that have an open work item of the kind."""
    statement = (
        select(_ITEM.subject_id)
        .where(_ITEM.kind == kind, _ITEM.subject_kind == subject_kind, IS_OPEN_CLAUSE)
        .where(_ITEM.subject_id > after)
        .distinct()
        .order_by(_ITEM.subject_id)
        .limit(limit)
    )
    return list((await tx.execute(statement)).scalars())


async def listed(
    tx: Transaction,
    narrowed: WorkItemFilter,
    *,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[WorkItem]:
    """Read the work items that the actor may see, oldest first; up to `limit` plus one."""
    place = (_ITEM.opened_at, _ITEM.id)
    statement = (
        select(WORK_ITEMS)
        .where(seen_by(tx.actor), *_conditions(narrowed))
        .order_by(*place)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(row_of_columns(*place) > row_of_columns(*after))
    return [work_item_of(row) for row in (await tx.execute(statement)).mappings()]


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Which work items an actor may see: in an agency, those of the unit and those of no unit.

    The Board sees only its own, because the others may concern a person's case.
    """
    if actor.has(*SEE_ALL):
        return true()
    seen: list[ColumnElement[bool]] = []
    if actor.has(*SEE_BOARDS):
        seen.append(_ITEM.owner_role.in_(SEE_BOARDS) & _ITEM.case_id.is_(None))
    seen.append(
        seen_in_agency(
            actor, agency=_ITEM.owner_agency, unit=_ITEM.owner_unit, officer=_ITEM.owner_person
        )
    )
    if actor.has(*SEE_PROGRAM) and actor.provider:
        seen.append(_ITEM.owner_person == actor.provider)
    if actor.has(*SEE_PROGRAM) and actor.program:
        seen.append(_ITEM.owner_agency == str(actor.program))
        seen.append(_ITEM.owner_person == actor.program)
    if actor.has(*SEE_OWN) and actor.person_id:
        seen.append(_ITEM.owner_person == actor.person_id)
    return or_(false(), *seen)


def _conditions(narrowed: WorkItemFilter) -> list[ColumnElement[bool]]:
    same = {name: value for name, value in vars(narrowed).items() if name != "is_open"}
    conditions = [_ITEM[name] == value for name, value in same.items() if value is not None]
    if narrowed.is_open is not None:
        conditions.append(IS_OPEN_CLAUSE if narrowed.is_open else not_(IS_OPEN_CLAUSE))
    return conditions
