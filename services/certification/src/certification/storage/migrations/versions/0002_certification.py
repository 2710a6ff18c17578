"""Applications, decisions, certifications, scorer credentials and examiners' standings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateSequence

revision = "0002_certification"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
KNOWN_KIND = "kind IN ('provider', 'program')"
SPAN = "effective_from < effective_until"


def upgrade() -> None:
    _applications()
    op.create_index(
        "ix_applications_queue",
        "applications",
        ["completed_at", "id"],
        postgresql_where=sa.text("state = 'complete'"),
    )
    _waiting()
    _decisions()
    _certifications()
    _recorded()
    op.execute(CreateSequence(sa.Sequence("program_numbers")))
    op.execute(CreateSequence(sa.Sequence("provider_numbers")))


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("holder_id", sa.Uuid, nullable=False),
        sa.Column("applicant_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.Text),
        sa.Column("client_band", sa.Text),
        sa.Column("headquarters_county", sa.Text),
        sa.Column("served_counties", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("checklist", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("completed_on", sa.Date),
        sa.Column("completed_at", INSTANT),
        sa.Column("decided_on", sa.Date),
        sa.Column("reviewer_id", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(KNOWN_KIND, name="known_kind"),
        sa.CheckConstraint(
            "state IN ('submitted', 'waiting-on-applicant', 'complete', 'decided')",
            name="known_state",
        ),
        sa.CheckConstraint("(kind = 'provider') = (level IS NOT NULL)", name="level_of_provider"),
        sa.CheckConstraint(
            "(kind = 'program') = (headquarters_county IS NOT NULL AND client_band IS NOT NULL)",
            name="place_of_program",
        ),
        sa.CheckConstraint(
            "(completed_on IS NULL) = (completed_at IS NULL)", name="completed_at_once"
        ),
    )
    op.create_index("ix_applications_applicant", "applications", ["applicant_id", "id"])


def _waiting() -> None:
    op.create_table(
        "documents",
        sa.Column("application_id", sa.Uuid, sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("application_id", "item"),
    )
    op.create_table(
        "deficiencies",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("application_id", sa.Uuid, sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("sent_on", sa.Date, nullable=False),
        sa.Column("answer_due_on", sa.Date, nullable=False),
        sa.Index("ix_deficiencies_application", "application_id", "id"),
    )
    op.create_table(
        "deficiency_items",
        sa.Column("deficiency_id", sa.Uuid, sa.ForeignKey("deficiencies.id"), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("cured_on", sa.Date),
        sa.PrimaryKeyConstraint("deficiency_id", "item"),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("application_id", sa.Uuid, sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("reviewer_id", sa.Uuid, nullable=False),
        sa.Column("assigned_at", INSTANT, nullable=False),
        sa.Column("assigned_by", sa.Text, nullable=False),
        sa.Index("ix_assignments_application", "application_id", "id"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("application_id", sa.Uuid, sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reasons", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("conditions", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("inputs", postgresql.JSONB, nullable=False),
        sa.UniqueConstraint("application_id"),
        sa.CheckConstraint(
            "outcome IN ('granted', 'granted-with-conditions', 'denied')", name="known_outcome"
        ),
    )


def _certifications() -> None:
    op.create_table(
        "certifications",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("application_id", sa.Uuid, sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("decision_id", sa.Uuid, sa.ForeignKey("decisions.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("holder_id", sa.Uuid, nullable=False),
        sa.Column("level", sa.Text),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("application_id"),
        sa.UniqueConstraint("decision_id"),
        sa.UniqueConstraint("number"),
        sa.CheckConstraint(KNOWN_KIND, name="known_kind"),
        sa.CheckConstraint(SPAN, name="span"),
        sa.Index("ix_certifications_holder", "holder_id", "effective_from"),
    )
    op.create_table(
        "programs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("headquarters_county", sa.Text, nullable=False),
        sa.Column("served_counties", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("ix_programs_headquarters", "headquarters_county"),
        sa.Index("ix_programs_served", "served_counties", postgresql_using="gin"),
    )


def _recorded() -> None:
    op.create_table(
        "scorer_credentials",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("scorer_id", sa.Uuid, nullable=False),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.CheckConstraint(
            "instrument IN ('static-99r', 'sra-fv', 'ls-cmi')", name="known_instrument"
        ),
        sa.CheckConstraint(SPAN, name="span"),
        sa.Index("ix_scorer_credentials_scorer", "scorer_id", "id"),
    )
    op.create_table(
        "examiner_standings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("examiner_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("qualification", sa.Text, nullable=False),
        sa.Column("training_hours", sa.Integer, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.CheckConstraint("training_hours >= 0", name="training_hours"),
        sa.CheckConstraint(SPAN, name="span"),
        sa.Index("ix_examiner_standings_examiner", "examiner_id", "id"),
    )
