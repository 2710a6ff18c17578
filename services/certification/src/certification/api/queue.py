"""The Board's queue: what is in line and in review, how old it is, who has it, where time goes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from certification.domain.age_bands import AgeBand, age_days, band_of
from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Kind, Level, Purpose
from certification.domain.standings import Status
from certification.storage.queue import OwedByBoard, QueuedFile, QueueFilter
from certification.use_cases.list_queue import ListQueue, list_loads, list_queue, target_days
from shared.errors import Fault, InvalidInputError
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/queue", tags=["queue"])
loads_router = guarded_router("/v1/queue-loads", tags=["queue"])

SEE_QUEUE = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)


class QueueState(StrEnum):
    """Where a file of the queue may stand: to be checked, or to be decided."""

    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    IN_LINE = "complete"
    IN_REVIEW = "in-review"


class Sort(StrEnum):
    """By which instant the queue is listed; a minus puts the latest first."""

    COMPLETED = "completed_at"
    COMPLETED_LATEST = "-completed_at"
    DUE = "due_at"
    DUE_LATEST = "-due_at"


class QueueLine(BaseModel):
    """One file; `age_days` are the days counted since it arrived or, to decide, was complete."""

    application_id: UUID
    owed: OwedByBoard
    kind: Kind
    level: Level | None
    purpose: Purpose
    holder_id: UUID
    state: ApplicationState
    reviewer_id: UUID | None
    received_on: date | None
    completed_on: date | None = Field(
        description="Day on which the last required item arrived. Null until staff find it so."
    )
    found_complete_on: date | None = Field(description="Null until staff find it complete.")
    due_on: date
    days_left: int
    age_days: int
    age_band: AgeBand
    queue_position: int | None
    lapses_on: date | None = Field(
        description="Of a renewal: first day on which the certification no longer holds. Else null."
    )
    held_before: list[Status] = Field(
        description="How other certifications of the same account stand today, each status once."
    )


class QueuePageAnswer(Page[QueueLine]):
    """One page of the queue, and within how many days what is owed is to be done."""

    target_days: int


class LoadAnswer(BaseModel):
    """What one reviewer has; without a reviewer: what nobody was given."""

    reviewer_id: UUID | None
    being_checked: int
    waiting_on_applicant: int
    in_line: int
    in_review: int
    overdue: int
    screening_overdue: int = Field(description="Files whose check for completeness is overdue.")
    oldest_complete_on: date | None
    decided: int


class LoadsAnswer(BaseModel):
    """Every reviewer's load; `decided` counts the last 30 days."""

    items: list[LoadAnswer]


@dataclass(frozen=True)
class BandAndOrder:
    """Which ages, and in which order."""

    band: AgeBand | None
    is_lapsing: bool
    by_due: bool
    is_descending: bool


async def read_filter(
    owed: Annotated[
        OwedByBoard, Query(description="Files to decide, or files to check for completeness.")
    ] = OwedByBoard.DECISION,
    state: Annotated[QueueState | None, Query()] = None,
    kind: Annotated[Kind | None, Query()] = None,
    level: Annotated[Level | None, Query()] = None,
    purpose: Annotated[Purpose | None, Query()] = None,
    reviewer: Annotated[UUID | None, Query()] = None,
    *,
    unassigned: Annotated[bool, Query(description="Only what nobody was given.")] = False,
    overdue: Annotated[bool, Query(description="Only what is past its due date.")] = False,
) -> QueueFilter:
    """Which files are asked for."""
    return QueueFilter(
        owed=owed,
        is_overdue=overdue,
        state=ApplicationState(state) if state else None,
        kind=kind,
        level=level,
        purpose=purpose,
        reviewer_id=reviewer,
        is_unassigned=unassigned,
    )


async def read_band_and_order(
    age_band: Annotated[AgeBand | None, Query(description="Days counted.")] = None,
    sort: Annotated[
        Sort | None,
        Query(description="If omitted, first complete first; what is to be checked, first due."),
    ] = None,
    owed: Annotated[OwedByBoard, Query()] = OwedByBoard.DECISION,
    *,
    lapsing: Annotated[
        bool,
        Query(
            description="Only renewals whose certification has lapsed or is about to: by default "
            "within 30 days (edition setting `late-decision-warning-days`)."
        ),
    ] = False,
) -> BandAndOrder:
    """Which ages are asked for, and in which order."""
    chosen = sort or (Sort.DUE if owed is OwedByBoard.SCREENING else Sort.COMPLETED)
    by_due = chosen in {Sort.DUE, Sort.DUE_LATEST}
    if owed is OwedByBoard.SCREENING and not by_due:
        raise InvalidInputError(
            "a file to be checked for completeness has no complete date to sort by",
            code="no-complete-date",
            faults=[Fault("sort", "must be due_at or -due_at")],
        )
    return BandAndOrder(age_band, lapsing, by_due, is_descending=chosen.startswith("-"))


@router.get("", operation_id="list_queue", dependencies=[SEE_QUEUE])
async def get_queue(
    tx: CurrentTransaction,
    law: CurrentLaw,
    wanted: Annotated[QueueFilter, Depends(read_filter)],
    asked: Annotated[BandAndOrder, Depends(read_band_and_order)],
    limit: Limit = 50,
    after: After = None,
) -> QueuePageAnswer:
    """List the files that wait for a decision, or for the check whether they are complete."""
    command = ListQueue(
        wanted=wanted,
        band=asked.band,
        is_lapsing=asked.is_lapsing,
        by_due=asked.by_due,
        is_descending=asked.is_descending,
        after=_cursor(after) if after else None,
        limit=limit,
    )
    found = await list_queue(tx, law, command)

    def key(file: QueuedFile) -> tuple[object, ...]:
        at = file.due_at if asked.by_due else file.application.completed_at
        return at, file.application.id

    shown, following = page_of(found, limit, key)
    target = target_days(tx, law, wanted.owed)
    return QueuePageAnswer(
        items=[_line_of(each, wanted.owed, target, tx.today) for each in shown],
        next=following,
        target_days=target,
    )


@loads_router.get("", operation_id="list_loads", dependencies=[SEE_QUEUE])
async def get_queue_loads(tx: CurrentTransaction) -> LoadsAnswer:
    """Show what each reviewer has, the busiest first."""
    found = await list_loads(tx)
    return LoadsAnswer(
        items=[LoadAnswer.model_validate(each, from_attributes=True) for each in found]
    )


def _cursor(after: str) -> tuple[datetime, UUID]:
    at, application_id = decode_cursor(after, datetime.fromisoformat, UUID)
    return at, application_id


def _line_of(file: QueuedFile, owed: OwedByBoard, target: int, today: date) -> QueueLine:
    application = file.application
    age = age_days(file.due_on, target, today)
    return QueueLine(
        application_id=application.id,
        owed=owed,
        kind=application.kind,
        level=application.level,
        purpose=application.purpose,
        holder_id=application.holder_id,
        state=application.state,
        reviewer_id=application.reviewer_id,
        received_on=application.received_on,
        completed_on=application.completed_on,
        found_complete_on=application.found_complete_on,
        due_on=file.due_on,
        days_left=(file.due_on - today).days,
        age_days=age,
        age_band=band_of(age),
        queue_position=file.queue_position,
        lapses_on=file.lapses_on,
        held_before=list(file.held_before),
    )
