"""Reads applications for display: one with its position in the queue, the queue, and lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true, tuple_

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Application, Kind
from certification.storage.applications import application_of, not_found
from certification.storage.tables.applications import APPLICATIONS
from shared.database.transaction import Transaction

IN_LINE = APPLICATIONS.c.state == ApplicationState.COMPLETE
ORDER = (APPLICATIONS.c.completed_at, APPLICATIONS.c.id)


@dataclass(frozen=True)
class Queued:
    """An application with its position in the queue, from 1; None if it is not in the queue."""

    application: Application
    queue_position: int | None


async def by_id(
    tx: Transaction, application_id: UUID, *, applicant_id: UUID | None = None
) -> Queued:
    """Read one application with its position in the queue; only the applicant's own if given."""
    statement = select(APPLICATIONS).where(APPLICATIONS.c.id == application_id, _own(applicant_id))
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise not_found(application_id)
    application = application_of(row)
    return Queued(application, await place_in_line(tx, application))


async def place_in_line(tx: Transaction, application: Application) -> int | None:
    """Return the position in the queue; None if it is not in the queue."""
    if application.state is not ApplicationState.COMPLETE or application.completed_at is None:
        return None
    mine = (application.completed_at, application.id)
    statement = select(func.count()).where(IN_LINE, tuple_(*ORDER) <= tuple_(*mine))
    counted: int = (await tx.execute(statement)).scalar_one()
    return counted


async def queue(
    tx: Transaction,
    *,
    kind: Kind | None,
    applicant_id: UUID | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Queued]:
    """Read the complete applications, first complete first; one more than `limit`."""
    statement = select(APPLICATIONS).where(IN_LINE, _of_kind(kind), _own(applicant_id))
    if after is not None:
        statement = statement.where(tuple_(*ORDER) > tuple_(*after))
    return await _with_places(tx, statement.order_by(*ORDER).limit(limit + 1))


async def listed(
    tx: Transaction,
    *,
    kind: Kind | None,
    state: ApplicationState | None,
    applicant_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[Queued]:
    """Read applications by kind and state, in order of arrival; one more than `limit`."""
    statement = select(APPLICATIONS).where(_of_kind(kind), _own(applicant_id))
    if state is not None:
        statement = statement.where(APPLICATIONS.c.state == state)
    if after is not None:
        statement = statement.where(APPLICATIONS.c.id > after)
    return await _with_places(tx, statement.order_by(APPLICATIONS.c.id).limit(limit + 1))


async def places_in_line(
    tx: Transaction, applications: Mapping[UUID, Application]
) -> dict[UUID, int]:
    """Return the position of each application in the queue, in one pass over its index."""
    instants = [
        (each.completed_at, each.id)
        for each in applications.values()
        if each.state is ApplicationState.COMPLETE and each.completed_at is not None
    ]
    if not instants:
        return {}
    line = (
        select(APPLICATIONS.c.id, func.row_number().over(order_by=ORDER).label("place"))
        .where(IN_LINE, tuple_(*ORDER) <= tuple_(*max(instants)))
        .subquery("line")
    )
    statement = select(line).where(line.c.id.in_([each for _, each in instants]))
    return {row.id: row.place for row in await tx.execute(statement)}


async def _with_places(tx: Transaction, statement: Select[Any]) -> list[Queued]:
    rows = (await tx.execute(statement)).mappings()
    found = {row["id"]: application_of(row) for row in rows}
    places = await places_in_line(tx, found)
    return [Queued(each, places.get(each.id)) for each in found.values()]


def _of_kind(kind: Kind | None) -> ColumnElement[bool]:
    return true() if kind is None else APPLICATIONS.c.kind == kind


def _own(applicant_id: UUID | None) -> ColumnElement[bool]:
    """Limit to one applicant's own applications; without one, leave out drafts."""
    if applicant_id is None:
        return APPLICATIONS.c.state != ApplicationState.DRAFT
    return APPLICATIONS.c.applicant_id == applicant_id
