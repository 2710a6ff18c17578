"""Queries for cases. The case number is encrypted and read separately."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, or_, select, true, tuple_, update

from shared.database.transaction import Transaction
from shared.errors import NotFoundError, NotYetKnownError
from shared.identity.numbers import fold_case_number
from shared.security.personal_fields import PersonalFields
from shared.visibility.known_cases import KnownCases
from supervision.domain.agencies import AgencyKind
from supervision.domain.cases import Case, CaseDates, SupervisionType
from supervision.storage.tables import CASES
from supervision.storage.visibility import sees_case, treated_on

KNOWN_CASES = KnownCases(CASES)

NUMBER = "cases.case_number"
ANOTHER = "cases.another_because"


@dataclass(frozen=True)
class CaseFilter:
    """Filters of a list of cases. None does not filter."""

    person_id: UUID | None = None
    officer_id: UUID | None = None
    unit: str | None = None
    supervision_type: SupervisionType | None = None


async def insert(
    tx: Transaction,
    case: Case,
    case_number: str,
    another_because: str | None,
    fields: PersonalFields,
) -> None:
    """Insert a case with its number and, for a separate case with that number, the reason."""
    await tx.insert(
        CASES,
        id=case.id,
        person_id=case.person_id,
        supervision_type=case.supervision_type,
        case_number_sealed=fields.seal(case_number.encode(), column=NUMBER, row_id=case.id),
        case_number_index=number_index(case_number, fields),
        another_because_sealed=None
        if another_because is None
        else fields.seal(another_because.encode(), column=ANOTHER, row_id=case.id),
        agency=case.agency,
        agency_kind=case.agency_kind,
        unit=case.unit,
        officer_id=case.officer_id,
        sentenced_on=case.dates.sentenced_on,
        starts_on=case.dates.starts_on,
        expected_end_on=case.dates.expected_end_on,
        placement_on=case.dates.placement_on,
        county_of_conviction=case.county_of_conviction,
        county_of_residence=case.county_of_residence,
        opened_at=case.opened_at,
        version=case.version,
    )


async def visible(tx: Transaction, case_id: UUID) -> Case:
    """Read a case that the actor may see. Raises NotFoundError otherwise."""
    return await _seen(tx, case_id, sees_case(tx))


async def by_id(tx: Transaction, case_id: UUID) -> Case:
    """Read a case without an access check. Raises NotFoundError if it does not exist."""
    return await _seen(tx, case_id, true())


async def locked(tx: Transaction, case_id: UUID) -> Case:
    """Lock a case that the actor may see, so that events about it can be published."""
    await tx.lock(CASES, case_id)
    return await visible(tx, case_id)


async def locked_for_contact(tx: Transaction, case_id: UUID, day: date) -> Case:
    """Lock a case that the actor may see, or whose provider the actor was on that day."""
    await tx.lock(CASES, case_id)
    return await _seen(tx, case_id, or_(sees_case(tx), treated_on(tx, day)))


async def require_known(tx: Transaction, case_id: UUID) -> None:
    """Raise NotYetKnownError if the case of an event is not known here yet."""
    statement = select(CASES.c.id).where(CASES.c.id == case_id)
    if (await tx.execute(statement)).first() is None:
        raise _not_yet_known(case_id)


async def locked_if_known(tx: Transaction, case_id: UUID) -> Case:
    """Lock the case of an event. Raises NotYetKnownError if it is not known here yet."""
    if (row := await tx.lock(CASES, case_id)) is None:
        raise _not_yet_known(case_id)
    return _case(row)


async def all_locked(tx: Transaction, case_ids: Collection[UUID]) -> Sequence[Case]:
    """Lock cases without an access check, in the order that every caller uses."""
    return [_case(row) for row in await tx.lock_all(CASES, case_ids)]


async def listed(
    tx: Transaction, narrowed: CaseFilter, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Case]:
    """Read up to `limit` + 1 cases that the actor may see, oldest first."""
    given = {name: value for name, value in narrowed.__dict__.items() if value is not None}
    statement = (
        select(CASES)
        .where(sees_case(tx), *(CASES.c[name] == value for name, value in given.items()))
        .order_by(CASES.c.opened_at, CASES.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(CASES.c.opened_at, CASES.c.id) > tuple_(*after))
    return [_case(row) for row in (await tx.execute(statement)).mappings()]


async def of_person(tx: Transaction, person_id: UUID) -> Sequence[Case]:
    """Read a person's cases without an access check, oldest first."""
    statement = select(CASES).where(CASES.c.person_id == person_id)
    ordered = statement.order_by(CASES.c.opened_at, CASES.c.id)
    return [_case(row) for row in (await tx.execute(ordered)).mappings()]


