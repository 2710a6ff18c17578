"""Credentials of providers, programs and scorers, as announced by certification."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, delete, select
from sqlalchemy.dialects.postgresql import insert

from scoring.storage.tables import CERTIFICATIONS, SCORER_CREDENTIALS
from shared.credentials import kept_changes
from shared.credentials.changes import CredentialChange
from shared.database.transaction import Transaction
from shared.errors import NotYetKnownError
from shared.law.validity import Validity

_KEEP_CERTIFICATION = insert(CERTIFICATIONS).on_conflict_do_nothing()
_KEEP_CREDENTIAL = insert(SCORER_CREDENTIALS).on_conflict_do_nothing()


def insert_certification_if_new(
    tx: Transaction, certification_id: UUID, kind: str, holder_id: UUID, term: Validity
) -> None:
    """Store a certification, unless it is stored already."""
    values = {"id": certification_id, "kind": kind, "holder_id": holder_id, **_span(term)}
    tx.write_soon(_KEEP_CERTIFICATION, values)


def insert_credential_if_new(
    tx: Transaction, credential_id: UUID, scorer_id: UUID, instrument: str, term: Validity
) -> None:
    """Store a scorer credential, unless it is stored already."""
    values = {
        "id": credential_id,
        "scorer_id": scorer_id,
        "instrument": instrument,
        **_span(term),
    }
    tx.write_soon(_KEEP_CREDENTIAL, values)


async def insert_certification_change(tx: Transaction, change: CredentialChange) -> None:
    """Store a change of a certification. Raises NotYetKnownError if it is not known yet."""
    await _require(tx, CERTIFICATIONS, change.credential_id, "certification")
    kept_changes.insert_if_new(tx, change)


async def insert_credential_change(tx: Transaction, change: CredentialChange) -> None:
    """Store a change of a scorer credential. Raises NotYetKnownError if not known yet."""
    await _require(tx, SCORER_CREDENTIALS, change.credential_id, "scorer-credential")
    kept_changes.insert_if_new(tx, change)


async def certifications(tx: Transaction, kind: str, holder_id: UUID) -> Sequence[Validity]:
    """Return the past, current and future periods of a holder's certifications."""
    table = CERTIFICATIONS
    statement = select(table.c.id, table.c.effective_from, table.c.effective_until).where(
        table.c.kind == kind, table.c.holder_id == holder_id
    )
    return await _held(tx, statement.order_by(table.c.effective_from, table.c.id))


async def credentials(tx: Transaction, scorer_id: UUID, instrument: str) -> Sequence[Validity]:
    """Return the past, current and future periods of a scorer's credentials for an instrument."""
    table = SCORER_CREDENTIALS
    statement = select(table.c.id, table.c.effective_from, table.c.effective_until).where(
        table.c.scorer_id == scorer_id, table.c.instrument == instrument
    )
    return await _held(tx, statement.order_by(table.c.effective_from, table.c.id))


async def _held(tx: Transaction, statement: Select[Any]) -> Sequence[Validity]:
    found = (await tx.execute(statement)).mappings()
    terms = {row["id"]: Validity(row["effective_from"], row["effective_until"]) for row in found}
    held = await kept_changes.held(tx, terms)
    return [span for credential_id in terms for span in held[credential_id]]


async def _require(tx: Transaction, table: Table, row_id: UUID, what: str) -> None:
    if (await tx.execute(select(table.c.id).where(table.c.id == row_id))).first() is None:
        raise NotYetKnownError(
            f"{what} {row_id} is not known here yet", code=f"{what}-not-yet-known"
        )


def _span(term: Validity) -> dict[str, Any]:
    return {"effective_from": term.effective_from, "effective_until": term.effective_until}


async def forget_certification(tx: Transaction, certification_id: UUID) -> None:
    """Delete a certification whose event was lost, with its changes."""
    await _forget(tx, CERTIFICATIONS, certification_id)


async def forget_credential(tx: Transaction, credential_id: UUID) -> None:
    """Delete a scorer credential whose event was lost, with its changes."""
    await _forget(tx, SCORER_CREDENTIALS, credential_id)


async def _forget(tx: Transaction, table: Table, row_id: UUID) -> None:
    await kept_changes.forget_all(tx, row_id)
    await tx.execute(delete(table).where(table.c.id == row_id))
