"""The duty routes that every service has: duties, their explanations, and deadline previews."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from shared.errors import Fault, InvalidInputError
from shared.http.etags import set_etag
from shared.http.paging import LARGEST_PAGE, Page, moment_cursor, page_of
from shared.http.routes import (
    AskingRoute,
    CurrentCases,
    CurrentTransaction,
    allow,
    guarded_router,
)
from shared.http.shapes import CalendarDate, CalendarInstant
from shared.law.api.duty_answers import (
    DeadlinePreviewAnswer,
    DutyAnswer,
    DutyExplanationAnswer,
    DutyWithHistoryAnswer,
    duty_answer,
    duty_explanation,
    duty_with_history,
    preview_answer,
)
from shared.law.api.law_dependency import CurrentLaw
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.counting.rules import Edition, NoDutyError
from shared.law.duty import duty_queries, kept_laws
from shared.law.duty.duties import DutyState
from shared.law.duty.duty_queries import (
    SEE_AGENCY,
    SEE_ALL,
    SEE_BOARDS,
    SEE_OWN,
    SEE_PROGRAM,
    DutyFilter,
    DutySort,
)
from shared.security.principals import Role

LONGEST_NAME = 100

_duties = guarded_router("/v1/duties", tags=["duties"])
_previews = guarded_router("/v1/deadline-previews", tags=["duties"])
_previews.route_class = AskingRoute
_SEES_DUTIES = allow(*SEE_ALL, *SEE_BOARDS, *SEE_AGENCY, *SEE_PROGRAM, *SEE_OWN)


def duty_routers() -> list[APIRouter]:
    """Return the routers that a service adds to its own."""
    return [_duties, _previews]


class DutyQuery(BaseModel):
    """Filters, order and paging of the list of duties."""

    model_config = ConfigDict(extra="forbid")

    owner_role: Role | None = Field(default=None, description="Only duties that this role owes.")
    owner_agency: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only duties that this agency (code) or program (ID) owes.",
    )
    owner_person: UUID | None = Field(
        default=None, description="Only duties that this person owes."
    )
    rule: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only duties under the rule with this name.",
    )
    state: DutyState | None = Field(default=None, description="Only duties in this state.")
    subject_id: UUID | None = Field(default=None, description="Only duties about this record.")
    case_id: UUID | None = Field(default=None, description="Only duties of this case.")
    due_before: CalendarDate | None = None
    overdue: bool | None = Field(
        default=None,
        description="If true, only overdue duties. If false, only those that are not. If "
        "omitted, both.",
    )
    unmet: bool | None = Field(
        default=None,
        description="If true, only duties still owed. If false, only met or canceled ones. "
        "If omitted, both.",
    )
    sort: DutySort = Field(
        default=DutySort.SOONEST_DUE_FIRST,
        description="`due_at`: soonest due first; `-due_at`: latest due first.",
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="The maximum number of items on one page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. Omit it for the first page.",
    )


def _written_moment(value: object) -> str:
    """Tell a day from an instant by its length; each is then parsed in its own format."""
    return "day" if isinstance(value, str) and len(value) == len("2026-11-20") else "instant"


WrittenMoment = Annotated[
    Annotated[CalendarInstant, Tag("instant")] | Annotated[CalendarDate, Tag("day")],
    Discriminator(_written_moment),
]
"""A day, or an instant with its UTC offset."""


class DeadlinePreview(BaseModel):
    """The facts and the rule for which to compute a deadline."""

    model_config = ConfigDict(extra="forbid")

    edition: str = Field(
        max_length=LONGEST_NAME,
        examples=["standards-2012"],
        description="Name of the rulebook edition.",
    )
    rule: str = Field(
        max_length=LONGEST_NAME,
        examples=["dynamic-score-to-doj"],
        description="Name of a rule of that edition.",
    )
    facts: dict[str, WrittenMoment] = Field(
        examples=[{"receipt": "2026-11-20"}],
        description="When each fact happened, by the fact's name: a day, or an instant with "
        "its UTC offset.",
    )
    evidence: dict[str, Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict,
        examples=[{"receipt": "score receipt 17"}],
        description="A reference that proves each fact, by the fact's name. May be omitted.",
    )

    agency: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Code of the agency that would owe it, to apply that agency's calendar. "
        "If omitted, the rule's own calendar applies.",
    )

    def stated_facts(self, edition: Edition) -> list[Fact]:
        """Return the facts; raises InvalidInputError with those that the edition does not have."""
        unknown = sorted({*self.facts, *self.evidence} - set(edition.fact_words))
        if unknown:
            raise InvalidInputError(
                f"edition {edition.name} has no fact named {', '.join(unknown)}",
                code="unknown-fact",
                faults=[
                    Fault(f"facts.{name}", "is not a fact of this edition") for name in unknown
                ],
            )
        return [Fact(name, at, self.evidence.get(name)) for name, at in self.facts.items()]


@_duties.get("", operation_id="list_duties", dependencies=[_SEES_DUTIES])
async def get_duties(
    tx: CurrentTransaction, cases: CurrentCases, query: Annotated[DutyQuery, Query()]
) -> Page[DutyAnswer]:
    """List the duties that you may see, soonest due first unless `sort` changes it.

    Cases whose duties are shown are recorded in the audit trail, once per page.
    """
    after = moment_cursor(query.after)
    narrowed = DutyFilter(**query.model_dump(exclude={"limit", "after", "sort"}))
    found = await duty_queries.listed(
        tx, narrowed, cases, sort=query.sort, after=after, limit=query.limit
    )
    shown, cursor = page_of(
        found,
        query.limit,
        lambda duty: (duty.due_at.isoformat(), duty.id),
    )
    await cases.audit(tx, "duty.listed", [duty.case_id for duty in shown])
    return Page(items=[duty_answer(duty, tx.now) for duty in shown], next=cursor)


@_duties.get("/{duty_id}", operation_id="show_duty", dependencies=[_SEES_DUTIES])
async def get_duty(
    tx: CurrentTransaction, cases: CurrentCases, duty_id: UUID, response: Response
) -> DutyWithHistoryAnswer:
    """Show one duty with its history and notices. The access is recorded in the audit trail."""
    duty = await duty_queries.by_id(tx, duty_id, cases)
    await cases.audit(tx, "duty.read", [duty.case_id])
    changes = await duty_queries.history(tx, duty_id)
    notices = await duty_queries.notices(tx, duty_id)
    set_etag(response, duty.version)
    return duty_with_history(duty_answer(duty, tx.now), changes, notices)


@_duties.get("/{duty_id}/explanation", operation_id="explain_duty", dependencies=[_SEES_DUTIES])
async def get_explanation(
    tx: CurrentTransaction, cases: CurrentCases, law: CurrentLaw, duty_id: UUID
) -> DutyExplanationAnswer:
    """Explain why the due date is what it is: in words, and each day counted or not.

    The date is counted again under the stored law that first counted it. If the date has changed,
    `due_dates` lists each one. The access is recorded in the audit trail.
    """
    duty = await duty_queries.by_id(tx, duty_id, cases)
    await cases.audit(tx, "duty.explained", [duty.case_id])
    counted = await kept_laws.counted_again(tx, law, duty, duty.pauses)
    return duty_explanation(counted.explanation, await duty_queries.history(tx, duty_id))


@_previews.post("", operation_id="preview_deadline", dependencies=[allow(*Role)])
async def post_deadline_preview(law: CurrentLaw, preview: DeadlinePreview) -> DeadlinePreviewAnswer:
    """Compute a deadline: who would owe the duty and when it would be due. Stores nothing."""
    edition = law.library.edition(preview.edition)
    facts = preview.stated_facts(edition)
    try:
        counted = deadline(edition, preview.rule, facts, law.calendars, agency=preview.agency)
        return preview_answer(counted)
    except NoDutyError as none:
        return DeadlinePreviewAnswer(
            edition=edition.name,
            rule=preview.rule,
            is_owed=False,
            reason=none.detail,
            citation=none.citation,
        )
