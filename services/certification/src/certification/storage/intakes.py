"""Intakes and their runs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, exists, or_, select, update

from certification.domain.applications import Kind
from certification.domain.intakes import STANDING, Intake, IntakeRun, RunKind
from certification.storage.tables.intakes import INTAKE_ROWS, INTAKE_RUNS, INTAKES
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def insert(tx: Transaction, intake: Intake) -> None:
    """Store a list that was received."""
    await tx.insert(INTAKES, **{**intake.__dict__, "columns": list(intake.columns)})


async def by_id(tx: Transaction, intake_id: UUID) -> Intake:
    """Read an intake; NotFoundError if there is none."""
    row = (await tx.execute(select(INTAKES).where(INTAKES.c.id == intake_id))).mappings()
    return _intake_of(row.one_or_none(), intake_id)


async def locked(tx: Transaction, intake_id: UUID) -> Intake:
    """Lock an intake so that only one run starts; NotFoundError if there is none."""
    return _intake_of(await tx.lock(INTAKES, intake_id), intake_id)


async def same_standing(tx: Transaction, intake: Intake) -> UUID | None:
    """Return another intake of an identical list that is running or not fully undone."""
    others, rows, runs = INTAKES.c, INTAKE_ROWS.c, INTAKE_RUNS.c
    stands = exists().where(rows.intake_id == others.id, rows.outcome.in_(STANDING))
    is_under_way = exists().where(runs.intake_id == others.id, runs.finished_at.is_(None))
    statement = select(others.id).where(
        others.kind == intake.kind,
        others.sha256 == intake.sha256,
        others.id != intake.id,
        or_(stands, is_under_way),
    )
    found: UUID | None = (await tx.execute(statement.limit(1))).scalar_one_or_none()
    return found


async def listed(tx: Transaction, *, after: UUID | None, limit: int) -> list[Intake]:
    """Read intakes, newest first; one more than `limit`."""
    statement = select(INTAKES).order_by(INTAKES.c.id.desc()).limit(limit + 1)
    if after is not None:
        statement = statement.where(INTAKES.c.id < after)
    return [_intake_of(row) for row in (await tx.execute(statement)).mappings()]


async def runs_of(tx: Transaction, intake_ids: Sequence[UUID]) -> dict[UUID, list[IntakeRun]]:
    """Read the runs of each intake, oldest first."""
    statement = (
        select(INTAKE_RUNS)
        .where(INTAKE_RUNS.c.intake_id.in_(intake_ids))
        .order_by(INTAKE_RUNS.c.asked_at, INTAKE_RUNS.c.id)
    )
    found: dict[UUID, list[IntakeRun]] = {each: [] for each in intake_ids}
    for row in (await tx.execute(statement)).mappings():
        found[row["intake_id"]].append(_run_of(row))
    return found


async def begin(tx: Transaction, run: IntakeRun) -> None:
    """Store a run, which any worker may process."""
    values = {**run.__dict__, "asked_roles": list(run.asked_roles)}
    await tx.insert(INTAKE_RUNS, **values)


async def run_locked(tx: Transaction, run_id: UUID) -> IntakeRun:
    """Lock a run; wait while another worker processes a batch of it."""
    row = await tx.lock(INTAKE_RUNS, run_id)
    if row is None:
        raise NotFoundError(f"there is no run {run_id}", code="run-not-found")
    return _run_of(row)


async def next_run(tx: Transaction) -> IntakeRun | None:
    """Lock the run that waits longest; runs held by other workers are skipped."""
    statement = (
        select(INTAKE_RUNS)
        .where(INTAKE_RUNS.c.finished_at.is_(None))
        .order_by(INTAKE_RUNS.c.asked_at, INTAKE_RUNS.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else _run_of(row)


async def finish(tx: Transaction, run: IntakeRun, stopped_because: str | None = None) -> None:
    """Mark a locked run as finished: nothing is left, or a batch was refused."""
    over = {"finished_at": tx.now, "stopped_because": stopped_because}
    await tx.execute(update(INTAKE_RUNS).where(INTAKE_RUNS.c.id == run.id).values(**over))


def _intake_of(row: RowMapping | None, intake_id: UUID | None = None) -> Intake:
    if row is None:
        raise NotFoundError(f"there is no intake {intake_id}", code="intake-not-found")
    shaped = {"kind": Kind(row["kind"]), "columns": tuple(row["columns"])}
    return Intake(**{**row, **shaped})


def _run_of(row: RowMapping) -> IntakeRun:
    shaped = {"kind": RunKind(row["kind"]), "asked_roles": tuple(row["asked_roles"])}
    return IntakeRun(**{**row, **shaped})
