"""Programs: where they are, and every certification they were granted."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from pydantic import BaseModel

from certification.api.certifications import CertificationAnswer, certification_answer
from certification.use_cases import show_program as showing
from shared.errors import NotFoundError
from shared.http.etags import set_etag
from shared.http.routes import CurrentPrincipal, CurrentTransaction, allow, guarded_router
from shared.law.counties import county
from shared.security.principals import Role

router = guarded_router("/v1/programs", tags=["programs"])

_SEE_ALL = (
    *(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.PROVIDER, Role.OFFICER, Role.UNIT_SUPERVISOR),
    *(Role.AGENCY_LEAD, Role.EXAMINER, Role.AUDITOR, Role.OPERATOR, Role.SERVICE),
)


class ProgramAnswer(BaseModel):
    """One program."""

    program_id: UUID
    name: str
    headquarters_county: str
    served_counties: list[str]
    certifications: list[CertificationAnswer]


async def read_visible_program(program_id: UUID, principal: CurrentPrincipal) -> UUID:
    """The program asked for; a representative sees its own alone."""
    if not principal.has(*_SEE_ALL) and principal.program != program_id:
        raise NotFoundError(f"there is no program {program_id}", code="program-not-found")
    return program_id


@router.get(
    "/{program_id}",
    operation_id="show_program",
    dependencies=[allow(Role.PROGRAM_REPRESENTATIVE, *_SEE_ALL)],
)
async def show_program(
    program_id: Annotated[UUID, Depends(read_visible_program)],
    tx: CurrentTransaction,
    response: Response,
) -> ProgramAnswer:
    """Show a program that was certified once."""
    file = await showing.show_program(tx, program_id)
    set_etag(response, file.program.version)
    place = file.program.place
    return ProgramAnswer(
        program_id=file.program.id,
        name=file.program.name,
        headquarters_county=county(place.headquarters_county).name,
        served_counties=[county(each).name for each in place.served_counties],
        certifications=[certification_answer(each, tx.today) for each in file.certifications],
    )
