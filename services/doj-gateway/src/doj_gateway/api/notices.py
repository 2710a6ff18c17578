"""Routes for DOJ's notices of scores. Only operators see the person named in a notice.

A notice is accepted in the form in which DOJ writes it (`partners.said_notices`).
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from doj_gateway.api.notice_comparisons import ComparisonAnswer, comparison_answer
from doj_gateway.api.readers import READERS
from doj_gateway.domain.notices import DojNotice, NoticeState
from doj_gateway.partners.said_notices import NoticeBody
from doj_gateway.parts import CurrentSupervision
from doj_gateway.storage.notices import NoticeFilter
from doj_gateway.use_cases.compare_notice import compare_notice
from doj_gateway.use_cases.list_notices import list_notices
from doj_gateway.use_cases.match_notice_by_hand import match_notice_by_hand
from doj_gateway.use_cases.receive_notice import receive_notice
from shared.http.paging import LARGEST_PAGE, Page, id_cursor, page_of
from shared.http.routes import CurrentPersonalFields, CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/notices", tags=["notices"])


class NoticeQuery(BaseModel):
    """Filters and paging of the list of notices."""

    model_config = ConfigDict(extra="forbid")

    case_id: UUID | None = Field(default=None, description="Only notices matched to this case.")
    state: NoticeState | None = Field(
        default=None, description="Only notices in this state. If omitted, all states."
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="Maximum number of items on a page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. If omitted, the first page.",
    )


class NoticeAnswer(BaseModel):
    """A DOJ notice, without the person whom it names."""

    notice_id: UUID = Field(description="ID of the notice in this system.")
    doj_notice_id: str = Field(description="DOJ's own ID of the notice.")
    version: int = Field(description="1 for the first version; each correction by DOJ adds 1.")
    instrument: str | None = Field(
        description="Code of the instrument. Null if DOJ's name for it is not known here."
    )
    assessed_on: date | None = Field(
        description="Day of scoring according to DOJ. Null if it cannot be read."
    )
    seen_at: datetime | None = Field(
        description="When DOJ saw the score, according to DOJ. Null if it cannot be read."
    )
    state: NoticeState = Field(
        description="`received`: waiting for its score to be recorded here. `unclear`: an operator "
        "must match it; `because` gives the reason. `matched`: its score was found; DOJ has not "
        "confirmed our acknowledgment yet. `acknowledged`: DOJ has."
    )
    because: str | None = Field(
        description="Code of the reason why an operator must examine the notice, such as "
        "`instrument-unknown`, `person-name-differs` or `no-score-expected`. Null unless the state "
        "is `unclear`."
    )
    received_at: datetime = Field(description="When the notice first arrived.")
    expectation_id: UUID | None = Field(
        description="ID of the expected score that it was matched to. Null until it is matched."
    )
    case_id: UUID | None = Field(
        description="ID of the case of that score. Null until the notice is matched."
    )
    days_apart: int | None = Field(
        description="Number of days from DOJ's day of scoring to ours; 0 if they agree, negative "
        "if ours is earlier. Null until the notice is matched, or if DOJ's day cannot be read."
    )
    is_matched_by_hand: bool = Field(description="Whether an operator matched the notice.")
    matched_at: datetime | None = Field(description="When the notice was matched. Null until then.")
    acknowledged_at: datetime | None = Field(
        description="When DOJ took our acknowledgment, by DOJ's own time. Null until then."
    )


class TakenNoticeAnswer(BaseModel):
    """Confirmation that the notice is stored. It is matched and acknowledged later."""

    notice_id: UUID = Field(description="ID of the notice in this system.")
    doj_notice_id: str = Field(description="DOJ's own ID of the notice, as sent.")
    version: int = Field(description="1 for the first version; each correction adds 1.")
    received_at: datetime = Field(description="When the notice first arrived.")


class MatchBody(RequestBody):
    """The expected score that the notice is about."""

    expectation_id: UUID = Field(
        description="ID of an open expectation, from the comparison of the notice."
    )


@router.post(
    "",
    operation_id="receive_notice",
    status_code=status.HTTP_201_CREATED,
    responses={
        200: {"model": TakenNoticeAnswer, "description": "The same notice is already stored."}
    },
    dependencies=[allow(Role.DOJ)],
)
async def post_notice(
    tx: CurrentTransaction, body: NoticeBody, fields: CurrentPersonalFields, response: Response
) -> TakenNoticeAnswer:
    """Receive DOJ's notice of a score that reached DOJ without the gateway.

    The notice is stored at once, then matched and acknowledged in the background. The same content
    under the same ID changes nothing; fractions of a second and unknown fields are ignored.
    Different content under the same ID is stored as a correction.
    """
    taken = await receive_notice(tx, body.notice_id, body.said(), fields)
    if not taken.is_new:
        response.status_code = status.HTTP_200_OK
    notice = taken.notice
    return TakenNoticeAnswer(
        notice_id=notice.id,
        doj_notice_id=notice.doj_notice_id,
        version=notice.version,
        received_at=notice.received_at,
    )


@router.get(
    "/{notice_id}/comparison",
    operation_id="compare_notice",
    dependencies=[allow(Role.OPERATOR)],
)
async def get_notice_comparison(
    tx: CurrentTransaction,
    notice_id: UUID,
    fields: CurrentPersonalFields,
    supervision: CurrentSupervision,
) -> ComparisonAnswer:
    """Show a notice as DOJ wrote it, beside the persons and scores that it may be about.

    Each view is recorded in the audit record.
    """
    return comparison_answer(await compare_notice(tx, notice_id, fields, supervision))


@router.post(
    "/{notice_id}/matches",
    operation_id="match_notice_by_hand",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OPERATOR)],
)
async def post_match(tx: CurrentTransaction, notice_id: UUID, body: MatchBody) -> NoticeAnswer:
    """Match a notice to an expected score by hand. DOJ then receives the acknowledgment."""
    matched = await match_notice_by_hand(tx, notice_id, body.expectation_id)
    return _answer(matched)


@router.get("", operation_id="list_notices", dependencies=[READERS])
async def get_notices(
    tx: CurrentTransaction, query: Annotated[NoticeQuery, Query()]
) -> Page[NoticeAnswer]:
    """List the notices that the caller may see, oldest first.

    Only operators and auditors see notices that are not matched to a case.
    """
    found = await list_notices(
        tx,
        NoticeFilter(query.case_id, query.state),
        after=id_cursor(query.after),
        limit=query.limit,
    )
    shown, cursor = page_of(found, query.limit, lambda notice: (notice.id,))
    return Page(items=[_answer(each) for each in shown], next=cursor)


def _answer(notice: DojNotice) -> NoticeAnswer:
    told: dict[str, object] = {
        "notice_id": notice.id,
        "is_matched_by_hand": notice.matched_by is not None,
    }
    same = NoticeAnswer.model_fields.keys() - told.keys()
    return NoticeAnswer.model_validate({name: getattr(notice, name) for name in same} | told)
