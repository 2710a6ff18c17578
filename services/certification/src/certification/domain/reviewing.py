"""Rules of reviewing: assignment, beginning, release, and conflicts of interest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from certification.domain.application_moves import ApplicationState, Move
from certification.domain.applications import Application, moved
from certification.domain.interests import Interests, barred
from shared.errors import ConflictError


@dataclass(frozen=True)
class ConflictOfInterest:
    """A declared conflict of interest; it bars the reviewer until it is ended."""

    id: UUID
    reviewer_id: UUID
    holder_id: UUID
    reason: str
    declared_at: datetime
    declared_by: str
    ended_at: datetime | None = None


def assigned(application: Application, reviewer_id: UUID) -> Application:
    """Assign to a reviewer; if another had begun the review, it returns to the queue."""
    return replace(moved(application, Move.ASSIGN), reviewer_id=reviewer_id)


def released(application: Application) -> Application:
    """Take an application from its reviewer; ConflictError if it has none."""
    if application.reviewer_id is None:
        raise ConflictError("this application is not assigned to a reviewer", code="not-assigned")
    return replace(moved(application, Move.RELEASE), reviewer_id=None)


def begun(application: Application, reviewer_id: UUID) -> Application:
    """Begin the review; ConflictError if another reviewer has the application."""
    refuse_anothers(application, reviewer_id)
    return replace(moved(application, Move.BEGIN_REVIEW), reviewer_id=reviewer_id)


def refuse_anothers(application: Application, reviewer_id: UUID | None) -> None:
    """Raise ConflictError for a complete application that another reviewer has.

    Before an application is complete, any reviewer may check it.
    """
    is_anothers = application.reviewer_id not in {None, reviewer_id}
    if is_anothers and application.state in (ApplicationState.COMPLETE, ApplicationState.IN_REVIEW):
        raise ConflictError(
            "this application is assigned to another reviewer; a manager can reassign it: POST "
            f"/v1/applications/{application.id}/assignments",
            code="assigned-to-another",
            members={"reviewer": str(application.reviewer_id)},
        )


def pick_from(among: Sequence[UUID], interests: Interests) -> list[UUID]:
    """Return those who may review; NotAllowedError if all have a conflict of interest."""
    allowed = [each for each in among if each not in interests]
    if not allowed:
        raise barred(interests[among[0]])
    return allowed
