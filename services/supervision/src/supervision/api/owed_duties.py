"""Route that lists the duties of all services."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from shared.http.paging import LARGEST_PAGE, Page, day_cursor, page_of
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
    """Filters and paging of the list of duties."""

    state: DutyState | None = Field(
        default=None,
        description="Only duties in this state. If omitted, only unmet duties: `open`, `reopened` "
        "and `paused`.",
    )
    overdue: bool | None = Field(
        default=None,
        description="If true, only overdue duties: the clock runs and the due day has ended. If "
        "false, only duties that are not overdue. If omitted, both.",
    )
    due_before: CalendarDate | None = Field(
        default=None, description="Only duties due before this day; the day itself is not included."
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="Maximum number of items on a page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. If omitted, the first page.",
    )

    def narrowed(self) -> OwedDutyFilter:
        """Convert the query to the filter of the use case."""
        given = self.model_dump(exclude={"limit", "after", "service"})
        return OwedDutyFilter(**given, ledger=self.service)


class ExplainedAtAnswer(BaseModel):
    """Where to read the explanation of the due date."""

    service: Ledger = Field(description="Service that keeps the duty.")
    path: str = Field(description="Path of the explanation in that service's API.")


class OwedDutyAnswer(BaseModel):
    """One duty, kept by any of the four services."""

    duty_id: UUID
    service: Ledger = Field(description="Service that keeps the duty.")
    rule: str = Field(description="Name of the rule in the edition under which it was opened.")
    regime: str = Field(description="Name of the part of the rule that applies.")
    about_kind: str = Field(description="Kind of thing that the duty is about, such as `case`.")
    about_id: UUID = Field(description="ID of the thing that the duty is about.")
    case_id: UUID | None = Field(
        description="ID of the case that the duty belongs to. Null if it belongs to no case."
    )
    person_id: UUID | None = Field(
        description="ID of the person under supervision. Null if the duty belongs to no case."
    )
    agency: str | None = Field(
        description="Code of the agency that supervises the case. Null if the duty belongs to no "
        "case."
    )
    unit: str | None = Field(
        description="Code of the unit that supervises the case. Null if the case has no unit or "
        "the duty belongs to no case."
    )
    owner_role: str = Field(description="Role that owes the duty.")
    owner_agency: str | None = Field(
        description="Code of the agency, or ID of the program, that owes the duty. Null if neither "
        "does."
    )
    owner_person: UUID | None = Field(
        description="ID of the officer, provider, examiner or applicant who owes the duty. Null if "
        "it is not owed by a particular person."
    )
    started_on: date = Field(
        description="Day that the due date is counted from. For a duty that must be met before an "
        "event, the day of that event."
    )
    due_on: date = Field(description="Last day, in California, on which the duty is met in time.")
    due_at: datetime = Field(description="Instant at which the due day ends in California.")
    state: DutyState = Field(
        description="`open`: unmet, the clock is running. `reopened`: unmet again after it was "
        "met. `paused`: unmet, the clock is paused. `met`: met in time. `met-late`: met after the "
        "due day. `canceled`: no longer owed."
    )
    is_overdue: bool = Field(
        description="Whether the clock is running and the due day has ended, at the time of this "
        "response."
    )
    met_on: date | None = Field(description="Day on which the duty was met. Null if it is unmet.")
    explanation: ExplainedAtAnswer = Field(description="Where the due date is explained.")


class OwedDutyPage(Page[OwedDutyAnswer]):
    """A page of duties, and the rules that are left out of the list."""

    not_reported: list[NotReportedAnswer] = NOT_REPORTED_FIELD


@router.get("", operation_id="list_owed_duties", dependencies=[allow(*READERS)])
async def get_owed_duties(
    tx: CurrentTransaction, query: Annotated[OwedDutyQuery, Query()]
) -> OwedDutyPage:
    """List the duties of all services that the caller may see, soonest due first."""
    after = day_cursor(query.after)
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
