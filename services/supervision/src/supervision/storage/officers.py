"""Queries for officers."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.errors import ConflictError, NotFoundError
from supervision.domain.agencies import Officer
from supervision.storage.tables import OFFICERS


async def find(tx: Transaction, officer_id: UUID) -> Officer | None:
    """Read an officer; None if the officer is not recorded."""
    row = (await tx.execute(select(OFFICERS).where(OFFICERS.c.id == officer_id))).mappings().first()
    return None if row is None else _officer(row)


async def by_id(tx: Transaction, officer_id: UUID) -> Officer:
    """Read an officer. Raises NotFoundError if the officer is not recorded."""
    if (officer := await find(tx, officer_id)) is None:
        raise NotFoundError(f"there is no officer {officer_id}", code="officer-not-found")
    return officer


async def acting(tx: Transaction) -> Officer:
    """Read the acting officer. Raises ConflictError if the agency has not recorded them."""
    asker = tx.actor.person_id
    officer = await find(tx, asker) if asker else None
    if officer is None or officer.agency != tx.actor.agency:
        raise ConflictError(
            "your agency has not recorded you as an officer; its agency lead must do so with"
            " PUT /v1/officers/{officer_id}",
            code="officer-unknown",
        )
    return officer


async def recorded_rights(tx: Transaction) -> str:
    """Return the recorded agency and unit of an acting officer; empty for other users."""
    asker = tx.actor.person_id
    officer = await find(tx, asker) if asker else None
    return f"{officer.agency} {officer.unit}" if officer else ""


async def upsert(tx: Transaction, officer: Officer) -> int:
    """Insert or update an officer. Returns the new version."""
    values = {"name": officer.name, "agency": officer.agency, "unit": officer.unit}
    statement = (
        insert(OFFICERS)
        .values(id=officer.id, version=1, **values)
        .on_conflict_do_update(
            index_elements=[OFFICERS.c.id], set_={**values, "version": OFFICERS.c.version + 1}
        )
        .returning(OFFICERS.c.version)
    )
    version: int = (await tx.execute(statement)).scalar_one()
    return version


def _officer(row: RowMapping) -> Officer:
    return Officer(
        id=row["id"],
        name=row["name"],
        agency=row["agency"],
        unit=row["unit"],
        version=row["version"],
    )
