"""DOJ's notices: taken from DOJ, looked up by both sides; the person is never shown."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, status
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from doj_gateway.api.personal_fields import CurrentPersonalFields
from doj_gateway.api.readers import READERS
from doj_gateway.domain.notices import Notice, NoticeState
from doj_gateway.storage.notices import Identifiers, NoticeFilter
from doj_gateway.use_cases import list_notices as listing
from doj_gateway.use_cases import receive_notice as receiving
from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.years import Years
from shared.plain_dates import PlainDate, PlainInstant
from shared.security.principals import Role

router = guarded_router("/v1/notices", tags=["notices"])
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,62}$")]
Text = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$", min_length=1, max_length=120)
]
Day = Annotated[PlainDate, Years(EARLIEST_YEAR, LATEST_YEAR)]
Instant = Annotated[PlainInstant, Years(EARLIEST_YEAR, LATEST_YEAR), AfterValidator(_in_utc)]


class NoticedPersonBody(BaseModel):
    """By what DOJ names the person; kept sealed."""

    model_config = ConfigDict(extra="forbid")

    cii_number: Text
    birth_date: Day
    family_name: Text


class NoticeBody(BaseModel):
    """DOJ saw a result that its online tool submitted by itself."""

    model_config = ConfigDict(extra="forbid")

    notice_id: Code = Field(description="DOJ's own id; a repeated one gets the same answer.")
    instrument: Code = Field(examples=["ls-cmi"])
    assessed_on: Day
    seen_at: Instant = Field(description="When DOJ saw it.")
    person: NoticedPersonBody


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
    instrument: str
    assessed_on: date
    seen_at: datetime
    state: NoticeState
    received_at: datetime
    expectation_id: UUID | None
    case_id: UUID | None
    matched_at: datetime | None
    acknowledged_at: datetime | None


class TakenNoticeAnswer(BaseModel):
    """What DOJ hears: the notice is kept, whenever it is matched."""

    notice_id: UUID
    doj_notice_id: str
    received_at: datetime


@router.post(
    "",
    operation_id="receive_notice",
    status_code=status.HTTP_201_CREATED,
    responses={200: {"model": TakenNoticeAnswer, "description": "It was taken before."}},
    dependencies=[allow(Role.DOJ)],
)
async def receive_notice(
    tx: CurrentTransaction, body: NoticeBody, fields: CurrentPersonalFields, response: Response
) -> TakenNoticeAnswer:
    """Take DOJ's notice of an automatic result; it is matched and acknowledged by and by."""
    command = receiving.ReceiveNotice(
        doj_notice_id=body.notice_id,
        instrument=body.instrument,
        assessed_on=body.assessed_on,
        seen_at=body.seen_at,
        person=Identifiers(**body.person.model_dump()),
    )
    taken = await receiving.receive_notice(tx, command, fields)
    if not taken.is_new:
        response.status_code = status.HTTP_200_OK
    notice = taken.notice
    return TakenNoticeAnswer(
        notice_id=notice.id, doj_notice_id=notice.doj_notice_id, received_at=notice.received_at
    )


@router.get("", operation_id="list_notices", dependencies=[READERS])
async def list_notices(
    tx: CurrentTransaction, query: Annotated[NoticeQuery, Query()]
) -> Page[NoticeAnswer]:
    """List the notices you may see, the oldest first; unmatched ones are the operators' to see."""
    found = await listing.list_notices(
        tx,
        NoticeFilter(query.case_id, query.state),
        after=decode_cursor(query.after, UUID)[0] if query.after else None,
        limit=query.limit,
    )
    shown, cursor = page_of(found, query.limit, lambda notice: (notice.id,))
    return Page(items=[_answer(each) for each in shown], next=cursor)


def _answer(notice: Notice) -> NoticeAnswer:
    same = NoticeAnswer.model_fields.keys() - {"notice_id"}
    values: dict[str, object] = {name: getattr(notice, name) for name in same}
    return NoticeAnswer.model_validate(values | {"notice_id": notice.id})
