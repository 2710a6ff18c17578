"""Drafts: only their applicant sees them, changes them and submits them."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from certification.api.applicants import Applicant
from certification.api.application_bodies import ApplicationBody
from certification.api.documents import DocumentReceivedAnswer, received_answer
from certification.domain.application_moves import ApplicationState
from certification.parts import CurrentParts
from certification.use_cases.change_draft import change_draft
from certification.use_cases.submit_draft import submit_draft
from shared.http.etags import RequiredVersion, SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["drafts"])


class DraftAnswer(BaseModel):
    """The draft after the change."""

    application_id: UUID
    state: ApplicationState


class SubmissionBody(RequestBody):
    """An empty body; any field is refused."""


@router.put(
    "/{application_id}/draft", operation_id="change_draft", dependencies=[allow(Role.APPLICANT)]
)
async def put_draft(
    application_id: UUID,
    body: ApplicationBody,
    tx: CurrentTransaction,
    applicant: Applicant,
    parts: CurrentParts,
    seen: RequiredVersion,
    response: Response,
) -> DraftAnswer:
    """Change a draft.

    Its purpose cannot change, and documents are sent separately.
    """
    application = await change_draft(
        tx, parts.standards, body.draft_change(application_id, applicant, seen)
    )
    set_etag(response, application.version)
    return DraftAnswer(application_id=application.id, state=application.state)


@router.post(
    "/{application_id}/submissions",
    operation_id="submit_draft",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def post_draft_submission(
    application_id: UUID,
    tx: CurrentTransaction,
    applicant: Applicant,
    law: CurrentLaw,
    parts: CurrentParts,
    seen: SeenVersion,
    response: Response,
    body: SubmissionBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> DocumentReceivedAnswer:
    """Submit a draft.

    The answer lists the checklist items that are still missing.
    """
    done = await submit_draft(
        tx, law, parts.standards, application_id, applicant_id=applicant, seen_version=seen
    )
    response.headers["Location"] = f"/v1/applications/{application_id}"
    set_etag(response, done.application.version)
    return received_answer(done, item=None)
