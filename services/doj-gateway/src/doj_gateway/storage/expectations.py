"""Queries for expectations: one per assessment version that reaches DOJ directly."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, select, update

from doj_gateway.domain.notices import DojNotice, Expectation, ExpectationState
from doj_gateway.storage.tables import EXPECTATIONS
from doj_gateway.storage.visibility import seen_by
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

MOST_SHOWN = 20
NAMES = tuple(field.name for field in fields(Expectation))


@dataclass(frozen=True)
class ExpectationFilter:
    """Filters of a list of expectations. None does not filter."""

    case_id: UUID | None = None
    state: ExpectationState | None = None


async def insert(tx: Transaction, expectation: Expectation) -> None:
    """Insert an expectation."""
    await tx.insert(EXPECTATIONS, **{name: getattr(expectation, name) for name in NAMES})


async def is_kept(tx: Transaction, assessment_id: UUID, version: int) -> bool:
    """Whether an expectation of that assessment version is stored."""
    statement = select(EXPECTATIONS.c.id).where(
        EXPECTATIONS.c.assessment_id == assessment_id, EXPECTATIONS.c.version == version
    )
    return (await tx.execute(statement)).first() is not None


async def candidates(
    tx: Transaction, notice: DojNotice, case_ids: Collection[UUID], day_tolerance: int
) -> Sequence[Expectation]:
    """Lock the expectations of these cases that the notice may answer."""
    if notice.assessed_on is None:
        return []
    around = timedelta(days=day_tolerance)
    statement = select(EXPECTATIONS.c.id).where(
        EXPECTATIONS.c.case_id.in_(case_ids),
        EXPECTATIONS.c.instrument == notice.instrument,
        EXPECTATIONS.c.assessed_on.between(
            notice.assessed_on - around, notice.assessed_on + around
        ),
        EXPECTATIONS.c.state == ExpectationState.OPEN,
    )
    found = list((await tx.execute(statement)).scalars())
    return [_expectation(row) for row in await tx.lock_all(EXPECTATIONS, found)]


async def locked(tx: Transaction, expectation_id: UUID) -> Expectation:
    """Lock an expectation without an access check. Raises NotFoundError."""
    row = await tx.lock(EXPECTATIONS, expectation_id)
    if row is None:
        raise NotFoundError(
            f"there is no expectation {expectation_id}", code="expectation-not-found"
        )
    return _expectation(row)


async def open_of_cases(tx: Transaction, case_ids: Collection[UUID]) -> Sequence[Expectation]:
    """Read the open expectations of some cases, newest assessment first."""
    statement = (
        select(EXPECTATIONS)
        .where(EXPECTATIONS.c.case_id.in_(case_ids), EXPECTATIONS.c.state == ExpectationState.OPEN)
        .order_by(EXPECTATIONS.c.assessed_on.desc(), EXPECTATIONS.c.id)
        .limit(MOST_SHOWN)
    )
    return [_expectation(row) for row in (await tx.execute(statement)).mappings()]


async def open_around(tx: Transaction, day: date, days: int) -> Sequence[Expectation]:
    """Read the open expectations scored within some days of a day, without an access check."""
    around = timedelta(days=days)
    statement = (
        select(EXPECTATIONS)
        .where(EXPECTATIONS.c.state == ExpectationState.OPEN)
        .where(EXPECTATIONS.c.assessed_on.between(day - around, day + around))
        .order_by(EXPECTATIONS.c.assessed_on.desc(), EXPECTATIONS.c.id)
        .limit(MOST_SHOWN)
    )
    return [_expectation(row) for row in (await tx.execute(statement)).mappings()]


async def change(tx: Transaction, expectation: Expectation) -> None:
    """Store the current state of a locked expectation."""
    values = {name: getattr(expectation, name) for name in NAMES if name != "id"}
    statement = update(EXPECTATIONS).where(EXPECTATIONS.c.id == expectation.id)
    await tx.execute(statement.values(**values))


async def of_notice(tx: Transaction, notice_id: UUID) -> Expectation:
    """Read the expectation that a matched notice met, without an access check."""
    statement = select(EXPECTATIONS).where(EXPECTATIONS.c.notice_id == notice_id)
    return _expectation((await tx.execute(statement)).mappings().one())


async def listed(
    tx: Transaction, narrowed: ExpectationFilter, *, after: UUID | None, limit: int
) -> Sequence[Expectation]:
    """Read up to `limit` + 1 expectations that the actor may see, oldest first."""
    given = {name: value for name, value in narrowed.__dict__.items() if value is not None}
    statement = (
        select(EXPECTATIONS)
        .where(seen_by(tx.actor, EXPECTATIONS))
        .where(*(EXPECTATIONS.c[name] == value for name, value in given.items()))
        .order_by(EXPECTATIONS.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(EXPECTATIONS.c.id > after)
    return [_expectation(row) for row in (await tx.execute(statement)).mappings()]


def _expectation(row: RowMapping) -> Expectation:
    values = {name: row[name] for name in NAMES}
    return Expectation(**values | {"state": ExpectationState(row["state"])})


async def of_assessment(tx: Transaction, assessment_id: UUID, version: int) -> Expectation | None:
    """Read the expectation of an assessment version; None if there is none."""
    table = EXPECTATIONS
    condition = (table.c.assessment_id == assessment_id) & (table.c.version == version)
    row = (await tx.execute(select(table).where(condition))).mappings().first()
    return None if row is None else _expectation(row)
