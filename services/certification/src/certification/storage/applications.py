"""Applications in the database: one row each, with the documents that came in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    delete,
    func,
    insert,
    select,
    true,
    tuple_,
    update,
)

from certification.domain.applications import (
    Application,
    ClientBand,
    Kind,
    Level,
    Place,
    State,
)
from certification.storage.tables.applications import APPLICATIONS, DOCUMENTS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

SAME_IN_BOTH = (
    *("id", "kind", "holder_id", "applicant_id", "name", "level", "client_band", "checklist"),
    *("state", "received_on", "completed_on", "completed_at", "decided_on", "reviewer_id"),
    "version",
)


@dataclass(frozen=True)
class Queued:
    """An application with its place in the queue, counted from 1; None when it is not in it."""

    application: Application
    queue_position: int | None


async def keep(tx: Transaction, application: Application, items: Sequence[str]) -> None:
    """Keep a new application with the documents that came with it."""
    await tx.insert(APPLICATIONS, **_row_of(application))
    if items:
        await tx.execute(
            insert(DOCUMENTS).values(
                [
                    {
                        "application_id": application.id,
                        "item": item,
                        "received_on": application.received_on,
                    }
                    for item in items
                ]
            )
        )


async def keep_change(tx: Transaction, application: Application) -> None:
    """Keep what has become of a locked application."""
    values = {name: value for name, value in _row_of(application).items() if name != "id"}
    await tx.execute(
        update(APPLICATIONS).where(APPLICATIONS.c.id == application.id).values(**values)
    )


async def keep_document(tx: Transaction, application: Application, item: str, on: date) -> None:
    """Keep that an item came in."""
    await tx.execute(
        insert(DOCUMENTS).values(application_id=application.id, item=item, received_on=on)
    )


async def send_back(tx: Transaction, application: Application, items: Collection[str]) -> None:
    """Have these items no longer; the notice that sends them back keeps the day they came."""
    of_application = DOCUMENTS.c.application_id == application.id
    await tx.execute(delete(DOCUMENTS).where(of_application, DOCUMENTS.c.item.in_(items)))


async def locked(
    tx: Transaction, application_id: UUID, *, applicant_id: UUID | None = None
) -> Application:
    """Lock an application, an applicant's own if one is named; NotFoundError for any other."""
    row = await tx.lock(APPLICATIONS, application_id)
    if row is None or (applicant_id is not None and row["applicant_id"] != applicant_id):
        raise _not_found(application_id)
    return _application_of(row)


async def by_id(
    tx: Transaction, application_id: UUID, *, applicant_id: UUID | None = None
) -> Queued:
    """Read one with its place in the queue, an applicant's own if one is named."""
    statement = _queued().where(APPLICATIONS.c.id == application_id, _own(applicant_id))
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise _not_found(application_id)
    return _queued_of(row)


async def documents(tx: Transaction, application_id: UUID) -> dict[str, date]:
    """The items that came in, each with its day."""
    statement = (
        select(DOCUMENTS.c.item, DOCUMENTS.c.received_on)
        .where(DOCUMENTS.c.application_id == application_id)
        .order_by(DOCUMENTS.c.item)
    )
    return {row.item: row.received_on for row in await tx.execute(statement)}


async def queue(
    tx: Transaction,
    *,
    kind: Kind | None,
    applicant_id: UUID | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Queued]:
    """Read the complete ones, first complete first; one more than `limit`."""
    order = (APPLICATIONS.c.completed_at, APPLICATIONS.c.id)
    statement = _queued().where(
        APPLICATIONS.c.state == State.COMPLETE, _of_kind(kind), _own(applicant_id)
    )
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*after))
    rows = (await tx.execute(statement.order_by(*order).limit(limit + 1))).mappings()
    return [_queued_of(row) for row in rows]


async def listed(
    tx: Transaction,
    *,
    kind: Kind | None,
    state: State | None,
    applicant_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[Queued]:
    """Read those of a kind and state in the order in which they came; one more than `limit`."""
    statement = _queued().where(_of_kind(kind), _own(applicant_id))
    if state is not None:
        statement = statement.where(APPLICATIONS.c.state == state)
    if after is not None:
        statement = statement.where(APPLICATIONS.c.id > after)
    rows = (await tx.execute(statement.order_by(APPLICATIONS.c.id).limit(limit + 1))).mappings()
    return [_queued_of(row) for row in rows]


def _queued() -> Select[Any]:
    order = (APPLICATIONS.c.completed_at, APPLICATIONS.c.id)
    standing = (
        select(APPLICATIONS.c.id, func.row_number().over(order_by=order).label("queue_position"))
        .where(APPLICATIONS.c.state == State.COMPLETE)
        .subquery("standing")
    )
    joined = APPLICATIONS.outerjoin(standing, standing.c.id == APPLICATIONS.c.id)
    return select(APPLICATIONS, standing.c.queue_position).select_from(joined)


def _of_kind(kind: Kind | None) -> ColumnElement[bool]:
    return true() if kind is None else APPLICATIONS.c.kind == kind


def _own(applicant_id: UUID | None) -> ColumnElement[bool]:
    return true() if applicant_id is None else APPLICATIONS.c.applicant_id == applicant_id


def _not_found(application_id: UUID) -> NotFoundError:
    return NotFoundError(f"there is no application {application_id}", code="application-not-found")


def _row_of(application: Application) -> dict[str, Any]:
    place = application.place
    return {
        **{name: getattr(application, name) for name in SAME_IN_BOTH},
        "headquarters_county": place.headquarters_county if place else None,
        "served_counties": list(place.served_counties) if place else [],
    }


def _application_of(row: RowMapping) -> Application:
    county = row["headquarters_county"]
    band, level = row["client_band"], row["level"]
    same = {name: row[name] for name in SAME_IN_BOTH if name != "completed_on"}
    shaped = {
        "kind": Kind(row["kind"]),
        "level": Level(level) if level else None,
        "client_band": ClientBand(band) if band else None,
        "place": Place(county, tuple(row["served_counties"])) if county else None,
        "state": State(row["state"]),
    }
    return Application(**{**same, **shaped})


def _queued_of(row: RowMapping) -> Queued:
    return Queued(_application_of(row), row["queue_position"])
