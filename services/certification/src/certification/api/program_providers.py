"""Links between programs and the providers who work with them; the Board records them."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from certification.api.program_shapes import (
    LinkedProviderAnswer,
    ProgramSpanEndBody,
    linked_provider_answer,
)
from certification.api.programs import BOARD, SEES, VisibleProgram
from certification.domain.day_bounds import BEGINS_BY
from certification.use_cases.link_provider import LinkKept, LinkProvider, end_link, link_provider
from certification.use_cases.show_program import list_program_providers
from shared.http.etags import SeenVersion, set_etag
from shared.http.paging import After, Limit, Page, id_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Line, RequestBody
from shared.law.api.law_dependency import CurrentLaw

router = guarded_router("/v1/programs", tags=["programs"])


class LinkBody(RequestBody):
    """The provider who works with the program.

    Send either `provider_id` or `number`.
    """

    provider_id: UUID | None = Field(
        default=None, description="ID of the provider. Omit if `number` is sent."
    )
    number: Line | None = Field(
        default=None,
        description="Public number of the provider, for example `PRV-000001`. Omit if "
        "`provider_id` is sent.",
        examples=[None],
    )
    effective_from: CalendarDate | None = Field(
        default=None, description=f"First day of the link. If omitted, today. {BEGINS_BY}"
    )

    @model_validator(mode="after")
    def name_one_provider(self) -> Self:
        """Require exactly one of `provider_id` and `number`."""
        if (self.provider_id is None) == (self.number is None):
            raise PydanticCustomError(
                "provider", "exactly one of `provider_id` and `number` is required"
            )
        return self


class LinkAnswer(BaseModel):
    """One link between a program and a provider."""

    link_id: UUID
    program_id: UUID
    provider_id: UUID
    effective_from: date = Field(description="First day of the link.")
    effective_until: date | None = Field(
        description="First day without the link. Null if no end is recorded."
    )


class ProvidersPage(Page[LinkedProviderAnswer]):
    """One page of the providers linked with a program on a day."""

    as_of: date = Field(description="The day for which the links are shown.")


@router.post(
    "/{program_id}/providers",
    operation_id="link_provider",
    status_code=201,
    dependencies=[allow(*BOARD)],
)
async def post_program_provider(
    program_id: UUID,
    body: LinkBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    seen: SeenVersion,
    response: Response,
) -> LinkAnswer:
    """Link a provider with a program.

    Both must be certified on the first day of the link.
    """
    command = LinkProvider(program_id=program_id, seen_version=seen, **dict(body))
    return _answer(await link_provider(tx, law, command), response)


@router.post(
    "/{program_id}/providers/{link_id}/endings",
    operation_id="end_provider_link",
    status_code=201,
    dependencies=[allow(*BOARD)],
)
async def post_provider_ending(
    program_id: UUID,
    link_id: UUID,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
    body: ProgramSpanEndBody | None = None,
) -> LinkAnswer:
    """End a link, or correct its end by naming another day.

    The link and the change stay on record.
    """
    on = body.effective_on if body else None
    kept = await end_link(tx, program_id, link_id, on=on, seen_version=seen)
    return _answer(kept, response)


@router.get("/{program_id}/providers", operation_id="list_program_providers", dependencies=[SEES])
async def get_program_providers(
    program_id: VisibleProgram,
    tx: CurrentTransaction,
    as_of: Annotated[
        CalendarDate | None,
        Query(description="The day for which to list the links. If omitted, today."),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> ProvidersPage:
    """List the providers linked with a program on a day, with their status on that day."""
    day = as_of or tx.today
    beyond = id_cursor(after)
    found = await list_program_providers(tx, program_id, day, beyond=beyond, limit=limit)
    shown, following = page_of(found, limit, lambda each: (each.link.id,))
    items = [linked_provider_answer(each) for each in shown]
    return ProvidersPage(items=items, next=following, as_of=day)


def _answer(kept: LinkKept, response: Response) -> LinkAnswer:
    link = kept.link
    response.headers["Location"] = f"/v1/programs/{link.program_id}/providers"
    set_etag(response, kept.program_version)
    return LinkAnswer(
        link_id=link.id,
        program_id=link.program_id,
        provider_id=link.provider_id,
        effective_from=link.effective_from,
        effective_until=link.effective_until,
    )
