"""The lines of intakes: as sent, with their findings and their result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, RowMapping, bindparam, func, insert, select, text, update

from certification.domain.applications import Kind
from certification.domain.certifications import counted_in
from certification.domain.intake_lines import Finding
from certification.domain.intakes import STANDING, LineOutcome
from certification.storage.tables.intakes import INTAKE_ROWS
from shared.database.transaction import Transaction

_ROWS = INTAKE_ROWS.c
_INSERT = insert(INTAKE_ROWS)
_SET = (
    update(INTAKE_ROWS)
    .where(_ROWS.intake_id == bindparam("of_intake"), _ROWS.line == bindparam("at_line"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("outcome", "refusals", "number")}
        | {"certification_id": bindparam("new_certification_id")}
        | {"kept_because": bindparam("new_kept_because")}
    )
)
_KEPT_BECAUSE = text(
    """
    SELECT because, count(*) AS lines FROM intake_rows, unnest(kept_because) AS because
    WHERE intake_id = :intake_id AND outcome = 'kept' GROUP BY because ORDER BY because
    """
)


@dataclass(frozen=True)
class IntakeRow:
    """One line; `number` is the listed number, or after import the assigned one."""

    intake_id: UUID
    line: int
    cells: tuple[str, ...]
    outcome: LineOutcome
    refusals: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()
    number: str | None = None
    certification_id: UUID | None = None
    kept_because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """Number of lines by outcome, and number of lines with warnings."""

    by_outcome: Mapping[LineOutcome, int]
    doubtful: int = 0
    kept_because: Mapping[str, int] = field(default_factory=dict)


def insert_soon(tx: Transaction, rows: Iterable[IntakeRow]) -> None:
    """Store new lines, in one statement."""
    for row in rows:
        tx.write_soon(_INSERT, _values(row))


def set_soon(tx: Transaction, rows: Iterable[IntakeRow]) -> None:
    """Store the result of locked lines, in one statement."""
    for row in rows:
        new = {
            "new_outcome": row.outcome.value,
            "new_refusals": [each.__dict__ for each in row.refusals],
            "new_number": row.number,
            "new_certification_id": row.certification_id,
            "new_kept_because": list(row.kept_because),
        }
        tx.write_soon(_SET, {"of_intake": row.intake_id, "at_line": row.line, **new})


async def try_kept_again(tx: Transaction, intake_id: UUID) -> None:
    """Let the next undoing retry lines that an earlier one could not undo."""
    is_kept = (_ROWS.intake_id == intake_id) & (_ROWS.outcome == LineOutcome.KEPT)
    again = {"outcome": LineOutcome.MADE, "kept_because": []}
    await tx.execute(update(INTAKE_ROWS).where(is_kept).values(**again))


async def batch(
    tx: Transaction, intake_id: UUID, outcome: LineOutcome, limit: int
) -> list[IntakeRow]:
    """Lock the first lines with an outcome."""
    statement = (
        select(INTAKE_ROWS)
        .where(_ROWS.intake_id == intake_id, _ROWS.outcome == outcome)
        .order_by(_ROWS.line)
        .limit(limit)
        .with_for_update()
    )
    return [_row_of(row) for row in (await tx.execute(statement)).mappings()]


async def listed(
    tx: Transaction,
    intake_id: UUID,
    *,
    outcome: LineOutcome | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[IntakeRow]:
    """Read lines in order; one more than `limit`, or all."""
    statement = (
        select(INTAKE_ROWS)
        .where(_ROWS.intake_id == intake_id, _ROWS.line > after)
        .order_by(_ROWS.line)
        .limit(None if limit is None else limit + 1)
    )
    if outcome is not None:
        statement = statement.where(_ROWS.outcome == outcome)
    return [_row_of(row) for row in (await tx.execute(statement)).mappings()]


async def counts(tx: Transaction, intake_id: UUID) -> Counts:
    """Count an intake's lines by outcome, with warnings, and by reason for being kept."""
    is_doubtful = func.jsonb_array_length(_ROWS.doubts) > 0
    statement = (
        select(
            _ROWS.outcome,
            func.count().label("lines"),
            func.count().filter(is_doubtful).label("doubtful"),
        )
        .where(_ROWS.intake_id == intake_id)
        .group_by(_ROWS.outcome)
    )
    counted: Sequence[Row[Any]] = (await tx.execute(statement)).all()
    kept: Sequence[Row[Any]] = (await tx.execute(_KEPT_BECAUSE, {"intake_id": intake_id})).all()
    return Counts(
        dict.fromkeys(LineOutcome, 0) | {LineOutcome(row.outcome): row.lines for row in counted},
        sum(row.doubtful for row in counted),
        {row.because: row.lines for row in kept},
    )


async def highest_number(tx: Transaction, intake_id: UUID, kind: Kind) -> int:
    """Return the highest public number among the lines that are ready; 0 if there is none."""
    statement = select(_ROWS.number).where(
        _ROWS.intake_id == intake_id,
        _ROWS.outcome == LineOutcome.READY,
        _ROWS.number.is_not(None),
    )
    numbers: Sequence[str] = (await tx.execute(statement)).scalars().all()
    return max((counted_in(kind, each) or 0 for each in numbers), default=0)


async def made_certifications(tx: Transaction, intake_id: UUID) -> list[UUID]:
    """Return an intake's certifications that have not been undone."""
    statement = select(_ROWS.certification_id).where(
        _ROWS.intake_id == intake_id, _ROWS.outcome.in_(STANDING)
    )
    return list((await tx.execute(statement)).scalars())


def _values(row: IntakeRow) -> dict[str, Any]:
    return {
        **row.__dict__,
        "cells": list(row.cells),
        "refusals": [each.__dict__ for each in row.refusals],
        "doubts": [each.__dict__ for each in row.doubts],
        "kept_because": list(row.kept_because),
    }


def _row_of(row: RowMapping) -> IntakeRow:
    shaped = {
        "cells": tuple(row["cells"]),
        "outcome": LineOutcome(row["outcome"]),
        "refusals": tuple(Finding(**each) for each in row["refusals"]),
        "doubts": tuple(Finding(**each) for each in row["doubts"]),
        "kept_because": tuple(row["kept_because"]),
    }
    return IntakeRow(**{**row, **shaped})
