"""DOJ's notices: taken from DOJ, looked up by both sides; the person is shown to operators alone.

The body of a notice is taken as DOJ writes it; see `partners.said_notices`.
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
from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
from shared.http.routes import CurrentPersonalFields, CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/notices", tags=["notices"])


class NoticeQuery(BaseModel):
    """How a list is narrowed and paged."""

    model_config = ConfigDict(extra="forbid")

    case_id: UUID | None = None
    state: NoticeState | None = None
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = None


class NoticeAnswer(BaseModel):
    """One notice, without the person."""

    notice_id: UUID
    doj_notice_id: str
    version: int = Field(description="1, and one more for each correction by DOJ.")
    instrument: str | None = Field(description="Null if DOJ's name of it is not known here.")
    assessed_on: date | None = Field(description="As DOJ says. Null if it cannot be read.")
    seen_at: datetime | None = Field(description="When DOJ saw it. Null if it cannot be read.")
    state: NoticeState = Field(
        description="`received` waits for its score. `unclear` is looked at by an operator; "
        "`because` says why."
    )
    because: str | None = Field(
        description="Why a person must look, as a code, for example `instrument-unknown`, "
        "`person-name-differs` or `no-score-expected`. Null unless the notice is unclear."
    )
    received_at: datetime
    expectation_id: UUID | None
    case_id: UUID | None
    days_apart: int | None = Field(
        description="Our day of the assessment less DOJ's, in days: 0 if they agree. Null until "
        "the notice is matched, or if DOJ's day cannot be read."
    )
    is_matched_by_hand: bool = Field(description="Whether an operator matched it.")
    matched_at: datetime | None
    acknowledged_at: datetime | None


class TakenNoticeAnswer(BaseModel):
    """What DOJ hears: the notice is kept, whenever it is matched."""

    notice_id: UUID
    doj_notice_id: str
    version: int = Field(description="1, and one more for each correction.")
    received_at: datetime


class MatchBody(RequestBody):
    """Which expected score the notice is about."""

    expectation_id: UUID


@router.post(
    "",
    operation_id="receive_notice",
    status_code=status.HTTP_201_CREATED,
    responses={200: {"model": TakenNoticeAnswer, "description": "It was taken before."}},
    dependencies=[allow(Role.DOJ)],
)
async def post_notice(
    tx: CurrentTransaction, body: NoticeBody, fields: CurrentPersonalFields, response: Response
) -> TakenNoticeAnswer:
    """Take DOJ's notice of an automatic result; it is matched and acknowledged by and by.

    A notice repeated under the same id changes nothing: instants count to the second, and fields
    not listed here are ignored. Other content under the id is kept as a correction.
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
    """Show what DOJ wrote beside the persons and scores it may be about. The look is audited."""
    return comparison_answer(await compare_notice(tx, notice_id, fields, supervision))


@router.post(
    "/{notice_id}/matches",
    operation_id="match_notice_by_hand",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OPERATOR)],
)
async def post_match(tx: CurrentTransaction, notice_id: UUID, body: MatchBody) -> NoticeAnswer:
    """Say which expected score an unmatched notice is about; DOJ then gets its acknowledgment."""
    matched = await match_notice_by_hand(tx, notice_id, body.expectation_id)
    return _answer(matched)


@router.get("", operation_id="list_notices", dependencies=[READERS])
async def get_notices(
    tx: CurrentTransaction, query: Annotated[NoticeQuery, Query()]
) -> Page[NoticeAnswer]:
    """List the notices you may see, the oldest first; unmatched ones are the operators' to see."""
    found = await list_notices(
        tx,
        NoticeFilter(query.case_id, query.state),
        after=decode_cursor(query.after, UUID)[0] if query.after else None,
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
