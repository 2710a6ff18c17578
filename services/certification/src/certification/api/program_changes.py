"""The details that a program reports, and the counties that the Board records; changes are kept."""

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
    """All details that a program reports; they replace those reported before."""

    languages: Annotated[
        tuple[LanguageCode, ...],
        Field(
            max_length=MOST_LANGUAGES,
            description="ISO 639 codes of the languages it treats in, in the program's own order.",
        ),
    ]
    accepting_clients: bool | None = Field(
        description="Whether the program accepts clients. Null if it does not report it."
    )
    public_phone: Telephone | None = Field(
        description="Telephone number for the public. Null for no number."
    )
    website: WebAddress | None = Field(description="Web address. Null for no address.")


class PlacesBody(RequestBody):
    """The counties of a program."""

    headquarters_county: CountyCode = Field(
        description="County of the program's headquarters: its name or FIPS code."
    )
    served_counties: Annotated[tuple[CountyCode, ...], Field(max_length=MOST_COUNTIES)] = Field(
        description="Other counties that the program serves, by name or FIPS code. The "
        "headquarters county is always served and need not be repeated."
    )

    @property
    def place(self) -> ProgramPlace:
        """The counties, each one once."""
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
    """Replace the details that a program reports.

    These are its languages, whether it accepts clients, and its contact details.
    """
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
    """Record the headquarters county and served counties of a program from today on."""
    command = MoveProgram(program_id, body.place, seen)
    return _answer(await move_program(tx, command), response)


def _answer(change: KeptChange, response: Response) -> ProgramChangeAnswer:
    response.headers["Location"] = f"/v1/programs/{change.program_id}"
    set_etag(response, change.number)
    return change_answer(change)
