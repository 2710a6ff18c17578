"""What providers, programs and scorers hold, as certification announced it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from scoring.storage.tables import CERTIFICATIONS, SCORER_CREDENTIALS
from shared.database.transaction import Transaction
from shared.law.validity import Validity

_KEEP_CERTIFICATION = insert(CERTIFICATIONS).on_conflict_do_nothing()
_KEEP_CREDENTIAL = insert(SCORER_CREDENTIALS).on_conflict_do_nothing()


def keep_certification(
    tx: Transaction, certification_id: UUID, kind: str, holder_id: UUID, held: Validity
) -> None:
    """Keep a certification; one already kept is left as it is."""
    values = {"id": certification_id, "kind": kind, "holder_id": holder_id, **held.__dict__}
    tx.write_soon(_KEEP_CERTIFICATION, values)


def keep_credential(
    tx: Transaction, credential_id: UUID, scorer_id: UUID, instrument: str, held: Validity
) -> None:
    """Keep a scorer credential; one already kept is left as it is."""
    values = {
        "id": credential_id,
        "scorer_id": scorer_id,
        "instrument": instrument,
        **held.__dict__,
    }
    tx.write_soon(_KEEP_CREDENTIAL, values)


async def certifications(tx: Transaction, kind: str, holder_id: UUID) -> Sequence[Validity]:
    """Every certification that a provider or program held, holds or will hold."""
    table = CERTIFICATIONS
    statement = select(table.c.effective_from, table.c.effective_until).where(
        table.c.kind == kind, table.c.holder_id == holder_id
    )
    return await _held(tx, statement)


async def credentials(tx: Transaction, scorer_id: UUID, instrument: str) -> Sequence[Validity]:
    """Every credential of a scorer for one instrument."""
    table = SCORER_CREDENTIALS
    statement = select(table.c.effective_from, table.c.effective_until).where(
        table.c.scorer_id == scorer_id, table.c.instrument == instrument
    )
    return await _held(tx, statement)


async def _held(tx: Transaction, statement: Select[tuple[object, object]]) -> Sequence[Validity]:
    return [Validity(**row) for row in (await tx.execute(statement)).mappings()]
