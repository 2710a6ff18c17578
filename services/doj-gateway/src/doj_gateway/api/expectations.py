"""Route that lists expectations: scores that reach DOJ without the gateway."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from doj_gateway.api.readers import READERS
from doj_gateway.domain.notices import Expectation, ExpectationState
from doj_gateway.storage.expectations import ExpectationFilter
from doj_gateway.use_cases.list_expectations import list_expectations
from shared.http.paging import LARGEST_PAGE, Page, id_cursor, page_of
from shared.http.routes import CurrentTransaction, guarded_router

router = guarded_router("/v1/expectations", tags=["expectations"])


class ExpectationQuery(BaseModel):
    """Filters and paging of the list of expectations."""

    model_config = ConfigDict(extra="forbid")

    case_id: UUID | None = Field(default=None, description="Only expectations of this case.")
    state: ExpectationState | None = Field(
        default=None,
        description="`open`: only scores that DOJ has not seen yet. `met`: only scores that DOJ "
        "has seen. If omitted, both.",
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="Maximum number of items on a page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. If omitted, the first page.",
    )


class ExpectationAnswer(BaseModel):
    """A score that reaches DOJ from the tool in which it was scored, without the gateway."""

    expectation_id: UUID
    assessment_id: UUID = Field(description="ID of the assessment in the scoring service.")
    version: int = Field(description="Version of the assessment.")
    case_id: UUID
    instrument: str = Field(description="Code of the risk assessment instrument.")
    assessed_on: date = Field(description="Day of scoring.")
    state: ExpectationState = Field(
        description="`open`: DOJ has not seen the score yet. `met`: a DOJ notice was matched to it."
    )
    opened_at: datetime = Field(description="When the expectation was recorded.")
    notice_id: UUID | None = Field(
        description="ID of the matched DOJ notice. Null while the expectation is open."
    )
    seen_at: datetime | None = Field(
        description="When DOJ saw the score, by DOJ's own time if it is plausible, else when its "
        "notice arrived. Null while the expectation is open."
    )


@router.get("", operation_id="list_expectations", dependencies=[READERS])
async def get_expectations(
    tx: CurrentTransaction, query: Annotated[ExpectationQuery, Query()]
) -> Page[ExpectationAnswer]:
    """List the expectations that the caller may see, oldest first."""
    found = await list_expectations(
        tx,
        ExpectationFilter(query.case_id, query.state),
        after=id_cursor(query.after),
        limit=query.limit,
    )
    shown, cursor = page_of(found, query.limit, lambda expectation: (expectation.id,))
    return Page(items=[_answer(each) for each in shown], next=cursor)


def _answer(expectation: Expectation) -> ExpectationAnswer:
    same = ExpectationAnswer.model_fields.keys() - {"expectation_id"}
    values: dict[str, object] = {name: getattr(expectation, name) for name in same}
    return ExpectationAnswer.model_validate(values | {"expectation_id": expectation.id})
