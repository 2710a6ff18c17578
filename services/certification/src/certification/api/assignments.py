"""Assignments: who reviews an application."""

from datetime import datetime
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from certification.use_cases import assign_reviewer as assigning
from shared.http.etags import SeenVersion
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["assignments"])


class AssignmentBody(RequestBody):
    """The reviewer's id."""

    reviewer: UUID


class AssignmentAnswer(BaseModel):
    """Who reviews what since when."""

    assignment_id: UUID
    application_id: UUID
    reviewer: UUID
    assigned_at: datetime


@router.post(
    "/{application_id}/assignments",
    operation_id="assign_reviewer",
    status_code=201,
    dependencies=[allow(Role.BOARD_MANAGER)],
)
async def assign_reviewer(
    application_id: UUID,
    body: AssignmentBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> AssignmentAnswer:
    """Give an application to a reviewer, who then owes the decision."""
    command = assigning.AssignReviewer(application_id, body.reviewer, seen)
    assignment = await assigning.assign_reviewer(tx, command)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    return AssignmentAnswer(
        assignment_id=assignment.id,
        application_id=assignment.application_id,
        reviewer=assignment.reviewer_id,
        assigned_at=assignment.assigned_at,
    )
