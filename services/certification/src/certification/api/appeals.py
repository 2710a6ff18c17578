"""Appeals against a denial: filed within the appeal window, decided by the Board's manager."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import Field

from certification.api.applicants import Applicant
from certification.api.application_answers import appeal_answer
from certification.api.application_shapes import AppealAnswer
from certification.domain.appeals import AppealOutcome
from certification.use_cases.appeal_denial import (
    AppealDenial,
    DecideAppeal,
    KeptAppeal,
    appeal_denial,
    decide_appeal,
)
from shared.http.etags import set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import Lines, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["appeals"])

MOST_TEXTS = 20


class AppealBody(RequestBody):
    """The applicant's grounds for the appeal."""

    grounds: Lines = Field(description="Why the applicant thinks the denial is wrong.")


class AppealOutcomeBody(RequestBody):
    """The Board's decision on an appeal, with its reasons."""

    outcome: AppealOutcome = Field(
        description="`upheld`: the denial stays in effect. `reversed`: the denial is set aside "
        "and the application must be decided again."
    )
    reasons: Annotated[tuple[Lines, ...], Field(min_length=1, max_length=MOST_TEXTS)] = Field(
        description="Why the appeal is decided this way. At least one reason."
    )


@router.post(
    "/{application_id}/appeals",
    operation_id="appeal_denial",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def post_appeal(
    application_id: UUID,
    body: AppealBody,
    tx: CurrentTransaction,
    applicant: Applicant,
    law: CurrentLaw,
    response: Response,
) -> AppealAnswer:
    """Appeal the denial of one's own application.

    A denial can be appealed once, until the last day of the appeal window.
    """
    command = AppealDenial(application_id, applicant, body.grounds)
    return _answer(await appeal_denial(tx, law, command), response)


@router.post(
    "/{application_id}/appeals/{appeal_id}/outcomes",
    operation_id="decide_appeal",
    status_code=201,
    dependencies=[allow(Role.BOARD_MANAGER)],
)
async def post_appeal_outcome(
    application_id: UUID,
    appeal_id: UUID,
    body: AppealOutcomeBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    response: Response,
) -> AppealAnswer:
    """Decide an appeal: uphold the denial, or reverse it so that it is decided again."""
    command = DecideAppeal(application_id, appeal_id, body.outcome, body.reasons)
    return _answer(await decide_appeal(tx, law, command), response)


def _answer(kept: KeptAppeal, response: Response) -> AppealAnswer:
    response.headers["Location"] = f"/v1/applications/{kept.appeal.application_id}"
    set_etag(response, kept.application_version)
    return appeal_answer(kept.appeal)
