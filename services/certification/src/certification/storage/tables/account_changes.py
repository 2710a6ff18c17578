"""Changes of the account that acts for a provider or program."""

from sqlalchemy import CheckConstraint, Column, Index, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from certification.storage.tables.metadata import INSTANT, KNOWN_KIND, METADATA

ACCOUNT_CHANGES = Table(
    "account_changes",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("former_account_id", Uuid),
    Column("account_id", Uuid),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("changed_at", INSTANT, nullable=False),
    Column("changed_by", Text, nullable=False),
    CheckConstraint(KNOWN_KIND, name="known_kind"),
    CheckConstraint("account_id IS DISTINCT FROM former_account_id", name="is_a_change"),
    Index("ix_account_changes_holder", "holder_id", "id"),
)
"""Today's account is in `applicant_id` of the holder and of its applications."""
