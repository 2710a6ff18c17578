"""Programs and providers that are or were certified, their sites, and their links."""

from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine.default import DefaultExecutionContext

from certification.domain.folded_names import folded_program_name, folded_provider_name
from certification.storage.tables.metadata import INSTANT, METADATA

OPEN_SPAN = "effective_until IS NULL OR effective_from <= effective_until"
"""A row that ends on its first day was never in effect."""


def _folded(fold: Callable[[str], str]) -> Callable[[DefaultExecutionContext], str]:
    """Return the default for a folded name, made from the row's name."""

    def default(context: DefaultExecutionContext) -> str:
        told = context.get_current_parameters()  # type: ignore[no-untyped-call] # SQLAlchemy has no types for it
        return fold(told["name"])

    return default


PROGRAMS = Table(
    "programs",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("applicant_id", Uuid),
    Column("headquarters_county", Text, nullable=False),
    Column("served_counties", ARRAY(Text), nullable=False),
    Column("version", Integer, nullable=False),
    Column("languages", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("accepting_clients", Boolean),
    Column("public_phone", Text),
    Column("website", Text),
    Column("details_said_on", Date),
    Column("folded_name", Text, default=_folded(folded_program_name)),
    CheckConstraint(
        "array_to_string(languages, ' ') ~ '^([a-z]{2,3}( [a-z]{2,3})*)?$'", name="language_codes"
    ),
    CheckConstraint("website ~ '^https?://[^\\s]+$'", name="web_address"),
    Index("ix_programs_headquarters", "headquarters_county", "folded_name", "id"),
    Index("ix_programs_served", "served_counties", postgresql_using="gin"),
    Index("ix_programs_name", "folded_name", "id"),
    Index(
        "ix_programs_name_part",
        func.replace(
            literal_column("folded_name"), literal_column("' '"), literal_column("''")
        ).label("without_blanks"),
        postgresql_using="gin",
        postgresql_ops={"without_blanks": "gin_trgm_ops"},
    ),
    Index("ix_programs_applicant", "applicant_id"),
    Index("ix_programs_languages", "languages", postgresql_using="gin"),
)
"""`folded_name` is used to search and sort; it must be updated together with `name`."""

PROGRAM_SITES = Table(
    "program_sites",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("program_id", Uuid, ForeignKey("programs.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("zip_code", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date),
    CheckConstraint("zip_code ~ '^[0-9]{5}(-[0-9]{4})?$'", name="zip_code"),
    CheckConstraint(OPEN_SPAN, name="span"),
    Index("ix_program_sites_program", "program_id", "effective_from"),
)

PROGRAM_PROVIDERS = Table(
    "program_providers",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("program_id", Uuid, ForeignKey("programs.id"), nullable=False),
    Column("provider_id", Uuid, ForeignKey("providers.id"), nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_until", Date),
    Column("is_announced", Boolean, nullable=False),
    CheckConstraint(OPEN_SPAN, name="span"),
    Index("ix_program_providers_unannounced", "id", postgresql_where=text("NOT is_announced")),
    Index("ix_program_providers_program", "program_id", "effective_from"),
    Index("ix_program_providers_provider", "provider_id", "effective_from"),
    Index(
        "ux_program_providers_open",
        "program_id",
        "provider_id",
        unique=True,
        postgresql_where=text("effective_until IS NULL"),
    ),
)

PROGRAM_CHANGES = Table(
    "program_changes",
    METADATA,
    Column("program_id", Uuid, ForeignKey("programs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("change", Text, nullable=False),
    Column("before", JSONB(none_as_null=True)),
    Column("after", JSONB, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("program_id", "number"),
    CheckConstraint(
        "change IN ('certified', 'details', 'places', 'named', 'site-opened', 'site-closed', "
        "'provider-linked', 'provider-unlinked')",
        name="known_change",
    ),
)
"""The values before and after each change; `number` is the version that it made."""

PROVIDERS = Table(
    "providers",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, default=_folded(folded_provider_name)),
    Column("applicant_id", Uuid),
    Column("version", Integer, nullable=False),
    Index("ix_providers_name", "folded_name"),
    Index("ix_providers_applicant", "applicant_id"),
)
