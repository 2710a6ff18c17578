"""Applications in the database: one row each, and every move that changed the state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import RowMapping, select

from certification.domain.application_moves import ApplicationState, Move
from certification.domain.applications import (
    Application,
    ClientBand,
    EntityType,
    Kind,
    Level,
    LiveScan,
    ProgramPlace,
    Purpose,
)
from certification.domain.time_split import Moved
from certification.storage.tables.applications import APPLICATION_MOVES, APPLICATIONS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

SAME_IN_BOTH = (
    *("id", "kind", "holder_id", "applicant_id", "name", "level", "client_band", "checklist"),
    *("state", "received_on", "completed_on", "completed_at", "decided_on", "reviewer_id"),
    *("purpose", "certification_id", "entity_type", "live_scan", "another_reason", "version"),
    "found_complete_at",
)


async def insert(tx: Transaction, application: Application) -> None:
    """Store a new application."""
    await tx.insert(APPLICATIONS, **_row_of(application))
    if application.state is not ApplicationState.DRAFT:
        await _insert_move(tx, None, application, Move.SUBMIT)


async def update(
    tx: Transaction, before: Application, application: Application, move: Move
) -> None:
    """Store a changed, locked application, and the move if its state changed."""
    values = {name: value for name, value in _row_of(application).items() if name != "id"}
    await tx.execute(
        sa.update(APPLICATIONS).where(APPLICATIONS.c.id == application.id).values(**values)
    )
    if application.state is not before.state:
        await _insert_move(tx, before.state, application, move)


async def locked(
    tx: Transaction, application_id: UUID, *, applicant_id: UUID | None = None
) -> Application:
    """Lock an application: the applicant's own, or any submitted one; else NotFoundError."""
    row = await tx.lock(APPLICATIONS, application_id)
    if row is None or not _is_shown(row, applicant_id):
        raise not_found(application_id)
    return application_of(row)


async def open_for(tx: Transaction, certification_id: UUID, purpose: Purpose) -> UUID | None:
    """Return the open application to renew or upgrade a certification; None if none."""
    over = (ApplicationState.DECIDED, ApplicationState.WITHDRAWN, ApplicationState.ABANDONED)
    statement = select(APPLICATIONS.c.id).where(
        APPLICATIONS.c.certification_id == certification_id,
        APPLICATIONS.c.purpose == purpose,
        APPLICATIONS.c.state.not_in(over),
    )
    found: UUID | None = (await tx.execute(statement.limit(1))).scalar_one_or_none()
    return found


async def update_status_token(tx: Transaction, application_id: UUID, token_hash: bytes) -> None:
    """Store the hash of the status token; an earlier token stops working."""
    await tx.execute(
        sa.update(APPLICATIONS)
        .where(APPLICATIONS.c.id == application_id)
        .values(status_token_hash=token_hash)
    )


async def submitted_at(tx: Transaction, application_id: UUID) -> datetime:
    """Return when an application was submitted: its first move."""
    statement = (
        select(APPLICATION_MOVES.c.at)
        .where(APPLICATION_MOVES.c.application_id == application_id)
        .order_by(APPLICATION_MOVES.c.number)
        .limit(1)
    )
    at: datetime = (await tx.execute(statement)).scalar_one()
    return at


async def moves(tx: Transaction, application_id: UUID) -> list[Moved]:
    """Read every change of state, oldest first."""
    statement = (
        select(APPLICATION_MOVES.c.at, APPLICATION_MOVES.c.to_state)
        .where(APPLICATION_MOVES.c.application_id == application_id)
        .order_by(APPLICATION_MOVES.c.number)
    )
    return [Moved(row.at, ApplicationState(row.to_state)) for row in await tx.execute(statement)]


def not_found(application_id: UUID) -> NotFoundError:
    """Return the error for an application that is missing or not the caller's."""
    return NotFoundError(f"there is no application {application_id}", code="application-not-found")


def application_of(row: Mapping[str, Any] | RowMapping) -> Application:
    """Build an application from a row."""
    county = row["headquarters_county"]
    same = {name: row[name] for name in SAME_IN_BOTH if name != "completed_on"}
    shaped = {
        "kind": Kind(row["kind"]),
        "purpose": Purpose(row["purpose"]),
        "level": Level(row["level"]) if row["level"] else None,
        "client_band": ClientBand(row["client_band"]) if row["client_band"] else None,
        "entity_type": EntityType(row["entity_type"]) if row["entity_type"] else None,
        "live_scan": LiveScan(row["live_scan"]) if row["live_scan"] else None,
        "place": ProgramPlace(county, tuple(row["served_counties"])) if county else None,
        "state": ApplicationState(row["state"]),
    }
    return Application(**{**same, **shaped})


def _is_shown(row: RowMapping, applicant_id: UUID | None) -> bool:
    """Only the applicant may see a draft."""
    if applicant_id is None:
        return ApplicationState(row["state"]) is not ApplicationState.DRAFT
    return bool(row["applicant_id"] == applicant_id)


async def _insert_move(
    tx: Transaction, before: ApplicationState | None, application: Application, move: Move
) -> None:
    await tx.execute(
        APPLICATION_MOVES.insert().values(
            application_id=application.id,
            number=application.version,
            at=tx.now,
            move=move,
            from_state=before,
            to_state=application.state,
            by=tx.actor.subject,
        )
    )


def _row_of(application: Application) -> dict[str, Any]:
    place = application.place
    return {
        **{name: getattr(application, name) for name in SAME_IN_BOTH},
        "headquarters_county": place.headquarters_county if place else None,
        "served_counties": list(place.served_counties) if place else [],
    }
