"""Scorer credentials and examiners' standings as they were recorded."""

from uuid import UUID

from sqlalchemy import RowMapping, select

from certification.domain.credentials import (
    ExaminerStanding,
    Instrument,
    ScorerCredential,
    Span,
)
from certification.storage.tables.credentials import EXAMINER_STANDINGS, SCORER_CREDENTIALS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def keep_scorer_credential(tx: Transaction, credential: ScorerCredential) -> None:
    """Keep a scorer's credential."""
    await tx.insert(
        SCORER_CREDENTIALS,
        id=credential.id,
        scorer_id=credential.scorer_id,
        instrument=credential.instrument,
        effective_from=credential.span.effective_from,
        effective_until=credential.span.effective_until,
        reference=credential.reference,
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )


async def scorer_credentials_of(
    tx: Transaction, scorer_id: UUID, *, after: UUID | None, limit: int
) -> list[ScorerCredential]:
    """Read a scorer's credentials in the order in which they came; one more than `limit`."""
    statement = (
        select(SCORER_CREDENTIALS)
        .where(SCORER_CREDENTIALS.c.scorer_id == scorer_id)
        .order_by(SCORER_CREDENTIALS.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(SCORER_CREDENTIALS.c.id > after)
    return [
        ScorerCredential(
            id=row["id"],
            scorer_id=row["scorer_id"],
            instrument=Instrument(row["instrument"]),
            span=_span_of(row),
            reference=row["reference"],
        )
        for row in (await tx.execute(statement)).mappings()
    ]


async def keep_examiner_standing(tx: Transaction, standing: ExaminerStanding) -> None:
    """Keep an examiner's standing."""
    await tx.insert(
        EXAMINER_STANDINGS,
        id=standing.id,
        examiner_id=standing.examiner_id,
        name=standing.name,
        qualification=standing.qualification,
        training_hours=standing.training_hours,
        effective_from=standing.span.effective_from,
        effective_until=standing.span.effective_until,
        recorded_at=tx.now,
        recorded_by=tx.actor.subject,
    )


async def examiner_standing(tx: Transaction, standing_id: UUID) -> ExaminerStanding:
    """Read one standing; NotFoundError where there is none."""
    statement = select(EXAMINER_STANDINGS).where(EXAMINER_STANDINGS.c.id == standing_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"there is no examiner standing {standing_id}", code="examiner-standing-not-found"
        )
    return ExaminerStanding(
        id=row["id"],
        examiner_id=row["examiner_id"],
        name=row["name"],
        qualification=row["qualification"],
        training_hours=row["training_hours"],
        span=_span_of(row),
    )


def _span_of(row: RowMapping) -> Span:
    return Span(row["effective_from"], row["effective_until"])
