"""Which provider works in which program, from certification's events.

The law requires one provider within one program, so services that form teams or score need it.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, MetaData, Table, Uuid, delete, select
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.events.certification import ProgramProviderEnded, ProgramProviderLinked
from shared.law.validity import Validity

ToldLink = ProgramProviderLinked | ProgramProviderEnded

LINK_EVENTS: tuple[type[ToldLink], ...] = (ProgramProviderLinked, ProgramProviderEnded)
"""The events of a link, for services that register a handler for both."""


def attach_program_providers(metadata: MetaData) -> Table:
    """Add the table to a service's tables."""
    table = Table(
        "program_providers",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("program_id", Uuid, nullable=False),
        Column("provider_id", Uuid, nullable=False),
        Column("effective_from", Date, nullable=False),
        Column("effective_until", Date),
        CheckConstraint("effective_from <= effective_until", name="span"),
    )
    Index("ix_program_providers_pair", table.c.provider_id, table.c.program_id)
    return table


PROGRAM_PROVIDERS = attach_program_providers(MetaData())
"""For queries; migrations use the table attached to a service's metadata."""

_INSERT = insert(PROGRAM_PROVIDERS)
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=[PROGRAM_PROVIDERS.c.id],
    set_={"effective_until": _INSERT.excluded.effective_until},
)


def upsert(tx: Transaction, told: ToldLink) -> None:
    """Store the latest state of a link; each event contains all of it."""
    tx.write_soon(
        _KEEP,
        {
            "id": told.program_provider_id,
            "program_id": told.program_id,
            "provider_id": told.provider_id,
            "effective_from": told.effective_from,
            "effective_until": told.effective_until,
        },
    )


async def forget(tx: Transaction, link_id: UUID) -> None:
    """Delete a link."""
    table = PROGRAM_PROVIDERS
    await tx.execute(delete(table).where(table.c.id == link_id))


async def spans(tx: Transaction, *, provider_id: UUID, program_id: UUID) -> Sequence[Validity]:
    """The spans in which the provider works in the program; a span without end is open."""
    table = PROGRAM_PROVIDERS.c
    statement = (
        select(table.effective_from, table.effective_until)
        .where(table.provider_id == provider_id, table.program_id == program_id)
        .order_by(table.effective_from, table.id)
    )
    return [
        Validity(row.effective_from, row.effective_until or date.max)
        for row in await tx.execute(statement)
    ]
