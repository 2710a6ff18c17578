"""Sites at which a program provides treatment: they are opened and closed, never deleted."""

from uuid import UUID

from fastapi import Response
from pydantic import Field

from certification.api.program_shapes import (
    ProgramSiteAnswer,
    ProgramSpanEndBody,
    ZipCode,
    site_answer,
)
from certification.api.programs import SAYS_OF_ITSELF, OwnProgram
from certification.domain.day_bounds import BEGINS_BY
from certification.use_cases.keep_program_sites import OpenSite, SiteKept, close_site, open_site
from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, guarded_router
from shared.http.shapes import CalendarDate, CountyCode, Line, RequestBody
from shared.law.api.law_dependency import CurrentLaw

router = guarded_router("/v1/programs", tags=["programs"])


class SiteBody(RequestBody):
    """A place where a program provides treatment."""

    name: Line = Field(description="Name of the site.")
    street: Line
    city: Line
    county: CountyCode = Field(description="County of the site: its name or FIPS code.")
    zip_code: ZipCode
    effective_from: CalendarDate | None = Field(
        default=None, description=f"First day of the site. If omitted, today. {BEGINS_BY}"
    )


@router.post(
    "/{program_id}/sites",
    operation_id="open_program_site",
    status_code=201,
    dependencies=[SAYS_OF_ITSELF],
)
async def post_site(
    program_id: OwnProgram,
    body: SiteBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    seen: SeenVersion,
    response: Response,
) -> ProgramSiteAnswer:
    """Open a site of a program."""
    command = OpenSite(program_id=program_id, seen_version=seen, **dict(body))
    return _answer(await open_site(tx, law, command), response)


@router.post(
    "/{program_id}/sites/{site_id}/endings",
    operation_id="close_program_site",
    status_code=201,
    dependencies=[SAYS_OF_ITSELF],
)
async def post_site_ending(
    program_id: OwnProgram,
    site_id: UUID,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
    body: ProgramSpanEndBody | None = None,
) -> ProgramSiteAnswer:
    """Close a site, or correct its end by naming another day.

    The site and the change stay on record.
    """
    on = body.effective_on if body else None
    kept = await close_site(tx, program_id, site_id, on=on, seen_version=seen)
    return _answer(kept, response)


def _answer(kept: SiteKept, response: Response) -> ProgramSiteAnswer:
    response.headers["Location"] = f"/v1/programs/{kept.site.program_id}"
    set_etag(response, kept.program_version)
    return site_answer(kept.site)
