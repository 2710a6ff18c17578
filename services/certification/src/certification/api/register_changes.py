"""The register's public feed: what changed, for those who keep a copy or watch some numbers."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from certification.domain.applications import Kind
from certification.use_cases.list_register_changes import list_register_changes
from shared.http.routes import CurrentTransaction, public_router
from shared.messaging.api.event_query import AfterPosition
from shared.messaging.log.positions import Position

router = public_router("/v1/register/changes", tags=["register"])

LARGEST_PAGE = 1_000


class RegisterChangeAnswer(BaseModel):
    """One change of one entry; the entry itself is looked up by its number."""

    sequence: int = Field(description="Place in the service's log; grows, with holes.")
    kind: Kind
    number: str
    change: str = Field(
        description="`granted`, `recorded` (a list brought it in), `corrected` (its dates),"
        " `amended` (its holder's name, its level or its conditions), `suspended`, `reinstated`,"
        " `revoked`, `surrendered`, `renewed`, `upgraded`, `expired` or `voided`."
    )
    effective_on: date = Field(description="From which day it holds.")
    announced_at: datetime


class RegisterChangePage(BaseModel):
    """What changed after a position."""

    items: list[RegisterChangeAnswer]
    next: str = Field(description="Where to read on; never null, for the register goes on.")
    is_at_the_end: bool = Field(description="Whether nothing more had changed at that moment.")


@router.get("", operation_id="list_register_changes")
async def get_register_changes(
    tx: CurrentTransaction,
    after: Annotated[
        AfterPosition | None,
        Query(description="The `next` of the page before; left out: from the beginning."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Changes on a page.")] = 100,
) -> RegisterChangePage:
    """List changes in their order; an empty page is the end only where it says so."""
    position = Position.read(after) if after else None
    found = await list_register_changes(tx, position, limit)
    return RegisterChangePage(
        items=[RegisterChangeAnswer(**vars(change)) for change in found.changes],
        next=str(found.page.next),
        is_at_the_end=found.page.is_at_the_end,
    )
