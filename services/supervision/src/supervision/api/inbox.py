"""Route that lists the scores shared with a unit."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from shared.http.paging import After, Limit, Page, moment_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.security.principals import Role
from supervision.domain.receipts import InboxItem
from supervision.use_cases.list_inbox import list_inbox

router = guarded_router("/v1/inbox", tags=["inbox"])


class InboxState(StrEnum):
    """Whether an officer has recorded the receipt of a shared score."""

    WAITING = "waiting"
    RECEIVED = "received"


class InboxItemAnswer(BaseModel):
    """A score shared with the unit. The scoring service shows the score itself."""

    share_id: UUID = Field(description="ID of the share. Send it to record the receipt.")
    assessment_id: UUID = Field(description="ID of the assessment in the scoring service.")
    case_id: UUID
    instrument: str = Field(description="Code of the risk assessment instrument.")
    assessed_on: date = Field(description="Day of scoring.")
    provider_id: UUID = Field(description="ID of the provider who shared the score.")
    officer_id: UUID = Field(
        description="ID of the officer who supervised the case when the score was shared."
    )
    shared_at: datetime = Field(description="When the provider shared the score.")
    received_at: datetime | None = Field(
        description="When an officer received the score. Null until a receipt is recorded."
    )


@router.get("", operation_id="list_inbox", dependencies=[allow(Role.OFFICER, Role.UNIT_SUPERVISOR)])
async def get_inbox(
    tx: CurrentTransaction,
    state: Annotated[
        InboxState | None,
        Query(
            description="`waiting`: only scores without a recorded receipt. `received`: only "
            "scores with one. If omitted, both."
        ),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[InboxItemAnswer]:
    """List the scores shared with the caller's unit, oldest first."""
    found = await list_inbox(
        tx,
        is_received=None if state is None else state is InboxState.RECEIVED,
        after=moment_cursor(after),
        limit=limit,
    )
    shown, cursor = page_of(
        found, limit, lambda item: (item.share.shared_at.isoformat(), item.share.id)
    )
    return Page(items=[_answer(item) for item in shown], next=cursor)


def _answer(item: InboxItem) -> InboxItemAnswer:
    share = item.share
    return InboxItemAnswer(
        share_id=share.id,
        assessment_id=share.assessment_id,
        case_id=share.case_id,
        instrument=share.instrument,
        assessed_on=share.assessed_on,
        provider_id=share.provider_id,
        officer_id=share.officer_id,
        shared_at=share.shared_at,
        received_at=item.received_at,
    )
