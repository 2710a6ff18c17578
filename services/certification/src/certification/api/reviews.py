"""Reviewers: assigning and releasing applications, beginning reviews, and conflicts of interest."""

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
from shared.http.paging import After, Limit, Page, id_cursor, page_of
from shared.http.routes import CurrentPrincipal, CurrentTransaction, allow, guarded_router
from shared.http.shapes import Lines, RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["assignments"])
conflicts_router = guarded_router("/v1/conflicts-of-interest", tags=["assignments"])

MOST_REVIEWERS = 100
_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)


class AssignmentBody(RequestBody):
    """Who reviews the application.

    Send either `reviewer` or `among`.
    """

    reviewer: UUID | None = Field(
        default=None, description="Account ID of the reviewer. Omit if `among` is sent."
    )
    among: Annotated[tuple[UUID, ...] | None, Field(min_length=1, max_length=MOST_REVIEWERS)] = (
        Field(
            default=None,
            examples=[None],
            description="Account IDs of several reviewers; the one with the fewest open "
            "applications is assigned. Omit if `reviewer` is sent.",
        )
    )

    @model_validator(mode="after")
    def name_one_or_several(self) -> Self:
        """Require exactly one of `reviewer` and `among`."""
        if (self.reviewer is None) == (self.among is None):
            raise PydanticCustomError(
                "reviewer", "exactly one of `reviewer` and `among` is required"
            )
        return self


class AssignmentAnswer(BaseModel):
    """The assignment of an application to a reviewer."""

    assignment_id: UUID
    application_id: UUID
    reviewer: UUID = Field(description="Account ID of the reviewer.")
    assigned_at: datetime


class EmptyBody(RequestBody):
    """An empty body; any field is refused."""


class ReviewAnswer(BaseModel):
    """The state of the application, and its reviewer."""

    application_id: UUID
    state: ApplicationState
    reviewer: UUID | None = Field(
        description="Account ID of the assigned reviewer. Null if none is assigned."
    )


class ConflictBody(RequestBody):
    """A reviewer's conflict of interest with a provider or program."""

    reviewer: UUID = Field(
        description="Account ID of the reviewer. Only a manager may name somebody else."
    )
    holder_id: UUID = Field(description="ID of the provider or program.")
    reason: Lines = Field(description="Why there is a conflict of interest.")


class ConflictAnswer(BaseModel):
    """A conflict of interest; it bars the reviewer until it is ended."""

    conflict_id: UUID
    reviewer: UUID = Field(description="Account ID of the reviewer.")
    holder_id: UUID = Field(description="ID of the provider or program.")
    reason: str = Field(description="Why there is a conflict of interest.")
    declared_at: datetime
    ended_at: datetime | None = Field(
        description="When the conflict was ended. Null if it is still in effect."
    )


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
    """Assign an application to a reviewer, or to another reviewer.

    The reviewer then owes the decision.
    """
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
    """Take an application away from its reviewer.

    Reviewers can release only their own applications; a manager can release any.
    """
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
    """Begin the review of a complete application.

    An application without a reviewer is assigned to the caller.
    """
    reviewer_id = await read_applicant(principal)
    application = await begin_review(tx, application_id, reviewer_id=reviewer_id, seen_version=seen)
    return _review_answer(application, response)


@conflicts_router.post("", operation_id="declare_conflict", status_code=201, dependencies=[_STAFF])
async def post_conflict(
    body: ConflictBody, tx: CurrentTransaction, response: Response
) -> ConflictAnswer:
    """Declare a conflict of interest with a provider or program.

    Reviewers declare their own; a manager can declare another reviewer's. It bars the reviewer from
    every application and certification of that holder. Conflicts that this system's records show
    need not be declared: one's own application, a program one works in or represents, a supervision
    agreement.
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
    """End a conflict of interest, so that the reviewer may act again.

    Nobody can end a conflict that bars themselves.
    """
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
    reviewer: Annotated[
        UUID | None,
        Query(
            description="Account ID of a reviewer: only this reviewer's conflicts. If omitted, all."
        ),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[ConflictAnswer]:
    """List the conflicts of interest that are in effect."""
    start = id_cursor(after)
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
