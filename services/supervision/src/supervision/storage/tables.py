"""The tables of this service and of the service kernel.

Columns that end in `_sealed` hold encrypted values (`shared.security.personal_fields`).
"""

from collections.abc import Iterable

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from shared.credentials.change_table import attach_credential_changes
from shared.credentials.program_links import attach_program_providers
from shared.database.naming import service_metadata
from shared.schema.kernel_tables import attach
from supervision.domain.agencies import AgencyKind
from supervision.domain.cases import SupervisionType
from supervision.domain.contacts import Mode, Side
from supervision.domain.placements import Static99R
from supervision.storage.known_duties_table import known_duties_table

METADATA = attach(service_metadata())


def _one_of(column: str, codes: Iterable[str]) -> CheckConstraint:
    allowed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({allowed})", name=f"{column}_is_known")


AGENCIES = Table(
    "agencies",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("version", Integer, nullable=False),
    _one_of("kind", AgencyKind),
)

AGENCY_UNITS = Table(
    "agency_units",
    METADATA,
    Column("agency", Text, ForeignKey("agencies.code"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    PrimaryKeyConstraint("agency", "code"),
)

OFFICERS = Table(
    "officers",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("agency", Text, ForeignKey("agencies.code"), nullable=False),
    Column("unit", Text),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(["agency", "unit"], ["agency_units.agency", "agency_units.code"]),
)
Index("ix_officers_agency_unit", OFFICERS.c.agency, OFFICERS.c.unit)

PERSONS = Table(
    "persons",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("recorded_by_agency", Text, ForeignKey("agencies.code"), nullable=False),
    Column("cii_index", LargeBinary, nullable=False, unique=True),
    Column("given_name_sealed", LargeBinary, nullable=False),
    Column("middle_name_sealed", LargeBinary),
    Column("family_name_sealed", LargeBinary, nullable=False),
    Column("birth_date_sealed", LargeBinary, nullable=False),
    Column("cii_number_sealed", LargeBinary, nullable=False),
    Column("cdcr_number_sealed", LargeBinary),
    Column("ssn_sealed", LargeBinary),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

PERSON_CORRECTIONS = Table(
    "person_corrections",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    Column("corrected", ARRAY(Text), nullable=False),
    Column("former_sealed", LargeBinary, nullable=False),
    Column("reason_sealed", LargeBinary, nullable=False),
    Column("corrected_at", DateTime(timezone=True), nullable=False),
    Column("corrected_by", Text, nullable=False),
    Index("ix_person_corrections_person", "person_id", "id"),
)
"""Corrections of persons: the corrected fields, their former values and the reason."""

CASES = Table(
    "cases",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    Column("supervision_type", Text, nullable=False),
    Column("case_number_sealed", LargeBinary, nullable=False),
    Column("agency", Text, ForeignKey("agencies.code"), nullable=False),
    Column("agency_kind", Text, nullable=False),
    Column("unit", Text),
    Column("officer_id", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("sentenced_on", Date, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("expected_end_on", Date),
    Column("placement_on", Date, nullable=False),
    Column("county_of_conviction", Text, nullable=False),
    Column("county_of_residence", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Column("case_number_index", LargeBinary),
    Column("another_because_sealed", LargeBinary),
    _one_of("supervision_type", SupervisionType),
    _one_of("agency_kind", AgencyKind),
)
Index("ix_cases_agency_opened_at", CASES.c.agency, CASES.c.opened_at, CASES.c.id)
Index("ix_cases_person_id", CASES.c.person_id)
Index(
    "uq_cases_opened_once",
    *(CASES.c.person_id, CASES.c.agency, CASES.c.case_number_index),
    unique=True,
    postgresql_where=CASES.c.another_because_sealed.is_(None),
)

PLACEMENTS = Table(
    "placements",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False, unique=True),
    Column("placed_on", Date, nullable=False),
    Column("static_99r", Text, nullable=False),
    Column("static_99r_assessed_on", Date),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    _one_of("static_99r", Static99R),
)

TEAMS = Table(
    "teams",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("officer_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("program_id", Uuid, nullable=False),
    Column("examiner_id", Uuid, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date),
    Column("formed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("effective_until >= effective_from", name="ends_after_start"),
)
Index(
    "uq_teams_standing",
    TEAMS.c.case_id,
    unique=True,
    postgresql_where=text("effective_until IS NULL"),
)
Index("ix_teams_case_id", TEAMS.c.case_id, TEAMS.c.effective_from)
Index("ix_teams_provider_id", TEAMS.c.provider_id)
Index("ix_teams_program_id", TEAMS.c.program_id)
Index("ix_teams_examiner_id", TEAMS.c.examiner_id)

CONTACT_ATTESTATIONS = Table(
    "contact_attestations",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("month", Date, nullable=False),
    Column("side", Text, nullable=False),
    Column("contacted_on", Date, nullable=False),
    Column("mode", Text, nullable=False),
    Column("topics", ARRAY(Text), nullable=False),
    Column("attested_by", Text, nullable=False),
    Column("attested_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("case_id", "month", "side"),
    CheckConstraint("extract(day FROM month) = 1", name="month_is_first_day"),
    _one_of("side", Side),
    _one_of("mode", Mode),
)

CERTIFICATIONS = Table(
    "certifications",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
)
Index("ix_certifications_holder_id", CERTIFICATIONS.c.holder_id)

EXAMINER_STANDINGS = Table(
    "examiner_standings",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("examiner_id", Uuid, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date, nullable=False),
)
Index("ix_examiner_standings_examiner_id", EXAMINER_STANDINGS.c.examiner_id)

STATIC_99R_ASSESSMENTS = Table(
    "static_99r_assessments",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("finalized_at", DateTime(timezone=True), nullable=False),
)
Index("ix_static_99r_assessments_case_id", STATIC_99R_ASSESSMENTS.c.case_id)

SHARED_SCORES = Table(
    "shared_scores",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("assessment_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("instrument", Text, nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("program_id", Uuid, nullable=False),
    Column("agency", Text, nullable=False),
    Column("unit", Text),
    Column("officer_id", Uuid, nullable=False),
    Column("shared_at", DateTime(timezone=True), nullable=False),
)
Index("ix_shared_scores_inbox", SHARED_SCORES.c.agency, SHARED_SCORES.c.shared_at)

SCORE_RECEIPTS = Table(
    "score_receipts",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("share_id", Uuid, ForeignKey("shared_scores.id"), nullable=False, unique=True),
    Column("officer_id", Uuid, ForeignKey("officers.id"), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("evidence", Text),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

TIMELINE_ENTRIES = Table(
    "timeline_entries",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("summary", Text, nullable=False),
)
Index(
    "ix_timeline_entries_case_at",
    TIMELINE_ENTRIES.c.case_id,
    TIMELINE_ENTRIES.c.at,
    TIMELINE_ENTRIES.c.id,
)

attach_credential_changes(METADATA)
attach_program_providers(METADATA)

KNOWN_DUTIES = known_duties_table(METADATA)
