"""Officers."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.errors import ConflictError, NotFoundError
from supervision.domain.agencies import Officer
from supervision.storage.tables import OFFICERS


async def find(tx: Transaction, officer_id: UUID) -> Officer | None:
    """Read an officer; None where there is none."""
    row = (await tx.execute(select(OFFICERS).where(OFFICERS.c.id == officer_id))).mappings().first()
    return None if row is None else _officer(row)


async def by_id(tx: Transaction, officer_id: UUID) -> Officer:
    """Read an officer; NotFoundError where there is none."""
    if (officer := await find(tx, officer_id)) is None:
        raise NotFoundError(f"there is no officer {officer_id}", code="officer-not-found")
    return officer


async def acting(tx: Transaction) -> Officer:
    """Read the officer who asks; ConflictError where the agency has not recorded that officer."""
    asker = tx.actor.person_id
    officer = await find(tx, asker) if asker else None
    if officer is None or officer.agency != tx.actor.agency:
        raise ConflictError(
            "your agency has not recorded you as one of its officers (PUT /v1/officers)",
            code="officer-unknown",
        )
    return officer


async def recorded_rights(tx: Transaction) -> str:
    """Say where the asker is on record as an officer; nothing for anybody else."""
    asker = tx.actor.person_id
    officer = await find(tx, asker) if asker else None
    return f"{officer.agency} {officer.unit}" if officer else ""


async def upsert(tx: Transaction, officer: Officer) -> int:
    """Insert or update an officer; return the version it has now."""
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
