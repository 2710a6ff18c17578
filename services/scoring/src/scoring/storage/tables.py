"""The tables of this service: assessments, shares, and copies of data from other services.

`cases`, `teams`, `certifications`, `scorer_credentials` and `credential_changes` are copies from
events. They contain only IDs, codes and dates.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.credentials.change_table import attach_credential_changes
from shared.credentials.program_links import attach_program_providers
from shared.database.naming import service_metadata
from shared.schema.kernel_tables import attach

METADATA = attach(service_metadata())
INSTANT = DateTime(timezone=True)
SPAN = "effective_from < effective_until"

ASSESSMENTS = Table(
    "assessments",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("instrument_version", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("scorer_id", Uuid, nullable=False),
    Column("agency", Text, nullable=False),
    Column("program_id", Uuid),
    Column("items", JSONB, nullable=False),
    Column("tool", Text),
    Column("recorded_level", Text),
    Column("override_level", Text),
    Column("override_reason", Text),
    Column("total", Numeric(6, 2), nullable=False),
    Column("domains", JSONB, nullable=False),
    Column("level", Text, nullable=False),
    Column("level_basis", Text, nullable=False),
    Column("computed_level", Text),
    Column("reasons", JSONB, nullable=False),
    Column("drafted_at", INSTANT, nullable=False),
    Column("finalized_at", INSTANT),
    Column("rescores", Uuid, ForeignKey("assessments.id"), unique=True),
    CheckConstraint("state IN ('draft', 'finalized')", name="known_state"),
    CheckConstraint("reason IN ('initial', 'change', 'final', 'other')", name="known_reason"),
    CheckConstraint(
        "level_basis IN ('computed', 'recorded', 'overridden')", name="known_level_basis"
    ),
    CheckConstraint(
        "(state = 'draft') = (finalized_at IS NULL)", name="finalized_at_when_finalized"
    ),
    CheckConstraint(
        "(override_level IS NULL) = (override_reason IS NULL)", name="override_has_reason"
    ),
)
Index(
    "uq_assessments_scored_once",
    *(ASSESSMENTS.c[name] for name in ("case_id", "instrument", "assessed_on", "scorer_id")),
    unique=True,
    postgresql_where=ASSESSMENTS.c.rescores.is_(None),
)
Index("ix_assessments_case", ASSESSMENTS.c.case_id, ASSESSMENTS.c.assessed_on, ASSESSMENTS.c.id)

SHARES = Table(
    "shares",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("assessment_id", Uuid, ForeignKey("assessments.id"), nullable=False),
    Column("assessment_version", Integer, nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("program_id", Uuid, nullable=False),
    Column("agency", Text, nullable=False),
    Column("unit", Text),
    Column("officer_id", Uuid, nullable=False),
    Column("shared_at", INSTANT, nullable=False),
    Column("score_receipt_id", Uuid),
    Column("received_at", INSTANT),
    UniqueConstraint("assessment_id", "assessment_version"),
    CheckConstraint(
        "(score_receipt_id IS NULL) = (received_at IS NULL)", name="receipt_has_a_time"
    ),
)

CASES = Table(
    "cases",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("agency", Text, nullable=False),
    Column("agency_kind", Text, nullable=False),
    Column("unit", Text),
    Column("officer_id", Uuid, nullable=False),
)

TEAMS = Table(
    "teams",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("agency", Text, nullable=False),
    Column("unit", Text),
    Column("officer_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("program_id", Uuid, nullable=False),
    Column("examiner_id", Uuid, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("number", BigInteger, Identity(always=True), nullable=False),
)
Index("ix_teams_case", TEAMS.c.case_id, TEAMS.c.number)

CERTIFICATIONS = Table(
    "certifications",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    CheckConstraint("kind IN ('provider', 'program')", name="known_kind"),
    CheckConstraint(SPAN, name="span"),
)
Index("ix_certifications_holder", CERTIFICATIONS.c.kind, CERTIFICATIONS.c.holder_id)

SCORER_CREDENTIALS = Table(
    "scorer_credentials",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("scorer_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
    CheckConstraint(SPAN, name="span"),
)
Index(
    "ix_scorer_credentials_scorer",
    SCORER_CREDENTIALS.c.scorer_id,
    SCORER_CREDENTIALS.c.instrument,
)

attach_credential_changes(METADATA)
attach_program_providers(METADATA)
