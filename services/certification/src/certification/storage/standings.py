"""Status periods of certifications: derived from their changes and rewritten with each."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from certification.domain.certifications import Certification
from certification.domain.register import IN_FORCE
from certification.domain.standings import Standing, Status, certified_since
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS
from shared.database.transaction import Transaction
from shared.law.validity import Validity


async def replace(
    tx: Transaction, certification: Certification, derived: Sequence[Standing]
) -> None:
    """Store the status periods, and since when the holder is certified without a break."""
    of_certification = CERTIFICATION_STANDINGS.c.certification_id == certification.id
    await tx.execute(delete(CERTIFICATION_STANDINGS).where(of_certification))
    rows = [row_of(certification, each) for each in derived]
    await tx.execute(insert(CERTIFICATION_STANDINGS).values(rows))
    await _update_certified_since(tx, certification.holder_id)


async def of_certification(tx: Transaction, certification_id: UUID) -> tuple[Standing, ...]:
    """Read the status periods of a certification, oldest first."""
    statement = (
        select(CERTIFICATION_STANDINGS)
        .where(CERTIFICATION_STANDINGS.c.certification_id == certification_id)
        .order_by(CERTIFICATION_STANDINGS.c.effective_from)
    )
    rows = (await tx.execute(statement)).mappings()
    return tuple(
        Standing(Status(row["status"]), row["effective_from"], row["effective_until"])
        for row in rows
    )


async def of_holder_on(tx: Transaction, holder_id: UUID, day: date) -> tuple[Standing, ...]:
    """Return a holder's status on a day; of several certifications, a certified one."""
    columns = CERTIFICATION_STANDINGS.c
    covers = (columns.effective_from <= day) & (
        columns.effective_until.is_(None) | (columns.effective_until > day)
    )
    statement = (
        select(CERTIFICATION_STANDINGS)
        .where(columns.holder_id == holder_id, covers)
        .order_by((columns.status != Status.CERTIFIED), columns.effective_from.desc())
    )
    rows = (await tx.execute(statement)).mappings()
    return tuple(
        Standing(Status(row["status"]), row["effective_from"], row["effective_until"])
        for row in rows
    )


async def _update_certified_since(tx: Transaction, holder_id: UUID) -> None:
    """Write since when the holder is certified, for every period in force."""
    columns = CERTIFICATION_STANDINGS.c
    in_force = (
        select(columns.certification_id, columns.effective_from, columns.effective_until)
        .where(columns.holder_id == holder_id, columns.status.in_(IN_FORCE))
        .order_by(columns.effective_from)
    )
    rows = (await tx.execute(in_force)).all()
    spans = [Validity(row.effective_from, row.effective_until) for row in rows]
    for row, since in zip(rows, certified_since(spans), strict=True):
        await tx.execute(
            update(CERTIFICATION_STANDINGS)
            .where(
                columns.certification_id == row.certification_id,
                columns.effective_from == row.effective_from,
            )
            .values(certified_since=since)
        )


def row_of(certification: Certification, standing: Standing) -> dict[str, object]:
    """Build the row of a status period.

    Only an expiry comes by date; all others are announced when they are decided.
    """
    return {
        "certification_id": certification.id,
        "holder_id": certification.holder_id,
        "kind": certification.kind,
        "number": certification.number,
        "level": certification.level,
        "status": standing.status,
        "effective_from": standing.effective_from,
        "effective_until": standing.effective_until,
        "is_announced": standing.status is not Status.EXPIRED,
    }
