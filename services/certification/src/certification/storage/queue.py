"""The Board's queue, by the ledger of duties: applications to screen or to decide."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true, tuple_

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Application, Kind, Level, Purpose
from certification.domain.duty_rules import DECIDE_APPLICATION, SCREEN_APPLICATION
from certification.domain.standings import Status
from certification.storage import held_before
from certification.storage.application_lists import places_in_line
from certification.storage.applications import application_of
from certification.storage.tables.applications import APPLICATIONS, ASSIGNMENTS, DECISIONS
from certification.storage.tables.certifications import CERTIFICATIONS
from shared.clock import end_of_day
from shared.database.transaction import Transaction
from shared.law.duty.duties import RUNNING
from shared.law.duty.duty_queries import IS_UNMET_CLAUSE
from shared.law.duty.duty_tables import DUTIES
from shared.law.duty.overdue import is_overdue

UNDECIDED = APPLICATIONS.c.state.in_((ApplicationState.COMPLETE, ApplicationState.IN_REVIEW))
UNSCREENED = APPLICATIONS.c.state.in_((ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE))
LAPSES_ON = CERTIFICATIONS.c.effective_until
IS_RENEWED = (CERTIFICATIONS.c.id == APPLICATIONS.c.certification_id) & (
    APPLICATIONS.c.purpose == Purpose.RENEWAL
)


class OwedByBoard(StrEnum):
    """`screening`: the check for completeness. `decision`: the decision."""

    SCREENING = "screening"
    DECISION = "decision"


RULES = {OwedByBoard.SCREENING: SCREEN_APPLICATION, OwedByBoard.DECISION: DECIDE_APPLICATION}
STATES = {OwedByBoard.SCREENING: UNSCREENED, OwedByBoard.DECISION: UNDECIDED}


@dataclass(frozen=True)
class QueueFilter:
    """The criteria of a queue list; None means any. `due_from` and `due_until` are inclusive."""

    owed: OwedByBoard = OwedByBoard.DECISION
    state: ApplicationState | None = None
    kind: Kind | None = None
    level: Level | None = None
    purpose: Purpose | None = None
    reviewer_id: UUID | None = None
    is_unassigned: bool = False
    due_from: date | None = None
    due_until: date | None = None
    is_overdue: bool = False
    lapses_until: date | None = None
    """The latest end of the certification to renew; None means any."""


@dataclass(frozen=True)
class QueuedFile:
    """An application with its due date, and its position if it is in the queue.

    `lapses_on` is the first day on which the certification to renew is no longer valid.
    `held_before` contains today's status of the account's other certifications.
    """

    application: Application
    due_on: date
    due_at: datetime
    queue_position: int | None
    held_before: tuple[Status, ...]
    lapses_on: date | None


@dataclass(frozen=True)
class QueuePage:
    """The order, and the end of the page before; a descending order puts the latest first."""

    by_due: bool
    is_descending: bool
    after: tuple[datetime, UUID] | None
    limit: int


async def files(tx: Transaction, wanted: QueueFilter, page: QueuePage) -> list[QueuedFile]:
    """Read one more than the limit."""
    key = (DUTIES.c.due_at if page.by_due else APPLICATIONS.c.completed_at, APPLICATIONS.c.id)
    statement = _with_clock(wanted.owed).where(_wanted(wanted, tx.now))
    if page.after is not None:
        statement = statement.where(*_is_beyond(key, page.after, is_descending=page.is_descending))
    order = [each.desc() if page.is_descending else each.asc() for each in key]
    rows = (await tx.execute(statement.order_by(*order).limit(page.limit + 1))).mappings().all()
    found = {row["id"]: application_of(row) for row in rows}
    places = await places_in_line(tx, found)
    held = await held_before.of_accounts(tx, {each.applicant_id for each in found.values()})
    return [
        QueuedFile(
            application=found[row["id"]],
            due_on=row["due_on"],
            due_at=row["due_at"],
            queue_position=places.get(row["id"]),
            held_before=tuple(sorted({each.status for each in held.get(row["applicant_id"], ())})),
            lapses_on=row["lapses_on"],
        )
        for row in rows
    ]


def _is_beyond(
    key: tuple[ColumnElement[datetime], ColumnElement[UUID]],
    after: tuple[datetime, UUID],
    *,
    is_descending: bool,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the condition for the next page; the time alone is repeated for the index."""
    here, before = tuple_(*key), tuple_(*after)
    if is_descending:
        return here < before, key[0] <= after[0]
    return here > before, key[0] >= after[0]


@dataclass(frozen=True)
class Load:
    """The open applications of one reviewer; a reviewer of None has those not assigned."""

    reviewer_id: UUID | None
    being_checked: int
    waiting_on_applicant: int
    in_line: int
    in_review: int
    overdue: int
    screening_overdue: int
    oldest_complete_on: date | None
    decided: int


