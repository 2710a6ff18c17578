"""Amendments in the database, and the names and public conditions that follow from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, or_, select

from certification.domain.amendments import Amended, Amendment, Period, periods_of
from certification.domain.certifications import Certification, conditions_told
from certification.storage.certifications import certification_of
from certification.storage.tables.amendments import AMENDMENTS
from certification.storage.tables.certifications import CERTIFICATIONS
from shared.database.transaction import Transaction

COLUMNS = (
    *("id", "holder_id", "certification_id", "former", "now"),
    *("effective_from", "recorded_at", "recorded_by"),
)


async def insert(tx: Transaction, amendment: Amendment) -> None:
    """Store an amendment; the holder's certifications must be locked."""
    row = {name: getattr(amendment, name) for name in COLUMNS}
    reasons = list(amendment.reasons)
    await tx.insert(AMENDMENTS, amended=amendment.amended, reasons=reasons, **row)


async def of_holder(
    tx: Transaction, holder_id: UUID, *, after: UUID | None, limit: int
) -> list[Amendment]:
    """Read the amendments of a holder, oldest first; one more than `limit`."""
    columns = AMENDMENTS.c
    statement = select(AMENDMENTS).where(columns.holder_id == holder_id)
    if after is not None:
        statement = statement.where(columns.id > after)
    rows = (await tx.execute(statement.order_by(columns.id).limit(limit + 1))).mappings()
    return [_amendment_of(row) for row in rows]


async def names(tx: Transaction, holder_id: UUID, name: str) -> tuple[Period, ...]:
    """Read the names of a holder with their periods; the last one is today's."""
    found = await names_amended(tx, [holder_id])
    return periods_of({"name": name}, found.get(holder_id, ()))


async def names_amended(
    tx: Transaction, holder_ids: Iterable[UUID]
) -> Mapping[UUID, Sequence[Amendment]]:
    """Read the name changes by holder; holders whose name never changed are left out."""
    columns = AMENDMENTS.c
    is_name = columns.amended == Amended.NAME
    found = await _found(tx, is_name & columns.holder_id.in_(list(holder_ids)))
    return _grouped((each.holder_id, each) for each in found)


async def conditions(tx: Transaction, certification: Certification) -> tuple[Period, ...]:
    """Read the conditions of a certification with their periods; the last are today's."""
    found = await _conditions_amended(tx, [certification.id])
    return periods_of(conditions_told(certification), found.get(certification.id, ()))


async def public_conditions(
    tx: Transaction, certification_ids: Iterable[UUID]
) -> Mapping[UUID, tuple[Period, ...]]:
    """Read the public conditions with periods; certifications without any may be left out."""
    columns = AMENDMENTS.c
    is_amended = select(columns.id).where(
        columns.certification_id == CERTIFICATIONS.c.id, columns.amended == Amended.CONDITIONS
    )
    statement = select(CERTIFICATIONS).where(
        CERTIFICATIONS.c.id.in_(list(certification_ids)),
        or_(func.cardinality(CERTIFICATIONS.c.public_conditions) > 0, is_amended.exists()),
    )
    held = [certification_of(row) for row in (await tx.execute(statement)).mappings()]
    if not held:
        return {}
    found = await _conditions_amended(tx, [each.id for each in held])
    return {each.id: periods_of(conditions_told(each), found.get(each.id, ())) for each in held}


async def _conditions_amended(
    tx: Transaction, certification_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[Amendment]]:
    columns = AMENDMENTS.c
    is_conditions = columns.amended == Amended.CONDITIONS
    found = await _found(tx, is_conditions & columns.certification_id.in_(certification_ids))
    return _grouped((each.certification_id, each) for each in found if each.certification_id)


def _grouped(found: Iterable[tuple[UUID, Amendment]]) -> Mapping[UUID, Sequence[Amendment]]:
    grouped: dict[UUID, list[Amendment]] = defaultdict(list)
    for whose, amendment in found:
        grouped[whose].append(amendment)
    return grouped


async def _found(tx: Transaction, which: ColumnElement[bool]) -> list[Amendment]:
    rows = await tx.execute(select(AMENDMENTS).where(which).order_by(AMENDMENTS.c.id))
    return [_amendment_of(row) for row in rows.mappings()]


def _amendment_of(row: RowMapping) -> Amendment:
    told = {name: row[name] for name in COLUMNS}
    return Amendment(amended=Amended(row["amended"]), reasons=tuple(row["reasons"]), **told)
