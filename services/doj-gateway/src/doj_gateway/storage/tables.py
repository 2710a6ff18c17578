"""The tables of this service: submissions with their attempts, expectations, notices, projections.

`next_step_at` is when a sender may claim the row next, by the database's clock; NULL if no step
follows. A claim moves it ahead by the length of the claim and increases `claim_term`, so that the
claim of a killed sender expires and a slow sender can be recognized by its term.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from doj_gateway.domain.notices import ExpectationState, NoticeState
from doj_gateway.domain.submissions import RESTING, SubmissionState
from shared.database.naming import service_metadata
from shared.schema.kernel_tables import attach

METADATA = attach(service_metadata())
INSTANT = DateTime(timezone=True)
WAITING = "next_step_at IS NOT NULL"


def _one_of(states: type[SubmissionState | ExpectationState | NoticeState]) -> CheckConstraint:
    listed = ", ".join(repr(str(state)) for state in states)
    return CheckConstraint(f"state IN ({listed})", name="known_state")


_RESTING = ", ".join(repr(str(state)) for state in sorted(RESTING))
RESTING_OR_WAITING = (
    f"CASE WHEN state IN ({_RESTING}) THEN next_step_at IS NULL"
    " ELSE state = 'acknowledged' OR next_step_at IS NOT NULL END"
)
"""States with a next step. For an acknowledged submission the checks end after a time."""

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("assessment_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("agency", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("program_id", Uuid),
    Column("reference", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("score_receipt_id", Uuid),
    Column("received_at", INSTANT),
    Column("queued_at", INSTANT, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("round", Integer, nullable=False),
    Column("replaces_id", Uuid, ForeignKey("submissions.id")),
    Column("released_at", INSTANT),
    Column("form_version", Integer),
    Column("form_sealed", LargeBinary),
    Column("content_hash", Text),
    Column("accepted_at", INSTANT),
    Column("receipt_number", Text),
    Column("acknowledged_at", INSTANT),
    Column("rejected_at", INSTANT),
    Column("reason_code", Text),
    Column("tries", Integer, nullable=False),
    Column("doubted", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("next_step_at", INSTANT),
    Column("claim_term", Integer, nullable=False),
    UniqueConstraint("assessment_id", "version", "round"),
    UniqueConstraint("reference"),
    UniqueConstraint("receipt_number"),
    UniqueConstraint("replaces_id"),
    _one_of(SubmissionState),
    CheckConstraint(
        "(form_sealed IS NULL) = (content_hash IS NULL)"
        " AND (form_sealed IS NULL) = (form_version IS NULL)",
        name="form_whole",
    ),
    CheckConstraint(
        "(accepted_at IS NULL) = (receipt_number IS NULL)", name="accepted_with_receipt"
    ),
    CheckConstraint(RESTING_OR_WAITING, name="resting_or_waiting"),
    Index("ix_submissions_waiting", "next_step_at", postgresql_where=text(WAITING)),
    Index("ix_submissions_case", "case_id", "id"),
)

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("submission_id", Uuid, ForeignKey("submissions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("began_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("outcome", Text),
    Column("reason_code", Text),
    UniqueConstraint("submission_id", "number"),
    CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_with_outcome"),
)

EXPECTATIONS = Table(
    "expectations",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("assessment_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("agency", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("program_id", Uuid),
    Column("state", Text, nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("notice_id", Uuid),
    Column("seen_at", INSTANT),
    Column("met_at", INSTANT),
    UniqueConstraint("assessment_id", "version"),
    _one_of(ExpectationState),
    CheckConstraint("(state = 'met') = (notice_id IS NOT NULL)", name="met_by_notice"),
    Index("ix_expectations_case", "case_id", "id"),
)

NOTICES = Table(
    "notices",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("doj_notice_id", Text, nullable=False),
    Column("instrument", Text),
    Column("assessed_on", Date),
    Column("seen_at", INSTANT),
    Column("state", Text, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("because", Text),
    Column("near_case_ids", ARRAY(Uuid), nullable=False),
    Column("expectation_id", Uuid, ForeignKey("expectations.id")),
    Column("case_id", Uuid),
    Column("days_apart", Integer),
    Column("matched_at", INSTANT),
    Column("matched_by", Text),
    Column("acknowledged_at", INSTANT),
    Column("tries", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("next_step_at", INSTANT),
    Column("claim_term", Integer, nullable=False),
    UniqueConstraint("doj_notice_id"),
    UniqueConstraint("expectation_id"),
    _one_of(NoticeState),
    CheckConstraint(
        "(state IN ('matched', 'acknowledged')) = (expectation_id IS NOT NULL)", name="matched"
    ),
    CheckConstraint("(state = 'unclear') = (because IS NOT NULL)", name="unclear_because"),
    CheckConstraint(
        "CASE state WHEN 'acknowledged' THEN next_step_at IS NULL WHEN 'unclear' THEN true"
        " ELSE next_step_at IS NOT NULL END",
        name="resting_or_waiting",
    ),
    Index("ix_notices_waiting", "next_step_at", postgresql_where=text(WAITING)),
    Index("ix_notices_case", "case_id", "id"),
)

NOTICE_VERSIONS = Table(
    "notice_versions",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("notice_id", Uuid, ForeignKey("notices.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("said_sealed", LargeBinary, nullable=False),
    UniqueConstraint("notice_id", "number"),
)
"""Notices as DOJ wrote them. A correction is a new version; none is overwritten."""

NOTICE_PULLS = Table(
    "notice_pulls",
    METADATA,
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("pulled_at", INSTANT, nullable=False),
)

ASSESSMENTS = Table(
    "assessments",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", Uuid, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("assessed_on", Date, nullable=False),
    Column("scorer_id", Uuid, nullable=False),
    Column("program_id", Uuid),
    Column("agency", Text, nullable=False),
)

CASES = Table(
    "cases",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("agency", Text, nullable=False),
    Column("unit", Text),
    Column("officer_id", Uuid, nullable=False),
    Index("ix_cases_agency", "agency"),
)