async def loads(tx: Transaction, decided_since: datetime) -> list[Load]:
    """Read the load of everybody with open or recent applications, the busiest first."""
    open_files = _open_files(tx.now).subquery("open_files")
    decided = (
        select(ASSIGNMENTS.c.reviewer_id, func.count().label("decided"))
        .join(DECISIONS, DECISIONS.c.application_id == ASSIGNMENTS.c.application_id)
        .where(
            DECISIONS.c.decided_at >= decided_since,
            ASSIGNMENTS.c.ended_at == DECISIONS.c.decided_at,
        )
        .group_by(ASSIGNMENTS.c.reviewer_id)
        .subquery("decided")
    )
    statement = select(
        func.coalesce(open_files.c.reviewer_id, decided.c.reviewer_id).label("reviewer_id"),
        *(func.coalesce(open_files.c[name], 0).label(name) for name in COUNTED),
        open_files.c.oldest_complete_on,
        func.coalesce(decided.c.decided, 0).label("decided"),
    ).select_from(
        open_files.outerjoin(decided, open_files.c.reviewer_id == decided.c.reviewer_id, full=True)
    )
    rows = (await tx.execute(statement)).mappings()
    found = [Load(**row) for row in rows]
    return sorted(found, key=lambda load: (-load.in_line - load.in_review, str(load.reviewer_id)))


COUNTED = (
    "being_checked",
    "waiting_on_applicant",
    "in_line",
    "in_review",
    "overdue",
    "screening_overdue",
)


async def least_loaded(tx: Transaction, among: list[UUID]) -> UUID:
    """Return the reviewer with the fewest open applications; if equal, the first in the list."""
    statement = (
        select(APPLICATIONS.c.reviewer_id, func.count().label("files"))
        .where(APPLICATIONS.c.reviewer_id.in_(among), APPLICATIONS.c.state.in_(OPEN))
        .group_by(APPLICATIONS.c.reviewer_id)
    )
    files_of = {row.reviewer_id: row.files for row in await tx.execute(statement)}
    return min(among, key=lambda reviewer: (files_of.get(reviewer, 0), among.index(reviewer)))


OPEN = (
    *(
        ApplicationState.SUBMITTED,
        ApplicationState.INCOMPLETE,
        ApplicationState.WAITING_ON_APPLICANT,
    ),
    *(ApplicationState.COMPLETE, ApplicationState.IN_REVIEW),
)


def _open_files(now: datetime) -> Select[Any]:
    state = APPLICATIONS.c.state

    def counted(*states: ApplicationState) -> ColumnElement[int]:
        return func.count().filter(state.in_(states))

    screening = DUTIES.alias("screening")
    return (
        select(
            APPLICATIONS.c.reviewer_id,
            counted(ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE).label("being_checked"),
            counted(ApplicationState.WAITING_ON_APPLICANT).label("waiting_on_applicant"),
            counted(ApplicationState.COMPLETE).label("in_line"),
            counted(ApplicationState.IN_REVIEW).label("in_review"),
            func.count().filter(is_overdue(DUTIES, now), UNDECIDED).label("overdue"),
            func.count().filter(is_overdue(screening, now)).label("screening_overdue"),
            func.min(case((UNDECIDED, APPLICATIONS.c.completed_on))).label("oldest_complete_on"),
        )
        .select_from(
            APPLICATIONS.outerjoin(DUTIES, _clock_of(OwedByBoard.DECISION)).outerjoin(
                screening,
                and_(
                    screening.c.subject_id == APPLICATIONS.c.id,
                    screening.c.rule == SCREEN_APPLICATION,
                    screening.c.state.in_(RUNNING),
                ),
            )
        )
        .where(state.in_(OPEN))
        .group_by(APPLICATIONS.c.reviewer_id)
    )


def _with_clock(owed: OwedByBoard) -> Select[Any]:
    return (
        select(APPLICATIONS, DUTIES.c.due_on, DUTIES.c.due_at, LAPSES_ON.label("lapses_on"))
        .select_from(
            APPLICATIONS.join(DUTIES, _clock_of(owed)).outerjoin(CERTIFICATIONS, IS_RENEWED)
        )
        .where(STATES[owed])
    )


def _clock_of(owed: OwedByBoard) -> ColumnElement[bool]:
    return and_(
        DUTIES.c.subject_id == APPLICATIONS.c.id,
        DUTIES.c.rule == RULES[owed],
        IS_UNMET_CLAUSE,
    )


def _wanted(wanted: QueueFilter, now: datetime) -> ColumnElement[bool]:
    columns = APPLICATIONS.c
    asked: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (columns.state, wanted.state),
            (columns.kind, wanted.kind),
            (columns.level, wanted.level),
            (columns.purpose, wanted.purpose),
            (columns.reviewer_id, wanted.reviewer_id),
        )
        if value is not None
    ]
    if wanted.is_unassigned:
        asked.append(columns.reviewer_id.is_(None))
    if wanted.due_from is not None:
        asked.append(DUTIES.c.due_at >= end_of_day(wanted.due_from))
    if wanted.due_until is not None:
        asked.append(DUTIES.c.due_at <= end_of_day(wanted.due_until))
    if wanted.lapses_until is not None:
        asked.append(wanted.lapses_until >= LAPSES_ON)
    if wanted.is_overdue:
        asked.append(is_overdue(DUTIES, now))
    return and_(true(), *asked)
