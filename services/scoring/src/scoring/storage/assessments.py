"""Queries for assessments, which are inserted as drafts, finalized once and never changed."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, or_, select, tuple_, update

from scoring.domain.assessments import Assessment, AssessmentReason, AssessmentState, Scorer
from scoring.domain.scores import Entered, LevelBasis, Override, Score
from scoring.storage.tables import ASSESSMENTS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

SAME_IN_BOTH = (
    *("id", "version", "revision", "case_id", "instrument", "instrument_version"),
    *("assessed_on", "drafted_at", "finalized_at", "rescores"),
)


async def insert(tx: Transaction, assessment: Assessment) -> None:
    """Insert a draft."""
    await tx.insert(ASSESSMENTS, **_row_of(assessment))


async def freeze(tx: Transaction, assessment: Assessment) -> None:
    """Store that a locked assessment was finalized."""
    statement = (
        update(ASSESSMENTS)
        .where(ASSESSMENTS.c.id == assessment.id)
        .values(
            state=assessment.state,
            revision=assessment.revision,
            finalized_at=assessment.finalized_at,
        )
    )
    await tx.execute(statement)


async def by_id(tx: Transaction, assessment_id: UUID) -> Assessment:
    """Read an assessment without an access check. Raises NotFoundError."""
    statement = select(ASSESSMENTS).where(ASSESSMENTS.c.id == assessment_id)
    return _found((await tx.execute(statement)).mappings().one_or_none(), assessment_id)


async def locked(tx: Transaction, assessment_id: UUID) -> Assessment:
    """Lock an assessment without an access check. Raises NotFoundError."""
    return _found(await tx.lock(ASSESSMENTS, assessment_id), assessment_id)


async def latest_scoring(tx: Transaction, assessment: Assessment) -> UUID | None:
    """Return the ID of the scorer's latest scoring of that case, instrument and day; or None."""
    table = ASSESSMENTS
    statement = select(table.c.id).where(
        table.c.case_id == assessment.case_id,
        table.c.instrument == assessment.instrument,
        table.c.assessed_on == assessment.assessed_on,
        table.c.scorer_id == assessment.scorer.id,
        table.c.id.not_in(select(table.c.rescores).where(table.c.rescores.is_not(None))),
    )
    found: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


async def scored_anew_by(tx: Transaction, assessment_id: UUID) -> UUID | None:
    """Return the ID of the assessment that replaces this one; None if none does."""
    statement = select(ASSESSMENTS.c.id).where(ASSESSMENTS.c.rescores == assessment_id)
    found: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


async def listed(
    tx: Transaction,
    case_id: UUID,
    *,
    drafts_of: Collection[UUID] | None,
    after: tuple[date, UUID] | None,
    limit: int,
) -> Sequence[Assessment]:
    """Read the finalized assessments of a case and the drafts of some scorers (None: of all).

    The oldest day of scoring first; one more than `limit`.
    """
    order = (ASSESSMENTS.c.assessed_on, ASSESSMENTS.c.id)
    statement = (
        select(ASSESSMENTS)
        .where(ASSESSMENTS.c.case_id == case_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    if drafts_of is not None:
        is_finalized = ASSESSMENTS.c.state == AssessmentState.FINALIZED
        statement = statement.where(or_(is_finalized, ASSESSMENTS.c.scorer_id.in_(drafts_of)))
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*after))
    return [_assessment(row) for row in (await tx.execute(statement)).mappings()]


def not_found(assessment_id: UUID) -> NotFoundError:
    """Return the error for an assessment that does not exist or is not visible."""
    return NotFoundError(f"there is no assessment {assessment_id}", code="assessment-not-found")


def _found(row: RowMapping | None, assessment_id: UUID) -> Assessment:
    if row is None:
        raise not_found(assessment_id)
    return _assessment(row)


def _row_of(assessment: Assessment) -> dict[str, Any]:
    entered, score, override = assessment.entered, assessment.score, assessment.entered.override
    return {
        **{name: getattr(assessment, name) for name in SAME_IN_BOTH},
        "state": assessment.state,
        "reason": assessment.reason,
        "scorer_id": assessment.scorer.id,
        "agency": assessment.scorer.agency,
        "program_id": assessment.scorer.program_id,
        "items": dict(entered.items),
        "tool": entered.tool,
        "recorded_level": entered.level,
        "override_level": override.level if override else None,
        "override_reason": override.reason if override else None,
        "total": score.total,
        "domains": {name: str(value) for name, value in score.domains.items()},
        "level": score.level,
        "level_basis": score.level_basis,
        "computed_level": score.computed_level,
        "reasons": list(score.reasons),
    }


def _assessment(row: RowMapping) -> Assessment:
    return Assessment(
        **{name: row[name] for name in SAME_IN_BOTH},
        state=AssessmentState(row["state"]),
        reason=AssessmentReason(row["reason"]),
        scorer=Scorer(row["scorer_id"], row["agency"], row["program_id"]),
        entered=_entered(row),
        score=Score(
            total=row["total"],
            domains={name: Decimal(value) for name, value in row["domains"].items()},
            level=row["level"],
            level_basis=LevelBasis(row["level_basis"]),
            computed_level=row["computed_level"],
            reasons=tuple(row["reasons"]),
        ),
    )


def _entered(row: RowMapping) -> Entered:
    override = (
        Override(row["override_level"], row["override_reason"]) if row["override_level"] else None
    )
    return Entered(row["items"], row["recorded_level"], override, row["tool"])
