"""Stores changes of credentials, each event once, and reads them back in order."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.postgresql import insert

from shared.credentials.change_table import CREDENTIAL_CHANGES
from shared.credentials.changes import ChangeKind, CredentialChange
from shared.credentials.spans import spans
from shared.database.transaction import Transaction
from shared.law.validity import Validity

_KEEP = insert(CREDENTIAL_CHANGES).on_conflict_do_nothing()


def insert_if_new(tx: Transaction, change: CredentialChange) -> None:
    """Store a change; an event received before changes nothing."""
    values: dict[str, Any] = {
        "fact_id": change.fact_id,
        "credential_id": change.credential_id,
        "kind": change.kind,
        "effective_on": change.effective_on,
        "because": change.because,
        "effective_from": change.term.effective_from if change.term else None,
        "effective_until": change.term.effective_until if change.term else None,
    }
    tx.write_soon(_KEEP, values)


async def forget(tx: Transaction, fact_id: UUID) -> None:
    """Delete a change that was never made."""
    table = CREDENTIAL_CHANGES
    await tx.execute(delete(table).where(table.c.fact_id == fact_id))


async def forget_all(tx: Transaction, credential_id: UUID) -> None:
    """Delete all changes of a credential that never existed."""
    table = CREDENTIAL_CHANGES
    await tx.execute(delete(table).where(table.c.credential_id == credential_id))


async def held(
    tx: Transaction, terms: Mapping[UUID, Validity]
) -> Mapping[UUID, Sequence[Validity]]:
    """The spans in which each credential is valid, from its first term and all changes since."""
    changes = await _of(tx, terms)
    return {each: spans(term, changes[each]) for each, term in terms.items()}


async def _of(
    tx: Transaction, credential_ids: Collection[UUID]
) -> Mapping[UUID, list[CredentialChange]]:
    found: dict[UUID, list[CredentialChange]] = defaultdict(list)
    for change in await _read(tx, credential_ids):
        found[change.credential_id].append(change)
    return found


async def _read(tx: Transaction, credential_ids: Collection[UUID]) -> Iterable[CredentialChange]:
    table = CREDENTIAL_CHANGES
    statement = (
        select(table)
        .where(table.c.credential_id.in_(credential_ids))
        .order_by(table.c.credential_id, table.c.number)
    )
    return [_change(row) for row in (await tx.execute(statement)).mappings()]


def _change(row: RowMapping) -> CredentialChange:
    kind = ChangeKind(row["kind"])
    is_correction = kind is ChangeKind.CORRECTED
    return CredentialChange(
        fact_id=row["fact_id"],
        credential_id=row["credential_id"],
        kind=kind,
        effective_on=row["effective_on"],
        because=row["because"],
        term=Validity(row["effective_from"], row["effective_until"]) if is_correction else None,
    )
