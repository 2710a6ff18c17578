"""The register's public change feed, for systems that keep a copy or watch some numbers."""

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
    """One change of one entry. Look up the entry itself by its number."""

    sequence: int = Field(
        description="Position in the service's log. It increases, but numbers can be skipped."
    )
    kind: Kind = Field(description="Whether the holder is a provider or a program.")
    number: str = Field(description="Public number of the holder.")
    change: str = Field(
        description="`granted`, `recorded` (from an imported list), `corrected` (its dates), "
        "`amended` (its holder's name, its level or its conditions), `suspended`, `reinstated`, "
        "`revoked`, `surrendered`, `renewed`, `upgraded`, `expired` or `voided`."
    )
    effective_on: date = Field(description="First day on which the change is in effect.")
    announced_at: datetime = Field(description="When the change was announced.")


class RegisterChangePage(BaseModel):
    """One page of changes."""

    items: list[RegisterChangeAnswer]
    next: str = Field(
        description="Cursor for the next request (`after`). Never null, because later changes "
        "follow it."
    )
    is_at_the_end: bool = Field(
        description="Whether there were no further changes when this page was read."
    )


@router.get("", operation_id="list_register_changes")
async def get_register_changes(
    tx: CurrentTransaction,
    after: Annotated[
        AfterPosition | None,
        Query(
            description="Cursor: the `next` of the previous page. If omitted, from the first "
            "change."
        ),
    ] = None,
    limit: Annotated[
        int, Query(ge=1, le=LARGEST_PAGE, description="Largest number of changes on a page.")
    ] = 100,
) -> RegisterChangePage:
    """List changes of the register in order.

    A page can be empty before the end; read on until `is_at_the_end` is true.
    """
    position = Position.read(after) if after else None
    found = await list_register_changes(tx, position, limit)
    return RegisterChangePage(
        items=[RegisterChangeAnswer(**vars(change)) for change in found.changes],
        next=str(found.page.next),
        is_at_the_end=found.page.is_at_the_end,
    )
