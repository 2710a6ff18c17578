"""What a program says of itself, and where the Board has it: each change is kept."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import Field

from certification.api.application_bodies import MOST_COUNTIES
from certification.api.directory import LanguageCode
from certification.api.program_shapes import (
    ProgramChangeAnswer,
    Telephone,
    WebAddress,
    change_answer,
)
from certification.api.programs import BOARD, SAYS_OF_ITSELF, OwnProgram
from certification.domain.applications import ProgramPlace
from certification.domain.program_changes import KeptChange
from certification.use_cases.change_program_details import (
    ChangeProgramDetails,
    change_program_details,
)
from certification.use_cases.move_program import MoveProgram, move_program
from shared.http.etags import RequiredVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CountyCode, RequestBody

router = guarded_router("/v1/programs", tags=["programs"])

MOST_LANGUAGES = 50


class DetailsBody(RequestBody):
    """All that a program says of itself; null where it does not say."""

    languages: Annotated[
        tuple[LanguageCode, ...],
        Field(max_length=MOST_LANGUAGES, description="ISO 639 codes, in the program's own order."),
    ]
    accepting_clients: bool | None
    public_phone: Telephone | None
    website: WebAddress | None


class PlacesBody(RequestBody):
    """Where it is; the county of its headquarters is served without being named again."""

    headquarters_county: CountyCode
    served_counties: Annotated[tuple[CountyCode, ...], Field(max_length=MOST_COUNTIES)]

    @property
    def place(self) -> ProgramPlace:
        """Each county once."""
        served = tuple(sorted(set(self.served_counties) - {self.headquarters_county}))
        return ProgramPlace(self.headquarters_county, served)


@router.post(
    "/{program_id}/details",
    operation_id="change_program_details",
    status_code=201,
    dependencies=[SAYS_OF_ITSELF],
)
async def post_program_details(
    program_id: OwnProgram,
    body: DetailsBody,
    tx: CurrentTransaction,
    seen: RequiredVersion,
    response: Response,
) -> ProgramChangeAnswer:
    """Say anew in which languages a program treats, whom it accepts, how it is reached."""
    command = ChangeProgramDetails(
        program_id=program_id,
        languages=body.languages,
        accepting_clients=body.accepting_clients,
        public_phone=body.public_phone,
        website=body.website,
        seen_version=seen,
    )
    return _answer(await change_program_details(tx, command), response)


@router.post(
    "/{program_id}/places",
    operation_id="move_program",
    status_code=201,
    dependencies=[allow(*BOARD)],
)
async def post_program_place(
    program_id: UUID,
    body: PlacesBody,
    tx: CurrentTransaction,
    seen: RequiredVersion,
    response: Response,
) -> ProgramChangeAnswer:
    """Record where a program has its headquarters and which counties it serves, from today on."""
    command = MoveProgram(program_id, body.place, seen)
    return _answer(await move_program(tx, command), response)


def _answer(change: KeptChange, response: Response) -> ProgramChangeAnswer:
    response.headers["Location"] = f"/v1/programs/{change.program_id}"
    set_etag(response, change.number)
    return change_answer(change)
