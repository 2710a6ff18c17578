"""Applications: submitted by applicants, listed and shown to applicants and Board staff."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from certification.api.applicants import SEE_ALL, Applicant, OwnOnly
from certification.api.application_answers import answer_of, line_of
from certification.api.application_bodies import ApplicationBody
from certification.api.application_shapes import ApplicationAnswer, ApplicationLine, SubmittedAnswer
from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Kind
from certification.parts import CurrentParts
from certification.storage.application_lists import Queued
from certification.use_cases.list_applications import ListApplications, list_applications
from certification.use_cases.show_application import show_application
from certification.use_cases.submit_application import submit_application
from shared.http.etags import set_etag
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["applications"])

_VIEWERS = allow(Role.APPLICANT, *SEE_ALL)


@router.post(
    "",
    operation_id="submit_application",
    status_code=201,
    dependencies=[allow(Role.APPLICANT)],
)
async def post_application(
    body: ApplicationBody,
    tx: CurrentTransaction,
    applicant: Applicant,
    law: CurrentLaw,
    parts: CurrentParts,
    response: Response,
) -> SubmittedAnswer:
    """Apply for the certification of a provider or program, or save a draft.

    The answer lists the checklist items that are still missing.
    """
    done = await submit_application(tx, law, parts.standards, body.command(applicant))
    application = done.application
    response.headers["Location"] = f"/v1/applications/{application.id}"
    set_etag(response, application.version)
    return SubmittedAnswer(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        state=application.state,
        received_on=application.received_on,
        missing=list(done.missing),
        status_token=done.status_token.text,
    )


InState = Annotated[
    ApplicationState | None,
    Query(
        description="Only applications in this state. `complete` lists the Board's queue. If "
        "omitted, applications in every state."
    ),
]
OfKind = Annotated[
    Kind | None,
    Query(description="Only applications of providers or only of programs. If omitted, both."),
]


@router.get("", operation_id="list_applications", dependencies=[_VIEWERS])
async def get_applications(
    tx: CurrentTransaction,
    own_only: OwnOnly,
    state: InState = None,
    kind: OfKind = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[ApplicationLine]:
    """List applications in the order of their submission, or of the queue if `state` is `complete`.

    Applicants see only their own.
    """
    parsers = (datetime.fromisoformat, UUID) if state is ApplicationState.COMPLETE else (UUID,)
    cursor = decode_cursor(after, *parsers) if after else ()
    command = ListApplications(
        state=state,
        kind=kind,
        applicant_id=own_only,
        limit=limit,
        after_id=cursor[-1] if cursor else None,
        after_completed_at=cursor[0] if len(cursor) > 1 else None,
    )
    found = await list_applications(tx, command)

    def key(queued: Queued) -> tuple[object, ...]:
        application = queued.application
        if state is ApplicationState.COMPLETE:
            return application.completed_at, application.id
        return (application.id,)

    shown, following = page_of(found, limit, key)
    return Page(items=[line_of(each) for each in shown], next=following)


@router.get("/{application_id}", operation_id="show_application", dependencies=[_VIEWERS])
async def get_application(
    application_id: UUID,
    tx: CurrentTransaction,
    own_only: OwnOnly,
    law: CurrentLaw,
    parts: CurrentParts,
    response: Response,
) -> ApplicationAnswer:
    """Show one application: what is missing, who must act next and its position in the queue."""
    file = await show_application(tx, law, parts.standards, application_id, applicant_id=own_only)
    set_etag(response, file.queued.application.version)
    return answer_of(file)
