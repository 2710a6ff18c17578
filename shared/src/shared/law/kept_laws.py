"""Editions and calendars that were in use, kept by the hash of their content.

So an old duty can always be explained by the rule and the calendar it was born under, whatever
the files of today say.
"""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData, Table, Text


class LawKind(StrEnum):
    """What a kept text is."""

    EDITION = "edition"
    CALENDAR = "calendar"


def attach_kept_laws(metadata: MetaData) -> Table:
    """Add the table to a service's own."""
    kinds = ", ".join(f"'{kind}'" for kind in LawKind)
    return Table(
        "kept_laws",
        metadata,
        Column("hash", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("content", Text, nullable=False),
        Column("kept_at", DateTime(timezone=True), nullable=False),
        CheckConstraint(f"kind IN ({kinds})", name="kind_is_known"),
    )
