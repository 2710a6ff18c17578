"""The audit trail: who did or saw what, when, and under which authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Column, DateTime, Index, MetaData, Table, Text, Uuid, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.identifiers import new_id


@dataclass(frozen=True)
class AuditEntry:
    """One entry; `authority` is the rule or duty that allowed the action, if any."""

    at: datetime
    actor: str
    roles: tuple[str, ...]
    action: str
    subject_kind: str
    subject_id: UUID
    authority: str | None
    correlation_id: UUID


def attach_audit(metadata: MetaData) -> Table:
    """Add the audit trail to a service's tables."""
    table = Table(
        "audit_entries",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("actor", Text, nullable=False),
        Column("roles", ARRAY(Text), nullable=False),
        Column("action", Text, nullable=False),
        Column("subject_kind", Text, nullable=False),
        Column("subject_id", Uuid, nullable=False),
        Column("authority", Text),
        Column("correlation_id", Uuid, nullable=False),
    )
    Index("ix_audit_entries_subject", table.c.subject_id, table.c.at)
    return table


_WRITE = insert(attach_audit(MetaData()))
"""One statement for any number of rows, whose text is compiled only once."""


async def write(connection: AsyncConnection, entries: Sequence[AuditEntry]) -> None:
    """Write the entries of one transaction in one round trip."""
    rows = [{"id": new_id(), **entry.__dict__, "roles": list(entry.roles)} for entry in entries]
    await connection.execute(_WRITE, rows)
