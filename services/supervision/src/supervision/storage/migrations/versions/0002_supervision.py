"""Agencies, persons, cases, teams, contacts, shared scores with their receipts, and timelines."""

import sqlalchemy as sa
from alembic import op

revision = "0002_supervision"
down_revision = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _agencies()
    _persons()
    _cases()
    _teams()
    _contacts()
    _credentials()
    _static_99r()
    _shared_scores()
    _timeline()


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _one_of(column: str, codes: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{code}'" for code in codes.split(", "))
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=f"{column}_is_known")


def _agencies() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("county", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _one_of("kind", "probation, parole, state-hospitals, federal"),
    )
    op.create_table(
        "agency_units",
        sa.Column("agency", sa.Text, sa.ForeignKey("agencies.code"), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("agency", "code"),
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, sa.ForeignKey("agencies.code"), nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["agency", "unit"], ["agency_units.agency", "agency_units.code"]),
    )
    op.create_index("ix_officers_agency_unit", "officers", ["agency", "unit"])


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("recorded_by_agency", sa.Text, sa.ForeignKey("agencies.code"), nullable=False),
        sa.Column("cii_index", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("given_name_sealed", sa.LargeBinary, nullable=False),
        sa.Column("middle_name_sealed", sa.LargeBinary),
        sa.Column("family_name_sealed", sa.LargeBinary, nullable=False),
        sa.Column("birth_date_sealed", sa.LargeBinary, nullable=False),
        sa.Column("cii_number_sealed", sa.LargeBinary, nullable=False),
        sa.Column("cdcr_number_sealed", sa.LargeBinary),
        sa.Column("ssn_sealed", sa.LargeBinary),
        sa.Column("recorded_at", INSTANT, nullable=False),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("supervision_type", sa.Text, nullable=False),
        sa.Column("case_number_sealed", sa.LargeBinary, nullable=False),
        sa.Column("agency", sa.Text, sa.ForeignKey("agencies.code"), nullable=False),
        sa.Column("agency_kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("officer_id", sa.Uuid, sa.ForeignKey("officers.id"), nullable=False),
        sa.Column("sentenced_on", sa.Date, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("expected_end_on", sa.Date),
        sa.Column("placement_on", sa.Date, nullable=False),
        sa.Column("county_of_conviction", sa.Text, nullable=False),
        sa.Column("county_of_residence", sa.Text, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _one_of(
            "supervision_type",
            "formal-probation, parole, conditional-release, prcs, mandatory-supervision, "
            "federal-probation",
        ),
        _one_of("agency_kind", "probation, parole, state-hospitals, federal"),
    )
    op.create_index("ix_cases_agency_opened_at", "cases", ["agency", "opened_at", "id"])
    op.create_index("ix_cases_person_id", "cases", ["person_id"])
    op.create_table(
        "placements",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False, unique=True),
        sa.Column("placed_on", sa.Date, nullable=False),
        sa.Column("static_99r", sa.Text, nullable=False),
        sa.Column("static_99r_assessed_on", sa.Date),
        sa.Column("recorded_at", INSTANT, nullable=False),
        _one_of("static_99r", "recorded, recorded-late, missing"),
    )


def _teams() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("officer_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("program_id", sa.Uuid, nullable=False),
        sa.Column("examiner_id", sa.Uuid, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date),
        sa.Column("formed_at", INSTANT, nullable=False),
        sa.CheckConstraint("effective_until >= effective_from", name="ends_after_start"),
    )
    op.create_index(
        "uq_teams_standing",
        "teams",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("effective_until IS NULL"),
    )
    op.create_index("ix_teams_case_id", "teams", ["case_id", "effective_from"])
    op.create_index("ix_teams_provider_id", "teams", ["provider_id"])
    op.create_index("ix_teams_program_id", "teams", ["program_id"])
    op.create_index("ix_teams_examiner_id", "teams", ["examiner_id"])


def _contacts() -> None:
    op.create_table(
        "contact_attestations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("contacted_on", sa.Date, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("topics", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("attested_by", sa.Text, nullable=False),
        sa.Column("attested_at", INSTANT, nullable=False),
        sa.UniqueConstraint("case_id", "month", "side"),
        sa.CheckConstraint("extract(day FROM month) = 1", name="month_is_first_day"),
        _one_of("side", "officer, provider"),
        _one_of("mode", "in-person, telephone, video, e-mail"),
    )


def _credentials() -> None:
    op.create_table(
        "certifications",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("holder_id", sa.Uuid, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date, nullable=False),
    )
    op.create_index("ix_certifications_holder_id", "certifications", ["holder_id"])
    op.create_table(
        "examiner_standings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("examiner_id", sa.Uuid, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date, nullable=False),
    )
    op.create_index("ix_examiner_standings_examiner_id", "examiner_standings", ["examiner_id"])


def _static_99r() -> None:
    op.create_table(
        "static_99r_assessments",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("finalized_at", INSTANT, nullable=False),
    )
    op.create_index("ix_static_99r_assessments_case_id", "static_99r_assessments", ["case_id"])


def _shared_scores() -> None:
    op.create_table(
        "shared_scores",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("assessed_on", sa.Date, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("program_id", sa.Uuid, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("officer_id", sa.Uuid, nullable=False),
        sa.Column("shared_at", INSTANT, nullable=False),
    )
    op.create_index("ix_shared_scores_inbox", "shared_scores", ["agency", "shared_at"])
    op.create_table(
        "score_receipts",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column(
            "share_id", sa.Uuid, sa.ForeignKey("shared_scores.id"), nullable=False, unique=True
        ),
        sa.Column("officer_id", sa.Uuid, sa.ForeignKey("officers.id"), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("evidence", sa.Text),
        sa.Column("recorded_at", INSTANT, nullable=False),
    )


def _timeline() -> None:
    op.create_table(
        "timeline_entries",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
    )
    op.create_index("ix_timeline_entries_case_at", "timeline_entries", ["case_id", "at", "id"])
