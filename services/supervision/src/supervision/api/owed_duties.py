"""What is owed, across the ledgers of all services."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate
from shared.law.duty.duties import DutyState
from supervision.api.not_reported import NOT_REPORTED_FIELD, NotReportedAnswer, not_reported
from supervision.api.owed_duty_query import OwedDutyNarrowing
from supervision.domain.owed_duties import Ledger, OwedDuty
from supervision.storage.duty_filters import OwedDutyFilter
from supervision.storage.duty_visibility import READERS
from supervision.use_cases.list_owed_duties import list_owed_duties

router = guarded_router("/v1/owed-duties", tags=["duty overview"])


class OwedDutyQuery(OwedDutyNarrowing):
    """How the list is narrowed and paged."""

    state: DutyState | None = Field(default=None, description="Without it, what is still owed.")
    overdue: bool | None = None
    due_before: CalendarDate | None = None
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = None

    def narrowed(self) -> OwedDutyFilter:
        """The filter of the list."""
        given = self.model_dump(exclude={"limit", "after", "service"})
        return OwedDutyFilter(**given, ledger=self.service)


class ExplainedAtAnswer(BaseModel):
    """Where the ledger that keeps the duty explains its date."""

    service: Ledger
    path: str


class OwedDutyAnswer(BaseModel):
    """One duty of any ledger; person, agency and unit are those of its case."""

    duty_id: UUID
    service: Ledger
    rule: str
    regime: str
    about_kind: str
    about_id: UUID
    case_id: UUID | None
    person_id: UUID | None
    agency: str | None
    unit: str | None
    owner_role: str
    owner_agency: str | None
    owner_person: UUID | None
    started_on: date
    due_on: date
    due_at: datetime
    state: DutyState
    is_overdue: bool
    met_on: date | None
    explanation: ExplainedAtAnswer


class OwedDutyPage(Page[OwedDutyAnswer]):
    """A page of the list, and of which rules it says nothing."""

    not_reported: list[NotReportedAnswer] = NOT_REPORTED_FIELD


@router.get("", operation_id="list_owed_duties", dependencies=[allow(*READERS)])
async def get_owed_duties(
    tx: CurrentTransaction, query: Annotated[OwedDutyQuery, Query()]
) -> OwedDutyPage:
    """List what is owed across all services, of what you may see, the soonest due first."""
    after = decode_cursor(query.after, date.fromisoformat, UUID) if query.after else None
    found = await list_owed_duties(tx, query.narrowed(), after=after, limit=query.limit)
    shown, cursor = page_of(found, query.limit, lambda duty: (duty.due_on.isoformat(), duty.id))
    items = [_answer(duty, tx.now) for duty in shown]
    return OwedDutyPage(items=items, next=cursor, not_reported=not_reported())


def _answer(duty: OwedDuty, now: datetime) -> OwedDutyAnswer:
    case = duty.case
    return OwedDutyAnswer(
        duty_id=duty.id,
        service=duty.ledger,
        rule=duty.rule,
        regime=duty.regime,
        about_kind=duty.about_kind,
        about_id=duty.about_id,
        case_id=case.id if case else None,
        person_id=case.person_id if case else None,
        agency=case.agency if case else None,
        unit=case.unit if case else None,
        owner_role=duty.owner_role,
        owner_agency=duty.owner_agency,
        owner_person=duty.owner_person,
        started_on=duty.started_on,
        due_on=duty.due_on,
        due_at=duty.due_at,
        state=duty.state,
        is_overdue=duty.is_overdue(now),
        met_on=duty.met_on,
        explanation=_explained_at(duty),
    )


def _explained_at(duty: OwedDuty) -> ExplainedAtAnswer:
    return ExplainedAtAnswer(service=duty.ledger, path=f"/v1/duties/{duty.id}/explanation")
