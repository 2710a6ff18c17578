"""Certifications, their changes, and the public numbers of their holders."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import RowMapping, select

from certification.domain.applications import Kind, Level, Purpose
from certification.domain.certification_changes import CertificationChange, Change
from certification.domain.certifications import Certification
from certification.domain.standings import standings_of
from certification.storage import standings
from certification.storage.tables.applications import APPLICATIONS
from certification.storage.tables.certifications import (
    CERTIFICATION_CHANGES,
    CERTIFICATIONS,
)
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

COLUMNS = (
    *("id", "application_id", "decision_id", "kind", "holder_id", "level", "number"),
    *("effective_from", "effective_until", "version", "continued_days"),
)
CHANGE_COLUMNS = (
    *("certification_id", "number", "effective_on", "effective_from", "effective_until"),
    *("recorded_at", "recorded_by", "with_certification_id"),
)


async def number_of(tx: Transaction, holder_id: UUID) -> str | None:
    """Return the public number of a holder certified before; None for any other."""
    statement = select(CERTIFICATIONS.c.number).where(CERTIFICATIONS.c.holder_id == holder_id)
    found: str | None = (await tx.execute(statement.limit(1))).scalar_one_or_none()
    return found


async def insert(
    tx: Transaction, certification: Certification, change: CertificationChange
) -> None:
    """Store a new certification with its first change."""
    await tx.insert(CERTIFICATIONS, **row_of(certification))
    await _insert_change(tx, certification, [], change)


async def update(
    tx: Transaction, certification: Certification, change: CertificationChange
) -> None:
    """Store a change of a locked certification, and the status periods that follow from it."""
    await tx.execute(
        sa.update(CERTIFICATIONS)
        .where(CERTIFICATIONS.c.id == certification.id)
        .values(
            effective_from=certification.effective_from,
            effective_until=certification.effective_until,
            continued_days=certification.continued_days,
            version=certification.version,
        )
    )
    await _insert_change(tx, certification, await changes(tx, certification.id), change)


async def locked(tx: Transaction, certification_id: UUID) -> Certification:
    """Lock a certification and all others of its holder; NotFoundError if there is none.

    A change of one also updates since when the holder is certified, on the others.
    """
    found = await by_id(tx, certification_id)
    own = await locked_of_holders(tx, found.holder_id)
    return next(each for each in own if each.id == certification_id)


async def locked_of_holders(tx: Transaction, *holder_ids: UUID) -> list[Certification]:
    """Lock every certification of these holders, in the order of their IDs.

    It must come before storing anything that keeps a certification from being undone, because
    undoing locks the same rows before it looks.
    """
    own = select(CERTIFICATIONS.c.id).where(CERTIFICATIONS.c.holder_id.in_(holder_ids))
    return await locked_all(tx, (await tx.execute(own)).scalars())


async def locked_all(tx: Transaction, certification_ids: Iterable[UUID]) -> list[Certification]:
    """Lock many certifications, in the order of their IDs."""
    rows = await tx.lock_all(CERTIFICATIONS, certification_ids)
    return [certification_of(row) for row in rows]


async def changes(tx: Transaction, certification_id: UUID) -> list[CertificationChange]:
    """Read every change of a certification, in order."""
    statement = (
        select(CERTIFICATION_CHANGES)
        .where(CERTIFICATION_CHANGES.c.certification_id == certification_id)
        .order_by(CERTIFICATION_CHANGES.c.number)
    )
    return [
        CertificationChange(
            change=Change(row["change"]),
            reasons=tuple(row["reasons"]),
            **{name: row[name] for name in CHANGE_COLUMNS},
        )
        for row in (await tx.execute(statement)).mappings()
    ]


async def of_holder(tx: Transaction, holder_id: UUID) -> list[Certification]:
    """Read every certification of a provider or program, first in effect first."""
    statement = (
        select(CERTIFICATIONS)
        .where(CERTIFICATIONS.c.holder_id == holder_id)
        .order_by(CERTIFICATIONS.c.effective_from, CERTIFICATIONS.c.id)
    )
    return [certification_of(row) for row in (await tx.execute(statement)).mappings()]


async def of_application(tx: Transaction, application_id: UUID) -> Certification | None:
    """Read the certification that an application led to; None if nothing was granted."""
    statement = select(CERTIFICATIONS).where(CERTIFICATIONS.c.application_id == application_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else certification_of(row)


async def following(tx: Transaction, certification_id: UUID) -> Certification | None:
    """Read the renewal or upgrade of a certification; None if there is none."""
    statement = (
        select(CERTIFICATIONS)
        .join(APPLICATIONS, APPLICATIONS.c.id == CERTIFICATIONS.c.application_id)
        .where(APPLICATIONS.c.certification_id == certification_id)
        .order_by(CERTIFICATIONS.c.effective_from)
        .limit(1)
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else certification_of(row)


class Followed(NamedTuple):
    """The certification that another one follows, as its renewal or its upgrade."""

    certification: Certification
    purpose: Purpose


async def followed_by(tx: Transaction, certification: Certification) -> Followed | None:
    """Read what a renewal or upgrade follows; None for a holder's first certification."""
    statement = (
        select(CERTIFICATIONS, APPLICATIONS.c.purpose)
        .join(APPLICATIONS, APPLICATIONS.c.certification_id == CERTIFICATIONS.c.id)
        .where(APPLICATIONS.c.id == certification.application_id)
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else Followed(certification_of(row), Purpose(row["purpose"]))


async def all_following(tx: Transaction, certification_id: UUID) -> list[Certification]:
    """Read all certifications that follow one, in order."""
    found: list[Certification] = []
    successor = await following(tx, certification_id)
    while successor is not None:
        found.append(successor)
        successor = await following(tx, successor.id)
    return found


async def by_id(tx: Transaction, certification_id: UUID) -> Certification:
    """Read a certification; NotFoundError if there is none."""
    statement = select(CERTIFICATIONS).where(CERTIFICATIONS.c.id == certification_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise not_found(certification_id)
    return certification_of(row)


def certification_of(row: RowMapping) -> Certification:
    """Build a certification from a row."""
    level = row["level"]
    shaped = {
        "kind": Kind(row["kind"]),
        "level": Level(level) if level else None,
        "conditions": tuple(row["conditions"]),
        "public_conditions": tuple(row["public_conditions"]),
    }
    return Certification(**{**{name: row[name] for name in COLUMNS}, **shaped})


async def _insert_change(
    tx: Transaction,
    certification: Certification,
    before: Sequence[CertificationChange],
    change: CertificationChange,
) -> None:
    await tx.execute(sa.insert(CERTIFICATION_CHANGES).values(**change_row(change)))
    await standings.replace(tx, certification, standings_of([*before, change]))


def row_of(certification: Certification) -> dict[str, object]:
    """Build the row of a certification."""
    row = {name: getattr(certification, name) for name in COLUMNS}
    return {
        **row,
        "conditions": list(certification.conditions),
        "public_conditions": list(certification.public_conditions),
    }


def change_row(change: CertificationChange) -> dict[str, object]:
    """Build the row of a change."""
    row = {name: getattr(change, name) for name in CHANGE_COLUMNS}
    return {**row, "change": change.change, "reasons": list(change.reasons)}


def not_found(certification_id: UUID) -> NotFoundError:
    """Return the error for a certification that is missing or not the caller's."""
    return NotFoundError(
        f"there is no certification {certification_id}", code="certification-not-found"
    )
