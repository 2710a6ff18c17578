"""Providers that are or were certified, each with the account of its applications."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from certification.domain.applications import Kind
from certification.domain.folded_names import folded_provider_name
from certification.domain.standings import Status
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS
from certification.storage.tables.programs import PROGRAMS, PROVIDERS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


@dataclass(frozen=True)
class Provider:
    """One provider."""

    id: UUID
    name: str
    applicant_id: UUID | None
    version: int = 1


async def upsert(tx: Transaction, provider: Provider) -> None:
    """Store a provider with the name of its latest certification."""
    row = {
        "id": provider.id,
        "name": provider.name,
        "applicant_id": provider.applicant_id,
        "version": provider.version,
    }
    statement = insert(PROVIDERS).values(**row)
    folded = folded_provider_name(provider.name)
    renamed = {"name": provider.name, "folded_name": folded, "version": PROVIDERS.c.version + 1}
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=renamed))


async def locked(tx: Transaction, provider_id: UUID) -> Provider:
    """Lock a provider; NotFoundError if there is none."""
    row = await tx.lock(PROVIDERS, provider_id)
    if row is None:
        raise not_found(provider_id)
    return _provider_of(row)


async def by_id(tx: Transaction, provider_id: UUID) -> Provider:
    """Read a provider; NotFoundError if there is none."""
    statement = select(PROVIDERS).where(PROVIDERS.c.id == provider_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise not_found(provider_id)
    return _provider_of(row)


async def numbered(tx: Transaction, number: str) -> UUID:
    """Return the latest provider with a public number; NotFoundError if there is none."""
    columns = CERTIFICATION_STANDINGS.c
    statement = (
        select(columns.holder_id)
        .where(columns.number == number, columns.kind == Kind.PROVIDER)
        .order_by(columns.status == Status.VOIDED, columns.certification_id.desc())
        .limit(1)
    )
    found: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"no provider has the number {number}", code="provider-not-found")
    return found


async def applicant_of(tx: Transaction, kind: Kind, holder_id: UUID) -> UUID | None:
    """Return the first applicant for a holder; None for one from an imported list."""
    table = PROVIDERS if kind is Kind.PROVIDER else PROGRAMS
    statement = select(table.c.applicant_id).where(table.c.id == holder_id)
    found: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


def not_found(provider_id: UUID) -> NotFoundError:
    """Return the error for a missing provider."""
    return NotFoundError(f"there is no provider {provider_id}", code="provider-not-found")


def _provider_of(row: RowMapping) -> Provider:
    return Provider(row["id"], row["name"], row["applicant_id"], row["version"])
