"""What the public finds of a program, where it treats, who belongs to it, and quick search.

pg_trgm is a trusted extension: the owner of the database may add it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_directory"
down_revision = "0006_certification_in_depth"

OPEN_SPAN = "effective_until IS NULL OR effective_from < effective_until"


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _programs()
    _searches()
    _sites()
    _providers()


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")


def _programs() -> None:
    languages: sa.Column[list[str]] = sa.Column(
        "languages", postgresql.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")
    )
    folded = sa.Computed(
        "regexp_replace(lower(normalize(name, NFKD)), '[\\u0300-\\u036f]', '', 'g')",
        persisted=True,
    )
    for column in (
        languages,
        sa.Column("accepting_clients", sa.Boolean),
        sa.Column("public_phone", sa.Text),
        sa.Column("website", sa.Text),
        sa.Column("folded_name", sa.Text, folded),
    ):
        op.add_column("programs", column)
    op.create_check_constraint(
        op.f("ck_programs_language_codes"),
        "programs",
        "array_to_string(languages, ' ') ~ '^([a-z]{2,3}( [a-z]{2,3})*)?$'",
    )
    op.create_check_constraint(
        op.f("ck_programs_web_address"), "programs", "website ~ '^https?://[^\\s]+$'"
    )


def _searches() -> None:
    op.drop_index("ix_programs_headquarters", "programs")
    op.create_index(
        "ix_programs_headquarters", "programs", ["headquarters_county", "folded_name", "id"]
    )
    op.create_index("ix_programs_name", "programs", ["folded_name", "id"])
    op.create_index(
        "ix_programs_name_part",
        "programs",
        ["folded_name"],
        postgresql_using="gin",
        postgresql_ops={"folded_name": "gin_trgm_ops"},
    )
    op.create_index("ix_programs_languages", "programs", ["languages"], postgresql_using="gin")


def _sites() -> None:
    op.create_table(
        "program_sites",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("program_id", sa.Uuid, sa.ForeignKey("programs.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("county", sa.Text, nullable=False),
        sa.Column("zip_code", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date),
        sa.CheckConstraint("zip_code ~ '^[0-9]{5}(-[0-9]{4})?$'", name="zip_code"),
        sa.CheckConstraint(OPEN_SPAN, name="span"),
        sa.Index("ix_program_sites_program", "program_id", "effective_from"),
    )


def _providers() -> None:
    op.create_table(
        "program_providers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("program_id", sa.Uuid, sa.ForeignKey("programs.id"), nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_until", sa.Date),
        sa.CheckConstraint(OPEN_SPAN, name="span"),
        sa.Index("ix_program_providers_program", "program_id", "effective_from"),
        sa.Index("ix_program_providers_provider", "provider_id", "effective_from"),
    )
