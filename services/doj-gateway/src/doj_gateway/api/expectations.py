"""Expectations: scores that reach DOJ by themselves, and whether DOJ saw them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from doj_gateway.api.readers import READERS
from doj_gateway.domain.notices import Expectation, ExpectationState
from doj_gateway.storage.expectations import ExpectationFilter
from doj_gateway.use_cases.list_expectations import list_expectations
from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, guarded_router

router = guarded_router("/v1/expectations", tags=["expectations"])


class ExpectationQuery(BaseModel):
    """How a list is narrowed and paged."""

    model_config = ConfigDict(extra="forbid")

    case_id: UUID | None = None
    state: ExpectationState | None = None
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = None


class ExpectationAnswer(BaseModel):
    """One score expected at DOJ; `seen_at` is DOJ's own time."""

    expectation_id: UUID
    assessment_id: UUID
    version: int = Field(description="Of the assessment.")
    case_id: UUID
    instrument: str
    assessed_on: date
    state: ExpectationState
    opened_at: datetime
    notice_id: UUID | None
    seen_at: datetime | None


@router.get("", operation_id="list_expectations", dependencies=[READERS])
async def get_expectations(
    tx: CurrentTransaction, query: Annotated[ExpectationQuery, Query()]
) -> Page[ExpectationAnswer]:
    """List the expectations you may see, the oldest first."""
    found = await list_expectations(
        tx,
        ExpectationFilter(query.case_id, query.state),
        after=decode_cursor(query.after, UUID)[0] if query.after else None,
        limit=query.limit,
    )
    shown, cursor = page_of(found, query.limit, lambda expectation: (expectation.id,))
    return Page(items=[_answer(each) for each in shown], next=cursor)


def _answer(expectation: Expectation) -> ExpectationAnswer:
    same = ExpectationAnswer.model_fields.keys() - {"expectation_id"}
    values: dict[str, object] = {name: getattr(expectation, name) for name in same}
    return ExpectationAnswer.model_validate(values | {"expectation_id": expectation.id})
