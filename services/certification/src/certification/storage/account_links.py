"""The account linked with a holder, stored with holder and applications, and its changes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text, update

from certification.domain.account_links import AccountChange
from certification.domain.applications import Kind
from certification.storage import certifications
from certification.storage.tables.account_changes import ACCOUNT_CHANGES
from certification.storage.tables.applications import APPLICATIONS
from certification.storage.tables.programs import PROGRAMS, PROVIDERS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

COLUMNS = (
    *("id", "kind", "holder_id", "former_account_id", "account_id"),
    *("reasons", "changed_at", "changed_by"),
)

_KNOWN = text(
    """
    SELECT 'provider' AS kind, applicant_id FROM providers WHERE id = :holder_id
    UNION ALL SELECT 'program', applicant_id FROM programs WHERE id = :holder_id
    UNION ALL SELECT kind, applicant_id FROM applications WHERE holder_id = :holder_id
    LIMIT 1
    """
)
"""A holder and all its applications have one account; a new applicant has only applications."""


@dataclass(frozen=True)
class AccountHolder:
    """A holder, or a new applicant, with the account linked today."""

    kind: Kind
    holder_id: UUID
    account_id: UUID | None
    application_ids: tuple[UUID, ...]


async def locked(tx: Transaction, holder_id: UUID) -> AccountHolder:
    """Lock a holder's applications and certifications; NotFoundError for an unknown holder.

    Applications are locked first, as for a decision. An application for renewal locks the
    certifications, so that one submitted meanwhile is seen here or gets the new account.
    """
    files = select(APPLICATIONS.c.id).where(APPLICATIONS.c.holder_id == holder_id)
    rows = await tx.lock_all(APPLICATIONS, (await tx.execute(files)).scalars())
    await certifications.locked_of_holders(tx, holder_id)
    kind, account_id = await _known(tx, holder_id)
    return AccountHolder(kind, holder_id, account_id, tuple(row["id"] for row in rows))


async def of_holder(tx: Transaction, holder_id: UUID) -> UUID | None:
    """Return the account linked today; None if there is none; NotFoundError if unknown holder."""
    return (await _known(tx, holder_id))[1]


async def insert_change(tx: Transaction, change: AccountChange) -> None:
    """Store a change, and set the account of the holder and all its applications."""
    row = {name: getattr(change, name) for name in COLUMNS}
    await tx.insert(ACCOUNT_CHANGES, **{**row, "reasons": list(change.reasons)})
    holders = PROVIDERS if change.kind is Kind.PROVIDER else PROGRAMS
    for table, column in ((holders, holders.c.id), (APPLICATIONS, APPLICATIONS.c.holder_id)):
        moved = update(table).where(column == change.holder_id)
        await tx.execute(moved.values(applicant_id=change.account_id))


async def changes(
    tx: Transaction, holder_id: UUID, *, after: UUID | None, limit: int
) -> list[AccountChange]:
    """Read the changes of a holder's account, oldest first; one more than `limit`."""
    columns = ACCOUNT_CHANGES.c
    statement = select(ACCOUNT_CHANGES).where(columns.holder_id == holder_id)
    if after is not None:
        statement = statement.where(columns.id > after)
    rows = (await tx.execute(statement.order_by(columns.id).limit(limit + 1))).mappings()
    return [
        AccountChange(**{**row, "kind": Kind(row["kind"]), "reasons": tuple(row["reasons"])})
        for row in rows
    ]


async def _known(tx: Transaction, holder_id: UUID) -> tuple[Kind, UUID | None]:
    row = (await tx.execute(_KNOWN, {"holder_id": holder_id})).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no provider or program {holder_id}", code="holder-not-found")
    return Kind(row.kind), row.applicant_id
