"""The table of changes, in services that keep copies of what certification published."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    Uuid,
)

from shared.credentials.changes import ChangeKind

KNOWN_KINDS = f"kind IN ({', '.join(repr(str(kind)) for kind in ChangeKind)})"
SAYS_WHEN = (
    "CASE WHEN kind = 'corrected' THEN effective_from < effective_until"
    " ELSE effective_on IS NOT NULL END"
)


def attach_credential_changes(metadata: MetaData) -> Table:
    """Add the table to a service's tables; `number` is the order of arrival."""
    table = Table(
        "credential_changes",
        metadata,
        Column("fact_id", Uuid, primary_key=True),
        Column("number", BigInteger, Identity(always=True), nullable=False),
        Column("credential_id", Uuid, nullable=False),
        Column("kind", Text, nullable=False),
        Column("effective_on", Date),
        Column("because", Text),
        Column("effective_from", Date),
        Column("effective_until", Date),
        CheckConstraint(KNOWN_KINDS, name="kind_is_known"),
        CheckConstraint(SAYS_WHEN, name="says_when"),
    )
    Index("ix_credential_changes_credential", table.c.credential_id, table.c.number)
    return table


CREDENTIAL_CHANGES = attach_credential_changes(MetaData())
"""For queries; migrations use the table attached to a service's metadata."""
