"""Documents: the items of its checklist that an applicant sends after the application."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from certification.api.applicants import Applicant
from certification.api.standards import CurrentStandards
from certification.domain.applications import State, WaitingOn
from certification.use_cases import receive_document as receiving
from shared.http.etags import SeenVersion
from shared.http.law_dependency import CurrentLaw
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import Code, RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["documents"])


class DocumentBody(RequestBody):
    """One item of the checklist."""

    item: Code


class DocumentReceivedAnswer(BaseModel):
    """What the application still lacks, and whose turn it is."""

    application_id: UUID
    item: str
    state: State
    waiting_on: WaitingOn | None
    missing: list[str]


@router.post(
    "/{application_id}/documents",
    operation_id="receive_document",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def receive_document(
    application_id: UUID,
    body: DocumentBody,
    tx: CurrentTransaction,
    applicant: Applicant,
    law: CurrentLaw,
    standards: CurrentStandards,
    seen: SeenVersion,
    response: Response,
) -> DocumentReceivedAnswer:
    """Send a missing item; it cures that item of an open deficiency."""
    command = receiving.ReceiveDocument(application_id, applicant, body.item, seen)
    done = await receiving.receive_document(tx, law, standards, command)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    return DocumentReceivedAnswer(
        application_id=application_id,
        item=body.item,
        state=done.application.state,
        waiting_on=done.application.waiting_on,
        missing=list(done.missing),
    )
