"""Programs: their counties, certifications, sites, linked providers and changes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from pydantic import BaseModel, Field

from certification.api.certifications import CertificationAnswer, certification_answer
from certification.api.name_shapes import DatedName, dated_names
from certification.api.program_shapes import (
    LinkedProviderAnswer,
    ProgramChangeAnswer,
    ProgramSiteAnswer,
    change_answer,
    linked_provider_answer,
    site_answer,
)
from certification.storage.programs import not_found
from certification.use_cases.show_program import ProgramFile, list_program_changes, show_program
from shared.counties import county
from shared.http.etags import set_etag
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentPrincipal, CurrentTransaction, allow, guarded_router
from shared.security.principals import Role

router = guarded_router("/v1/programs", tags=["programs"])

BOARD = (Role.BOARD_REVIEWER, Role.BOARD_MANAGER)
SEE_ALL = (
    *(*BOARD, Role.PROVIDER, Role.OFFICER, Role.UNIT_SUPERVISOR),
    *(Role.AGENCY_LEAD, Role.EXAMINER, Role.AUDITOR, Role.OPERATOR),
)
LARGEST_VERSION = 2**31 - 1


class ProgramAnswer(BaseModel):
    """One program with all its sites and the providers linked with it today."""

    program_id: UUID
    name: str
    headquarters_county: str = Field(description="County of the program's headquarters, by name.")
    served_counties: list[str] = Field(
        description="Other counties that the program serves, by name."
    )
    languages: list[str] = Field(
        description="ISO 639 codes of the languages it treats in, as the program reported them. "
        "Empty if it has not reported any."
    )
    accepting_clients: bool | None = Field(
        description="Whether the program accepts clients. Null if it has not reported it."
    )
    public_phone: str | None = Field(
        description="Telephone number for the public. Null if the program has not reported one."
    )
    website: str | None = Field(
        description="Web address. Null if the program has not reported one."
    )
    details_said_on: date | None = Field(
        description="Day on which the program last reported its languages, contact details and "
        "whether it accepts clients. Null if it never did, or if the day is unknown."
    )
    names: list[DatedName] = Field(description="Every name that the program has had, oldest first.")
    certifications: list[CertificationAnswer] = Field(
        description="All certifications of the program, oldest first."
    )
    sites: list[ProgramSiteAnswer] = Field(description="All sites, including closed ones.")
    providers: list[LinkedProviderAnswer] = Field(
        description="Providers linked with the program today."
    )


async def read_visible_program(program_id: UUID, principal: CurrentPrincipal) -> UUID:
    """Return the program asked for; a program's representative may read only that program."""
    if not principal.has(*SEE_ALL) and principal.program != program_id:
        raise not_found(program_id)
    return program_id


async def read_own_program(program_id: UUID, principal: CurrentPrincipal) -> UUID:
    """Return the program to change; anybody outside the Board may change only their own."""
    if not principal.has(*BOARD) and principal.program != program_id:
        raise not_found(program_id)
    return program_id


VisibleProgram = Annotated[UUID, Depends(read_visible_program)]
OwnProgram = Annotated[UUID, Depends(read_own_program)]
SAYS_OF_ITSELF = allow(Role.PROGRAM_REPRESENTATIVE, *BOARD)
SEES = allow(Role.PROGRAM_REPRESENTATIVE, *SEE_ALL)


@router.get("/{program_id}", operation_id="show_program", dependencies=[SEES])
async def get_program(
    program_id: VisibleProgram, tx: CurrentTransaction, response: Response
) -> ProgramAnswer:
    """Show a program that is or was certified."""
    file = await show_program(tx, program_id)
    set_etag(response, file.program.version)
    certifications = [certification_answer(each, tx.today) for each in file.certifications]
    return _answer(file, certifications)


@router.get(
    "/{program_id}/changes",
    operation_id="list_program_changes",
    dependencies=[allow(*BOARD, Role.AUDITOR, Role.OPERATOR)],
)
async def get_program_changes(
    program_id: UUID, tx: CurrentTransaction, limit: Limit = 50, after: After = None
) -> Page[ProgramChangeAnswer]:
    """List the changes of a program, oldest first."""
    start = decode_cursor(after, _version)[0] if after else 0
    found = await list_program_changes(tx, program_id, after=start, limit=limit)
    shown, following = page_of(found, limit, lambda change: (change.number,))
    return Page(items=[change_answer(each) for each in shown], next=following)


def _answer(file: ProgramFile, certifications: list[CertificationAnswer]) -> ProgramAnswer:
    program = file.program
    return ProgramAnswer(
        program_id=program.id,
        name=program.name,
        headquarters_county=county(program.place.headquarters_county).name,
        served_counties=[county(each).name for each in program.place.served_counties],
        languages=list(program.languages),
        accepting_clients=program.accepting_clients,
        public_phone=program.public_phone,
        website=program.website,
        details_said_on=program.details_said_on,
        names=dated_names(file.names),
        certifications=certifications,
        sites=[site_answer(each) for each in file.sites],
        providers=[linked_provider_answer(each) for each in file.providers],
    )


def _version(text: str) -> int:
    version = int(text)
    if not 0 <= version <= LARGEST_VERSION:
        raise ValueError("the version number is out of range")
    return version
