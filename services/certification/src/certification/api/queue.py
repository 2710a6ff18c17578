"""The Board's queue: which applications wait for a check or a decision, how long, and with whom."""

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
from shared.http.paging import After, Limit, Page, decode_cursor, moment_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/queue", tags=["queue"])
loads_router = guarded_router("/v1/queue-loads", tags=["queue"])

SEE_QUEUE = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)


class QueueState(StrEnum):
    """The states that an application in the queue can have."""

    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    IN_LINE = "complete"
    IN_REVIEW = "in-review"


class Sort(StrEnum):
    """The date by which the queue is sorted; a leading minus puts the latest first."""

    COMPLETED = "completed_at"
    COMPLETED_LATEST = "-completed_at"
    DUE = "due_at"
    DUE_LATEST = "-due_at"


class QueueLine(BaseModel):
    """One application in the queue."""

    application_id: UUID
    owed: OwedByBoard = Field(
        description="What the Board owes: `screening` (the check for completeness) or `decision`."
    )
    kind: Kind = Field(description="Whether a provider or a program applied.")
    level: Level | None = Field(
        description="Level that the provider applied for. Null for a program."
    )
    purpose: Purpose
    holder_id: UUID = Field(description="ID of the provider or program that applied.")
    state: ApplicationState
    reviewer_id: UUID | None = Field(
        description="Account ID of the assigned reviewer. Null if none is assigned."
    )
    received_on: date | None = Field(description="Day on which the application was submitted.")
    completed_on: date | None = Field(
        description="Day on which the last required item arrived. Null until staff find the "
        "application complete."
    )
    found_complete_on: date | None = Field(
        description="Day on which staff first found the application complete. Null until then."
    )
    due_on: date = Field(description="Last day on which the Board can do in time what it owes.")
    days_left: int = Field(description="Days until `due_on`. Negative if overdue.")
    age_days: int = Field(
        description="Days counted by the clock so far. Days of waiting for the applicant are not "
        "counted."
    )
    age_band: AgeBand = Field(description="Range that `age_days` is in.")
    queue_position: int | None = Field(
        description="Position among all complete applications that wait for review, starting at "
        "1. Null for any other application."
    )
    lapses_on: date | None = Field(
        description="For a renewal: first day on which the certification to renew is no longer "
        "valid. Null for other applications."
    )
    held_before: list[Status] = Field(
        description="Status today of the account's other certifications, each status once."
    )


class QueuePageAnswer(Page[QueueLine]):
    """One page of the queue."""

    target_days: int = Field(description="Days within which the Board must do what it owes.")


class LoadAnswer(BaseModel):
    """The open applications of one reviewer."""

    reviewer_id: UUID | None = Field(
        description="Account ID of the reviewer. Null for the applications that are not assigned."
    )
    being_checked: int = Field(description="Applications that wait for the check for completeness.")
    waiting_on_applicant: int = Field(
        description="Applications that wait for the applicant's answer."
    )
    in_line: int = Field(description="Complete applications that wait for review.")
    in_review: int = Field(description="Applications in review.")
    overdue: int = Field(description="Applications whose decision is overdue.")
    screening_overdue: int = Field(
        description="Applications whose check for completeness is overdue."
    )
    oldest_complete_on: date | None = Field(
        description="Earliest day on which one of the undecided applications was complete. Null "
        "if none is complete."
    )
    decided: int = Field(description="Applications decided in the last 30 days.")


class LoadsAnswer(BaseModel):
    """The load of every reviewer."""

    items: list[LoadAnswer]


@dataclass(frozen=True)
class BandAndOrder:
    """The requested age range and sort order."""

    band: AgeBand | None
    is_lapsing: bool
    by_due: bool
    is_descending: bool


Owed = Annotated[
    OwedByBoard,
    Query(
        description="`decision`: applications to decide. `screening`: applications to check "
        "for completeness. If omitted, `decision`."
    ),
]
InState = Annotated[
    QueueState | None,
    Query(description="Only applications in this state. If omitted, every state."),
]
OfKind = Annotated[
    Kind | None,
    Query(description="Only applications of providers or only of programs. If omitted, both."),
]
OfLevel = Annotated[
    Level | None,
    Query(description="Only applications for this level. If omitted, every level."),
]
WithPurpose = Annotated[
    Purpose | None,
    Query(description="Only applications with this purpose. If omitted, every purpose."),
]
OfReviewer = Annotated[
    UUID | None,
    Query(
        description="Account ID of a reviewer: only applications assigned to this reviewer. "
        "If omitted, all."
    ),
]
Unassigned = Annotated[
    bool, Query(description="If true, only applications without a reviewer. If omitted, all.")
]
Overdue = Annotated[
    bool,
    Query(description="If true, only applications whose due date has passed. If omitted, all."),
]


async def read_filter(
    owed: Owed = OwedByBoard.DECISION,
    state: InState = None,
    kind: OfKind = None,
    level: OfLevel = None,
    purpose: WithPurpose = None,
    reviewer: OfReviewer = None,
    *,
    unassigned: Unassigned = False,
    overdue: Overdue = False,
) -> QueueFilter:
    """Read which applications are requested."""
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


InAgeBand = Annotated[
    AgeBand | None,
    Query(
        description="Only applications whose clock has counted this many days. If omitted, "
        "every age."
    ),
]
SortedBy = Annotated[
    Sort | None,
    Query(
        description="Sort order. If omitted, `completed_at` for applications to decide and "
        "`due_at` for applications to check."
    ),
]
Lapsing = Annotated[
    bool,
    Query(
        description="If true, only renewals whose certification has lapsed or will lapse "
        "soon: by default within 30 days (edition setting `late-decision-warning-days`). If "
        "omitted, all applications."
    ),
]


async def read_band_and_order(
    age_band: InAgeBand = None,
    sort: SortedBy = None,
    owed: Owed = OwedByBoard.DECISION,
    *,
    lapsing: Lapsing = False,
) -> BandAndOrder:
    """Read the requested age range and sort order."""
    chosen = sort or (Sort.DUE if owed is OwedByBoard.SCREENING else Sort.COMPLETED)
    by_due = chosen in {Sort.DUE, Sort.DUE_LATEST}
    if owed is OwedByBoard.SCREENING and not by_due:
        raise InvalidInputError(
            "applications to check for completeness cannot be sorted by `completed_at`",
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
    """List the applications that wait for a decision, or for the check for completeness."""
    command = ListQueue(
        wanted=wanted,
        band=asked.band,
        is_lapsing=asked.is_lapsing,
        by_due=asked.by_due,
        is_descending=asked.is_descending,
        after=moment_cursor(after) if after else None,
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
    """Show the load of each reviewer, the busiest first."""
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
