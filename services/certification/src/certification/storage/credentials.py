"""Scorer credentials and examiners' standings as recorded."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, Table, select, update

from certification.domain.credentials import (
    End,
    EndReason,
    ExaminerStanding,
    InstrumentCode,
    RecordedSpan,
    ScorerCredential,
)
from certification.storage.tables.credentials import EXAMINER_STANDINGS, SCORER_CREDENTIALS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def insert_scorer_credential(tx: Transaction, credential: ScorerCredential) -> None:
    """Store a scorer credential."""
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


async def standing_scorer_credential(
    tx: Transaction, scorer_id: UUID, instrument: InstrumentCode, effective_from: date
) -> UUID | None:
    """Return a scorer's open credential for an instrument from a day on; else None."""
    columns = SCORER_CREDENTIALS.c
    statement = select(columns.id).where(
        columns.scorer_id == scorer_id,
        columns.instrument == instrument,
        columns.effective_from == effective_from,
        columns.ended_on.is_(None),
    )
    return (await tx.execute(statement.limit(1))).scalar_one_or_none()


async def scorer_credentials_of(
    tx: Transaction, scorer_id: UUID, *, after: UUID | None, limit: int
) -> list[ScorerCredential]:
    """Read a scorer's credentials in recording order; one more than `limit`."""
    statement = (
        select(SCORER_CREDENTIALS)
        .where(SCORER_CREDENTIALS.c.scorer_id == scorer_id)
        .order_by(SCORER_CREDENTIALS.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(SCORER_CREDENTIALS.c.id > after)
    return [_credential_of(row) for row in (await tx.execute(statement)).mappings()]


async def locked_scorer_credential(tx: Transaction, credential_id: UUID) -> ScorerCredential:
    """Lock a scorer credential; NotFoundError if there is none."""
    row = await tx.lock(SCORER_CREDENTIALS, credential_id)
    if row is None:
        raise NotFoundError(
            f"there is no scorer credential {credential_id}", code="scorer-credential-not-found"
        )
    return _credential_of(row)


async def locked_examiner_standing(tx: Transaction, standing_id: UUID) -> ExaminerStanding:
    """Lock an examiner standing; NotFoundError if there is none."""
    row = await tx.lock(EXAMINER_STANDINGS, standing_id)
    if row is None:
        raise _no_standing(standing_id)
    return _standing_of(row)


async def update_credential_end(tx: Transaction, credential_id: UUID, end: End) -> None:
    """Store the end of a locked scorer credential, which is announced with it."""
    await _update_end(tx, SCORER_CREDENTIALS, credential_id, end)


async def update_standing_end(tx: Transaction, standing_id: UUID, end: End) -> None:
    """Store the end of a locked examiner standing, which is announced with it."""
    await _update_end(tx, EXAMINER_STANDINGS, standing_id, end)


async def insert_examiner_standing(tx: Transaction, standing: ExaminerStanding) -> None:
    """Store an examiner standing."""
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


async def standing_of_examiner(
    tx: Transaction, examiner_id: UUID, effective_from: date
) -> UUID | None:
    """Return an examiner's open standing from a day on; None if there is none."""
    columns = EXAMINER_STANDINGS.c
    statement = select(columns.id).where(
        columns.examiner_id == examiner_id,
        columns.effective_from == effective_from,
        columns.ended_on.is_(None),
    )
    return (await tx.execute(statement.limit(1))).scalar_one_or_none()


async def examiner_standing(tx: Transaction, standing_id: UUID) -> ExaminerStanding:
    """Read an examiner standing; NotFoundError if there is none."""
    statement = select(EXAMINER_STANDINGS).where(EXAMINER_STANDINGS.c.id == standing_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise _no_standing(standing_id)
    return _standing_of(row)


async def _update_end(tx: Transaction, table: Table, row_id: UUID, end: End) -> None:
    ended = {
        "ended_on": end.on,
        "ended_because": end.because,
        "superseded_by": end.superseded_by,
        "is_end_announced": True,
        "version": table.c.version + 1,
    }
    await tx.execute(update(table).where(table.c.id == row_id).values(**ended))


def _no_standing(standing_id: UUID) -> NotFoundError:
    return NotFoundError(
        f"there is no examiner standing {standing_id}", code="examiner-standing-not-found"
    )


def _credential_of(row: RowMapping) -> ScorerCredential:
    return ScorerCredential(
        id=row["id"],
        scorer_id=row["scorer_id"],
        instrument=InstrumentCode(row["instrument"]),
        span=_span_of(row),
        reference=row["reference"],
        end=_end_of(row),
        version=row["version"],
    )


def _standing_of(row: RowMapping) -> ExaminerStanding:
    return ExaminerStanding(
        id=row["id"],
        examiner_id=row["examiner_id"],
        name=row["name"],
        qualification=row["qualification"],
        training_hours=row["training_hours"],
        span=_span_of(row),
        end=_end_of(row),
        version=row["version"],
    )


def _end_of(row: RowMapping) -> End | None:
    if row["ended_on"] is None:
        return None
    return End(row["ended_on"], EndReason(row["ended_because"]), row["superseded_by"])


def _span_of(row: RowMapping) -> RecordedSpan:
    return RecordedSpan(row["effective_from"], row["effective_until"])
