"""Queries for persons. Fields are encrypted; a keyed hash of the CII number finds a person."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.security.personal_fields import PersonalFields
from supervision.domain.persons import Identity, Person
from supervision.storage.tables import PERSONS
from supervision.storage.visibility import sees_person

FIELDS = (
    "given_name",
    "middle_name",
    "family_name",
    "birth_date",
    "cii_number",
    "cdcr_number",
    "ssn",
)


async def insert_if_new(tx: Transaction, person: Person, fields: PersonalFields) -> bool:
    """Insert a person. Returns False and stores nothing if the CII number is already recorded."""
    statement = (
        insert(PERSONS)
        .values(
            id=person.id,
            recorded_by_agency=person.recorded_by_agency,
            cii_index=_cii_index(person.identity.cii_number, fields),
            recorded_at=tx.now,
            **_sealed(person, fields),
        )
        .on_conflict_do_nothing(index_elements=[PERSONS.c.cii_index])
        .returning(PERSONS.c.id)
    )
    return (await tx.execute(statement)).first() is not None


async def visible(tx: Transaction, person_id: UUID, fields: PersonalFields) -> Person:
    """Read a person that the actor may see. Raises NotFoundError otherwise."""
    row = await _row(tx, (PERSONS.c.id == person_id) & sees_person(tx))
    if row is None:
        raise _not_found(person_id)
    return _person(row, fields)


async def by_id(tx: Transaction, person_id: UUID, fields: PersonalFields) -> Person:
    """Read a person without an access check. Raises NotFoundError if not recorded."""
    row = await _row(tx, PERSONS.c.id == person_id)
    if row is None:
        raise _not_found(person_id)
    return _person(row, fields)


async def lock(tx: Transaction, person_id: UUID) -> None:
    """Lock a person, so that of two simultaneous requests the second sees the first's case."""
    await tx.lock(PERSONS, person_id)


async def visible_id_by_cii(
    tx: Transaction, cii_number: str, fields: PersonalFields
) -> UUID | None:
    """Return the ID of the person with this CII number; None unless the actor may see it."""
    condition = PERSONS.c.cii_index == _cii_index(cii_number, fields)
    statement = select(PERSONS.c.id).where(condition, sees_person(tx))
    found: UUID | None = (await tx.execute(statement)).scalar()
    return found


async def by_cii(tx: Transaction, cii_number: str, fields: PersonalFields) -> Person | None:
    """Read the person with this CII number; None if not recorded."""
    row = await _row(tx, PERSONS.c.cii_index == _cii_index(cii_number, fields))
    return None if row is None else _person(row, fields)


async def batch_after(
    tx: Transaction, after: UUID | None, limit: int, fields: PersonalFields
) -> list[Person]:
    """Read and lock the next persons of any agency, in order of ID."""
    statement = select(PERSONS).order_by(PERSONS.c.id).limit(limit).with_for_update()
    if after is not None:
        statement = statement.where(PERSONS.c.id > after)
    return [_person(row, fields) for row in (await tx.execute(statement)).mappings()]


async def rewrite(tx: Transaction, person: Person, fields: PersonalFields) -> bool:
    """Encrypt and index a person's fields again. Returns False if another has the CII number.

    The unique constraint also catches a person recorded at the same moment.
    """
    index = _cii_index(person.identity.cii_number, fields)
    values = _sealed(person, fields) | {"cii_index": index}
    try:
        async with tx.savepoint():
            await tx.execute(update(PERSONS).where(PERSONS.c.id == person.id).values(**values))
    except IntegrityError:
        return False
    return True


def _not_found(person_id: UUID) -> NotFoundError:
    return NotFoundError(f"there is no person {person_id}", code="person-not-found")


async def _row(tx: Transaction, condition: ColumnElement[bool]) -> RowMapping | None:
    return (await tx.execute(select(PERSONS).where(condition))).mappings().first()


def _cii_index(cii_number: str, fields: PersonalFields) -> bytes:
    return fields.index(cii_number, column="persons.cii_number")


def _sealed(person: Person, fields: PersonalFields) -> dict[str, bytes | None]:
    sealed: dict[str, bytes | None] = {}
    for name in FIELDS:
        value = getattr(person.identity, name)
        sealed[f"{name}_sealed"] = (
            None
            if value is None
            else fields.seal(str(value).encode(), column=f"persons.{name}", row_id=person.id)
        )
    return sealed


def _person(row: RowMapping, fields: PersonalFields) -> Person:
    def opened(name: str) -> str:
        value = fields.open(row[f"{name}_sealed"], column=f"persons.{name}", row_id=row["id"])
        return value.decode()

    def optional(name: str) -> str | None:
        return None if row[f"{name}_sealed"] is None else opened(name)

    identity = Identity(
        given_name=opened("given_name"),
        middle_name=optional("middle_name"),
        family_name=opened("family_name"),
        birth_date=date.fromisoformat(opened("birth_date")),
        cii_number=opened("cii_number"),
        cdcr_number=optional("cdcr_number"),
        ssn=optional("ssn"),
    )
    return Person(row["id"], row["recorded_by_agency"], identity)
