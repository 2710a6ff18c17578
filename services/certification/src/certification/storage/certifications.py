"""Certifications and the public numbers they get."""

from uuid import UUID

from sqlalchemy import RowMapping, select

from certification.domain.applications import Kind, Level
from certification.domain.certifications import Certification
from certification.storage.tables.certifications import (
    CERTIFICATIONS,
    PROGRAM_NUMBERS,
    PROVIDER_NUMBERS,
)
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

NUMBERS = {Kind.PROGRAM: PROGRAM_NUMBERS, Kind.PROVIDER: PROVIDER_NUMBERS}
COLUMNS = (
    *("id", "application_id", "decision_id", "kind", "holder_id", "level", "number"),
    *("effective_from", "effective_until", "version"),
)


async def next_number(tx: Transaction, kind: Kind) -> int:
    """Draw the next number of a kind; a transaction that fails leaves a hole, never a double."""
    drawn: int = (await tx.execute(select(NUMBERS[kind].next_value()))).scalar_one()
    return drawn


async def keep(tx: Transaction, certification: Certification) -> None:
    """Keep a new certification."""
    await tx.insert(CERTIFICATIONS, **{name: getattr(certification, name) for name in COLUMNS})


async def of_holder(tx: Transaction, holder_id: UUID) -> list[Certification]:
    """Read every certification of a provider or program, the first in effect first."""
    statement = (
        select(CERTIFICATIONS)
        .where(CERTIFICATIONS.c.holder_id == holder_id)
        .order_by(CERTIFICATIONS.c.effective_from, CERTIFICATIONS.c.id)
    )
    return [_certification_of(row) for row in (await tx.execute(statement)).mappings()]


async def of_application(tx: Transaction, application_id: UUID) -> Certification | None:
    """Read what came of an application; None where nothing was granted."""
    statement = select(CERTIFICATIONS).where(CERTIFICATIONS.c.application_id == application_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else _certification_of(row)


async def by_id(tx: Transaction, certification_id: UUID) -> Certification:
    """Read one; NotFoundError where there is none."""
    statement = select(CERTIFICATIONS).where(CERTIFICATIONS.c.id == certification_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"there is no certification {certification_id}", code="certification-not-found"
        )
    return _certification_of(row)


def _certification_of(row: RowMapping) -> Certification:
    level = row["level"]
    shaped = {"kind": Kind(row["kind"]), "level": Level(level) if level else None}
    return Certification(**{**{name: row[name] for name in COLUMNS}, **shaped})
