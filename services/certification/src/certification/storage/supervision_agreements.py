"""Supervision agreements between providers; ended ones stay on record."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, func, or_, select, update

from certification.domain.supervision_agreements import SupervisionAgreement
from certification.storage.tables.certifications import SUPERVISION_AGREEMENTS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

COLUMNS = (
    *("id", "supervisee_id", "supervisor_id", "signed_on"),
    *("effective_from", "effective_until", "version"),
)


async def insert(tx: Transaction, agreement: SupervisionAgreement) -> None:
    """Store an agreement."""
    row = {name: getattr(agreement, name) for name in COLUMNS}
    recorded = {"recorded_at": tx.now, "recorded_by": tx.actor.subject}
    await tx.insert(SUPERVISION_AGREEMENTS, **row, **recorded)


async def update_end(tx: Transaction, agreement: SupervisionAgreement) -> None:
    """Store the end of a locked agreement."""
    await tx.execute(
        update(SUPERVISION_AGREEMENTS)
        .where(SUPERVISION_AGREEMENTS.c.id == agreement.id)
        .values(effective_until=agreement.effective_until, version=agreement.version)
    )


async def locked(tx: Transaction, agreement_id: UUID) -> SupervisionAgreement:
    """Lock an agreement; NotFoundError if there is none."""
    row = await tx.lock(SUPERVISION_AGREEMENTS, agreement_id)
    if row is None:
        raise NotFoundError(
            f"there is no supervision agreement {agreement_id}", code="agreement-not-found"
        )
    return _agreement_of(row)


async def of_provider(
    tx: Transaction, provider_id: UUID, *, after: UUID | None, limit: int
) -> list[SupervisionAgreement]:
    """Read agreements in which a provider supervises or is supervised; one over `limit`."""
    columns = SUPERVISION_AGREEMENTS.c
    concerns = or_(columns.supervisor_id == provider_id, columns.supervisee_id == provider_id)
    statement = select(SUPERVISION_AGREEMENTS).where(concerns)
    if after is not None:
        statement = statement.where(columns.id > after)
    rows = (await tx.execute(statement.order_by(columns.id).limit(limit + 1))).mappings()
    return [_agreement_of(row) for row in rows]


async def standing_between(
    tx: Transaction, supervisee_id: UUID, supervisor_id: UUID, on: date
) -> UUID | None:
    """Return the agreement of two providers in effect on a day or later; else None."""
    found = await standing_under(tx, supervisor_id, on)
    return next((each.id for each in found if each.supervisee_id == supervisee_id), None)


async def standing_under(
    tx: Transaction, supervisor_id: UUID, on: date
) -> list[SupervisionAgreement]:
    """Read a supervisor's agreements in effect on a day or later, if they ever took effect."""
    columns = SUPERVISION_AGREEMENTS.c
    statement = select(SUPERVISION_AGREEMENTS).where(
        columns.supervisor_id == supervisor_id,
        columns.effective_until.is_(None)
        | (columns.effective_until > func.greatest(columns.effective_from, on)),
    )
    rows = (await tx.execute(statement.order_by(columns.id))).mappings()
    return [_agreement_of(row) for row in rows]


def _agreement_of(row: RowMapping) -> SupervisionAgreement:
    return SupervisionAgreement(**{name: row[name] for name in COLUMNS})
