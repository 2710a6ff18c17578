"""Assignments, reviews and releases: who has an application, and who may not have it."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from certification.api.applicants import read_applicant
from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Application
from certification.domain.reviewing import ConflictOfInterest
from certification.storage import assignments
from certification.use_cases.assign_reviewer import AssignReviewer, assign_reviewer
from certification.use_cases.begin_review import begin_review
from certification.use_cases.declare_conflict import (
    DeclareConflict,
    declare_conflict,
    end_conflict,
)
from certification.use_cases.release_reviewer import release_reviewer
from shared.http.etags import SeenVersion, set_etag
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentPrincipal, CurrentTransaction, allow, guarded_router
from shared.http.shapes import Lines, RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["assignments"])
conflicts_router = guarded_router("/v1/conflicts-of-interest", tags=["assignments"])

MOST_REVIEWERS = 100
_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)


class AssignmentBody(RequestBody):
    """The reviewer's id, or several: then the one with the fewest open files gets it."""

    reviewer: UUID | None = None
    among: Annotated[tuple[UUID, ...] | None, Field(min_length=1, max_length=MOST_REVIEWERS)] = (
        Field(default=None, examples=[None])
    )

    @model_validator(mode="after")
    def name_one_or_several(self) -> Self:
        """Refuse both and neither."""
        if (self.reviewer is None) == (self.among is None):
            raise PydanticCustomError("reviewer", "name a reviewer, or several to choose among")
        return self


class AssignmentAnswer(BaseModel):
    """Who reviews what since when."""

    assignment_id: UUID
    application_id: UUID
    reviewer: UUID
    assigned_at: datetime


class EmptyBody(RequestBody):
    """Nothing more to say."""


class ReviewAnswer(BaseModel):
    """Where the application stands, and who has it."""

    application_id: UUID
    state: ApplicationState
    reviewer: UUID | None


class ConflictBody(RequestBody):
    """Whose interest in which provider or program, and why."""

    reviewer: UUID
    holder_id: UUID
    reason: Lines


class ConflictAnswer(BaseModel):
    """An interest that bars a reviewer until it has ended."""

    conflict_id: UUID
    reviewer: UUID
    holder_id: UUID
    reason: str
    declared_at: datetime
    ended_at: datetime | None


@router.post(
    "/{application_id}/assignments",
    operation_id="assign_reviewer",
    status_code=201,
    dependencies=[allow(Role.BOARD_MANAGER)],
)
async def post_assignment(
    application_id: UUID,
    body: AssignmentBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> AssignmentAnswer:
    """Give an application to a reviewer, or to another one, who then owes the decision."""
    named = (body.reviewer,) if body.reviewer else body.among or ()
    command = AssignReviewer(application_id, named, seen)
    assignment = await assign_reviewer(tx, command)
    response.headers["Location"] = f"/v1/applications/{application_id}"
    set_etag(response, assignment.application.version)
    return AssignmentAnswer(
        assignment_id=assignment.id,
        application_id=application_id,
        reviewer=assignment.reviewer_id,
        assigned_at=assignment.assigned_at,
    )


@router.post(
    "/{application_id}/releases",
    operation_id="release_reviewer",
    status_code=201,
    dependencies=[_STAFF],
)
async def post_release(
    application_id: UUID,
    tx: CurrentTransaction,
    principal: CurrentPrincipal,
    seen: SeenVersion,
    response: Response,
    body: EmptyBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> ReviewAnswer:
    """Take an application from its reviewer; a reviewer gives back its own alone."""
    only = None if principal.has(Role.BOARD_MANAGER) else await read_applicant(principal)
    application = await release_reviewer(tx, application_id, only=only, seen_version=seen)
    return _review_answer(application, response)


@router.post(
    "/{application_id}/reviews",
    operation_id="begin_review",
    status_code=201,
    dependencies=[_STAFF],
)
async def post_review(
    application_id: UUID,
    tx: CurrentTransaction,
    principal: CurrentPrincipal,
    seen: SeenVersion,
    response: Response,
    body: EmptyBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> ReviewAnswer:
    """Begin to review a complete application; one that nobody has becomes the reviewer's."""
    reviewer_id = await read_applicant(principal)
    application = await begin_review(tx, application_id, reviewer_id=reviewer_id, seen_version=seen)
    return _review_answer(application, response)


@conflicts_router.post("", operation_id="declare_conflict", status_code=201, dependencies=[_STAFF])
async def post_conflict(
    body: ConflictBody, tx: CurrentTransaction, response: Response
) -> ConflictAnswer:
    """Declare an interest in a holder, one's own or, as a manager, another reviewer's.

    It bars the reviewer from every file of that holder. Interests that this system's own records
    show bar without being declared: one's own file, a program one works in or represents, a
    supervision agreement.
    """
    command = DeclareConflict(body.reviewer, body.holder_id, body.reason)
    conflict = await declare_conflict(tx, command)
    response.headers["Location"] = f"/v1/conflicts-of-interest?reviewer={conflict.reviewer_id}"
    return _conflict_answer(conflict)


@conflicts_router.post(
    "/{conflict_id}/endings",
    operation_id="end_conflict",
    status_code=201,
    dependencies=[allow(Role.BOARD_MANAGER)],
)
async def post_conflict_ending(
    conflict_id: UUID,
    tx: CurrentTransaction,
    response: Response,
    body: EmptyBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> ConflictAnswer:
    """End an interest: the reviewer may act again. Nobody ends one that bars themselves."""
    conflict = await end_conflict(tx, conflict_id)
    response.headers["Location"] = f"/v1/conflicts-of-interest?reviewer={conflict.reviewer_id}"
    return _conflict_answer(conflict)


@conflicts_router.get(
    "",
    operation_id="list_conflicts",
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR)],
)
async def get_conflicts(
    tx: CurrentTransaction,
    reviewer: Annotated[UUID | None, Query()] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[ConflictAnswer]:
    """List the interests that stand."""
    start = decode_cursor(after, UUID)[0] if after else None
    found = await assignments.conflicts(tx, reviewer_id=reviewer, after=start, limit=limit)
    shown, following = page_of(found, limit, lambda conflict: (conflict.id,))
    return Page(items=[_conflict_answer(each) for each in shown], next=following)


def _review_answer(application: Application, response: Response) -> ReviewAnswer:
    response.headers["Location"] = f"/v1/applications/{application.id}"
    set_etag(response, application.version)
    return ReviewAnswer(
        application_id=application.id,
        state=application.state,
        reviewer=application.reviewer_id,
    )


def _conflict_answer(conflict: ConflictOfInterest) -> ConflictAnswer:
    return ConflictAnswer(
        conflict_id=conflict.id,
        reviewer=conflict.reviewer_id,
        holder_id=conflict.holder_id,
        reason=conflict.reason,
        declared_at=conflict.declared_at,
        ended_at=conflict.ended_at,
    )
