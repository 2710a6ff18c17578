"""Deficiency notices: they tell an applicant what an application lacks."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from certification.api.application_bodies import MOST_ITEMS
from certification.domain.deficiencies import DEFAULT_REASON
from certification.parts import CurrentParts
from certification.use_cases.send_deficiency_notice import (
    SendDeficiencyNotice,
    send_deficiency_notice,
)
from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import Code, Lines, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["deficiencies"])


class MissingItemBody(RequestBody):
    """One checklist item to request, and what is wrong with it."""

    item: Code = Field(description="Code of the checklist item.")
    reason: Lines = Field(
        default=DEFAULT_REASON,
        description="Why the item is requested. Anybody with the status token can read it, so do "
        "not name people. If omitted, `not received`.",
    )


class DeficiencyBody(RequestBody):
    """The checklist items to put on the notice."""

    items: Annotated[
        tuple[MissingItemBody, ...] | None, Field(min_length=1, max_length=MOST_ITEMS)
    ] = Field(
        default=None, description="The items to request. If omitted, every item that is missing."
    )

    @field_validator("items")
    @classmethod
    def refuse_repetition(
        cls, items: tuple[MissingItemBody, ...] | None
    ) -> tuple[MissingItemBody, ...] | None:
        """Refuse an item that is listed twice, because it would have two reasons."""
        codes = [each.item for each in items or ()]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise PydanticCustomError(
                "repeated_item", "must not list {twice} more than once", {"twice": ", ".join(twice)}
            )
        return items


class DeficiencySentAnswer(BaseModel):
    """The deficiency notice that was sent."""

    deficiency_id: UUID
    items: list[str] = Field(description="Codes of the checklist items on the notice.")
    answer_due_on: date = Field(description="Last day on which the applicant can answer.")


@router.post(
    "/{application_id}/deficiencies",
    operation_id="send_deficiency_notice",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_deficiency(
    application_id: UUID,
    body: DeficiencyBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    seen: SeenVersion,
    response: Response,
) -> DeficiencySentAnswer:
    """Send the applicant a deficiency notice.

    The application then waits on the applicant, and the Board's 45-day clock is paused if it was
    running.
    """
    items = {each.item: each.reason for each in body.items or ()}
    command = SendDeficiencyNotice(application_id, items, seen)
    sent = await send_deficiency_notice(tx, law, parts.standards, command)
    notice = sent.notice
    response.headers["Location"] = f"/v1/applications/{application_id}"
    set_etag(response, sent.application_version)
    return DeficiencySentAnswer(
        deficiency_id=notice.id,
        items=[each.item for each in notice.items],
        answer_due_on=notice.answer_due_on,
    )