async def first_with_number(
    tx: Transaction, person_id: UUID, agency: str, case_number: str, fields: PersonalFields
) -> UUID | None:
    """Return the ID of an agency's first case of a person under a number; None without one."""
    statement = select(CASES.c.id).where(
        CASES.c.person_id == person_id,
        CASES.c.agency == agency,
        CASES.c.case_number_index == number_index(case_number, fields),
        CASES.c.another_because_sealed.is_(None),
    )
    found: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


async def is_visible(tx: Transaction, case_id: UUID) -> bool:
    """Whether the actor may see a case."""
    statement = select(CASES.c.id).where(CASES.c.id == case_id, sees_case(tx))
    return (await tx.execute(statement)).first() is not None


async def unindexed(tx: Transaction, after: UUID | None, limit: int) -> Sequence[Case]:
    """Lock the next cases whose number is not indexed yet, in order of ID."""
    statement = select(CASES).where(CASES.c.case_number_index.is_(None))
    if after is not None:
        statement = statement.where(CASES.c.id > after)
    rows = await tx.execute(statement.order_by(CASES.c.id).limit(limit).with_for_update())
    return [_case(row) for row in rows.mappings()]


async def index_number(tx: Transaction, case: Case, fields: PersonalFields) -> bool:
    """Index the number of a locked case. Returns False if an earlier case has the same one."""
    number = await number_of(tx, case.id, fields)
    if await first_with_number(tx, case.person_id, case.agency, number, fields) is not None:
        return False
    statement = update(CASES).where(CASES.c.id == case.id)
    await tx.execute(statement.values(case_number_index=number_index(number, fields)))
    return True


def number_index(case_number: str, fields: PersonalFields) -> bytes:
    """Return the keyed hash of a case number, the same however the number is written."""
    return fields.index(fold_case_number(case_number), column=NUMBER)


async def number_of(tx: Transaction, case_id: UUID, fields: PersonalFields) -> str:
    """Decrypt the case number."""
    statement = select(CASES.c.case_number_sealed).where(CASES.c.id == case_id)
    sealed: bytes = (await tx.execute(statement)).scalar_one()
    return fields.open(sealed, column=NUMBER, row_id=case_id).decode()


async def another_because(tx: Transaction, case_id: UUID, fields: PersonalFields) -> str | None:
    """Decrypt why this is a separate case with that number; None if it is the first one."""
    statement = select(CASES.c.another_because_sealed).where(CASES.c.id == case_id)
    sealed: bytes | None = (await tx.execute(statement)).scalar_one()
    return None if sealed is None else fields.open(sealed, column=ANOTHER, row_id=case_id).decode()


async def count_version(tx: Transaction, case: Case) -> int:
    """Increase the version of a locked case. Returns the new version."""
    version = case.version + 1
    await tx.execute(update(CASES).where(CASES.c.id == case.id).values(version=version))
    return version


async def _seen(tx: Transaction, case_id: UUID, condition: ColumnElement[bool]) -> Case:
    statement = select(CASES).where(CASES.c.id == case_id, condition)
    row = (await tx.execute(statement)).mappings().first()
    if row is None:
        raise NotFoundError(f"there is no case {case_id}", code="case-not-found")
    return _case(row)


def _not_yet_known(case_id: UUID) -> NotYetKnownError:
    return NotYetKnownError(f"case {case_id} is not known here yet", code="case-not-yet-known")


def _case(row: RowMapping) -> Case:
    return Case(
        id=row["id"],
        person_id=row["person_id"],
        supervision_type=SupervisionType(row["supervision_type"]),
        agency=row["agency"],
        agency_kind=AgencyKind(row["agency_kind"]),
        unit=row["unit"],
        officer_id=row["officer_id"],
        dates=CaseDates(
            sentenced_on=row["sentenced_on"],
            starts_on=row["starts_on"],
            expected_end_on=row["expected_end_on"],
            placement_on=row["placement_on"],
        ),
        county_of_conviction=row["county_of_conviction"],
        county_of_residence=row["county_of_residence"],
        opened_at=row["opened_at"],
        version=row["version"],
    )
