"""Queries for duties: by id, by subject, and the lists that an actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    RowMapping,
    false,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.law.duty.duties import UNMET, Duty, DutyState
from shared.law.duty.duty_rows import duty_of
from shared.law.duty.duty_tables import DUTIES, DUTY_CHANGES, DUTY_NOTICES, IS_UNMET
from shared.law.duty.overdue import is_overdue
from shared.security.principals import Actor, Role
from shared.visibility.known_cases import KnownCases

SEE_ALL = (Role.AUDITOR, Role.OPERATOR)
SEE_BOARDS = (Role.BOARD_REVIEWER, Role.BOARD_MANAGER)
SEE_AGENCY = (Role.OFFICER, Role.UNIT_SUPERVISOR, Role.AGENCY_LEAD)
SEE_PROGRAM = (Role.PROVIDER, Role.PROGRAM_REPRESENTATIVE)
SEE_OWN = (Role.APPLICANT, Role.EXAMINER)
IS_UNMET_CLAUSE: ColumnElement[bool] = literal_column(f"duties.{IS_UNMET}", Boolean)


class DutySort(StrEnum):
    """Order of a list of duties.

    `due_at`: soonest due first. `-due_at`: latest due first.
    """

    SOONEST_DUE_FIRST = "due_at"
    LATEST_DUE_FIRST = "-due_at"

    @property
    def is_descending(self) -> bool:
        """Whether the latest due comes first."""
        return self.startswith("-")


@dataclass(frozen=True)
class DutyFilter:
    """Filters of a list; None does not filter."""

    owner_role: str | None = None
    owner_agency: str | None = None
    owner_person: UUID | None = None
    rule: str | None = None
    state: DutyState | None = None
    subject_id: UUID | None = None
    case_id: UUID | None = None
    due_before: date | None = None
    overdue: bool | None = None
    unmet: bool | None = None


async def by_id(tx: Transaction, duty_id: UUID, cases: KnownCases) -> Duty:
    """Read one duty that the actor may see; raises NotFoundError for any other."""
    statement = select(DUTIES).where(DUTIES.c.id == duty_id, seen_by(tx.actor, cases))
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"there is no duty {duty_id}", code="duty-not-found")
    return duty_of(row)


async def of_subject(tx: Transaction, rule: str, subject_id: UUID) -> Duty | None:
    """Read the subject's latest duty under a rule, without a check of rights; None if absent."""
    statement = (
        select(DUTIES)
        .where(DUTIES.c.subject_id == subject_id, DUTIES.c.rule == rule)
        .order_by(DUTIES.c.started_on.desc(), DUTIES.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else duty_of(row)


async def listed(
    tx: Transaction,
    narrowed: DutyFilter,
    cases: KnownCases,
    *,
    sort: DutySort = DutySort.SOONEST_DUE_FIRST,
    after: tuple[datetime, UUID] | None = None,
    limit: int,
) -> list[Duty]:
    """Read the duties that the actor may see, in the given order; up to `limit` plus one."""
    column = DUTIES.c.due_at
    order = (column.desc(), DUTIES.c.id.desc()) if sort.is_descending else (column, DUTIES.c.id)
    statement = (
        select(DUTIES)
        .where(seen_by(tx.actor, cases), *_conditions(narrowed, tx.now))
        .order_by(*order)
        .limit(limit + 1)
    )
    if after is not None:
        place = tuple_(column, DUTIES.c.id)
        is_after = place < tuple_(*after) if sort.is_descending else place > tuple_(*after)
        statement = statement.where(is_after)
    return [duty_of(row) for row in (await tx.execute(statement)).mappings()]


async def history(tx: Transaction, duty_id: UUID) -> Sequence[RowMapping]:
    """Read the changes of a duty, oldest first."""
    statement = (
        select(DUTY_CHANGES)
        .where(DUTY_CHANGES.c.duty_id == duty_id)
        .order_by(DUTY_CHANGES.c.version)
    )
    return (await tx.execute(statement)).mappings().all()


async def notices(tx: Transaction, duty_id: UUID) -> Sequence[RowMapping]:
    """Read the notices of a duty, oldest first."""
    statement = (
        select(DUTY_NOTICES)
        .where(DUTY_NOTICES.c.duty_id == duty_id)
        .order_by(DUTY_NOTICES.c.given_at, DUTY_NOTICES.c.step)
    )
    return (await tx.execute(statement)).mappings().all()


def seen_by(actor: Actor, cases: KnownCases) -> ColumnElement[bool]:
    """Which duties an actor may see: the agency's, provider's and program's, or the actor's own.

    In an agency, officers and unit supervisors see those in cases of their own unit or of no unit.

    The Board certifies; it does not see what is owed in a supervised person's case.
    """
    if actor.has(*SEE_ALL):
        return true()
    seen: list[ColumnElement[bool]] = []
    if actor.has(*SEE_BOARDS):
        seen.append(DUTIES.c.case_id.is_(None))
    if actor.has(*SEE_AGENCY) and actor.agency:
        seen.append((DUTIES.c.owner_agency == actor.agency) & _of_own_unit(actor, cases))
    if actor.has(*SEE_PROGRAM) and actor.provider:
        seen.append(DUTIES.c.owner_person == actor.provider)
    if actor.has(*SEE_PROGRAM) and actor.program:
        seen.append(DUTIES.c.owner_agency == str(actor.program))
        seen.append(DUTIES.c.owner_person == actor.program)
    if actor.has(*SEE_OWN) and (person := _id_in(actor.subject)):
        seen.append(DUTIES.c.owner_person == person)
    return or_(false(), *seen)


def _of_own_unit(actor: Actor, cases: KnownCases) -> ColumnElement[bool]:
    of_unit = cases.of_no_other_unit(actor, DUTIES.c.case_id)
    if actor.has(Role.OFFICER) and actor.person_id:
        return of_unit | (DUTIES.c.owner_person == actor.person_id)
    return of_unit


def _conditions(narrowed: DutyFilter, now: datetime) -> list[ColumnElement[bool]]:
    same = {
        "owner_role": narrowed.owner_role,
        "owner_agency": narrowed.owner_agency,
        "owner_person": narrowed.owner_person,
        "rule": narrowed.rule,
        "state": narrowed.state,
        "subject_id": narrowed.subject_id,
        "case_id": narrowed.case_id,
    }
    conditions = [DUTIES.c[name] == value for name, value in same.items() if value is not None]
    if narrowed.due_before is not None:
        conditions.append(DUTIES.c.due_on < narrowed.due_before)
    if narrowed.overdue is not None:
        overdue = is_overdue(DUTIES, now)
        conditions.append(overdue if narrowed.overdue else ~overdue)
    if narrowed.unmet is False:
        conditions.append(not_(IS_UNMET_CLAUSE))
    elif narrowed.unmet or narrowed.overdue or narrowed.state in UNMET:
        conditions.append(IS_UNMET_CLAUSE)
    return conditions


def _id_in(subject: str) -> UUID | None:
    try:
        return UUID(subject)
    except ValueError:
        return None
