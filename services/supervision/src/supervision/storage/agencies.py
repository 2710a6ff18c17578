"""Queries for agencies and their units."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import delete, select, union
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from supervision.domain.agencies import Agency, AgencyKind, Unit
from supervision.storage.tables import AGENCIES, AGENCY_UNITS, CASES, OFFICERS


async def find(tx: Transaction, code: str) -> Agency | None:
    """Read an agency by its code; None if it does not exist."""
    row = (await tx.execute(select(AGENCIES).where(AGENCIES.c.code == code))).mappings().first()
    if row is None:
        return None
    units = select(AGENCY_UNITS).where(AGENCY_UNITS.c.agency == code).order_by(AGENCY_UNITS.c.code)
    found = (await tx.execute(units)).mappings()
    return Agency(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=AgencyKind(row["kind"]),
        county=row["county"],
        units=tuple(Unit(unit["code"], unit["name"]) for unit in found),
        version=row["version"],
    )


async def by_code(tx: Transaction, code: str) -> Agency:
    """Read an agency by its code. Raises NotFoundError if it does not exist."""
    if (agency := await find(tx, code)) is None:
        raise NotFoundError(f"there is no agency {code}", code="agency-not-found")
    return agency


async def units_in_use(tx: Transaction, code: str) -> Collection[str]:
    """Return the codes of the units that have officers or cases."""
    used = [
        select(table.c.unit).where(table.c.agency == code, table.c.unit.is_not(None))
        for table in (OFFICERS, CASES)
    ]
    return set((await tx.execute(union(*used))).scalars())


async def has_cases(tx: Transaction, code: str) -> bool:
    """Whether the agency has opened any case."""
    statement = select(CASES.c.id).where(CASES.c.agency == code).limit(1)
    return (await tx.execute(statement)).first() is not None


async def locked(tx: Transaction, code: str) -> Agency | None:
    """Read an agency and lock it with its units; None if it does not exist."""
    if (agency := await find(tx, code)) is None:
        return None
    await tx.lock(AGENCIES, agency.id)
    return await find(tx, code)


async def upsert(tx: Transaction, agency: Agency) -> Agency:
    """Insert or update an agency without its units. Returns it with its ID and version."""
    values = {"name": agency.name, "kind": agency.kind, "county": agency.county}
    statement = (
        insert(AGENCIES)
        .values(id=agency.id, code=agency.code, version=1, **values)
        .on_conflict_do_update(
            index_elements=[AGENCIES.c.code], set_={**values, "version": AGENCIES.c.version + 1}
        )
        .returning(AGENCIES.c.id, AGENCIES.c.version)
    )
    row = (await tx.execute(statement)).one()
    return replace(agency, id=row.id, version=row.version)


async def replace_units(tx: Transaction, agency: Agency) -> None:
    """Make the stored units equal to the agency's units."""
    codes = [unit.code for unit in agency.units]
    others = (AGENCY_UNITS.c.agency == agency.code) & AGENCY_UNITS.c.code.not_in(codes)
    await tx.execute(delete(AGENCY_UNITS).where(others))
    for unit in agency.units:
        statement = insert(AGENCY_UNITS).values(agency=agency.code, code=unit.code, name=unit.name)
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=[AGENCY_UNITS.c.agency, AGENCY_UNITS.c.code],
                set_={"name": unit.name},
            )
        )
