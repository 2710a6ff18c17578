"""The work item routes that every service has: list, show and close."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from shared.http.etags import set_etag
from shared.http.paging import LARGEST_PAGE, Page, moment_cursor, page_of
from shared.http.routes import CurrentCases, CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.law.duty.duty_queries import SEE_AGENCY, SEE_BOARDS, SEE_OWN, SEE_PROGRAM
from shared.security.principals import Role
from shared.work_items import work_item_queries
from shared.work_items.resolve_work_item import resolve_work_item
from shared.work_items.work_item_answers import WorkItemAnswer, work_item_answer
from shared.work_items.work_item_queries import READERS, WorkItemFilter
from shared.work_items.work_items import PersonsResolution

LONGEST_NAME = 100

_work_items = guarded_router("/v1/work-items", tags=["work items"])
_READS = allow(*READERS)
_RESOLVES = allow(Role.OPERATOR, *SEE_BOARDS, *SEE_AGENCY, *SEE_PROGRAM, *SEE_OWN)


def work_item_routers() -> list[APIRouter]:
    """Return the routers that a service adds to its own."""
    return [_work_items]


class WorkItemQuery(BaseModel):
    """Filters and paging of the list of work items."""

    model_config = ConfigDict(extra="forbid")

    kind: str | None = Field(
        default=None, max_length=LONGEST_NAME, description="Only work items of this kind."
    )
    subject_kind: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only work items about this kind of record.",
    )
    subject_id: UUID | None = Field(default=None, description="Only work items about this record.")
    case_id: UUID | None = Field(default=None, description="Only work items of this case.")
    owner_role: Role | None = Field(
        default=None, description="Only work items that this role must handle."
    )
    owner_agency: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only work items of this agency (code) or program (ID).",
    )
    owner_unit: str | None = Field(
        default=None,
        max_length=LONGEST_NAME,
        description="Only work items of the unit with this code.",
    )
    owner_person: UUID | None = Field(
        default=None, description="Only work items assigned to this person."
    )
    is_open: bool | None = Field(
        default=None,
        description="If true, only open work items. If false, only resolved ones. If "
        "omitted, both.",
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="The maximum number of items on one page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. Omit it for the first page.",
    )


class ResolutionBody(RequestBody):
    """How a person closes a work item."""

    resolution: PersonsResolution = Field(
        description="`handled`: done; `not-needed`: needs no action; `opened-wrongly`: "
        "opened in error."
    )


@_work_items.get("", operation_id="list_work_items", dependencies=[_READS])
async def get_work_items(
    tx: CurrentTransaction, cases: CurrentCases, query: Annotated[WorkItemQuery, Query()]
) -> Page[WorkItemAnswer]:
    """List the work items that you may see, oldest first.

    Cases whose work items are shown are recorded in the audit trail, once per page.
    """
    after = moment_cursor(query.after)
    narrowed = WorkItemFilter(**query.model_dump(exclude={"limit", "after"}))
    found = await work_item_queries.listed(tx, narrowed, after=after, limit=query.limit)
    shown, cursor = page_of(found, query.limit, lambda item: (item.opened_at.isoformat(), item.id))
    await cases.audit(tx, "work-item.listed", [item.opening.case_id for item in shown])
    return Page(items=[work_item_answer(item) for item in shown], next=cursor)


@_work_items.get("/{work_item_id}", operation_id="show_work_item", dependencies=[_READS])
async def get_work_item(
    tx: CurrentTransaction, cases: CurrentCases, work_item_id: UUID, response: Response
) -> WorkItemAnswer:
    """Show one work item. If it is about a case, the access is recorded in the audit trail."""
    item = await work_item_queries.by_id(tx, work_item_id)
    await cases.audit(tx, "work-item.read", [item.opening.case_id])
    set_etag(response, item.version)
    return work_item_answer(item)


@_work_items.post(
    "/{work_item_id}/resolutions",
    operation_id="resolve_work_item",
    status_code=201,
    dependencies=[_RESOLVES],
)
async def post_resolution(
    tx: CurrentTransaction, work_item_id: UUID, body: ResolutionBody, response: Response
) -> WorkItemAnswer:
    """Close a work item by hand. If it is already resolved, the answer is 409 with how and when."""
    item = await resolve_work_item(tx, work_item_id, body.resolution)
    set_etag(response, item.version)
    return work_item_answer(item)
