"""Who reviews an application: assigned, begun, released, and never somebody with an interest."""

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
    """A reviewer's interest in a holder; it bars the reviewer until it has ended."""

    id: UUID
    reviewer_id: UUID
    holder_id: UUID
    reason: str
    declared_at: datetime
    declared_by: str
    ended_at: datetime | None = None


def assigned(application: Application, reviewer_id: UUID) -> Application:
    """Give it to a reviewer; a review that somebody had begun is in line again."""
    return replace(moved(application, Move.ASSIGN), reviewer_id=reviewer_id)


def released(application: Application) -> Application:
    """Take it from its reviewer; ConflictError where nobody has it."""
    if application.reviewer_id is None:
        raise ConflictError("nobody has this application", code="not-assigned")
    return replace(moved(application, Move.RELEASE), reviewer_id=None)


def begun(application: Application, reviewer_id: UUID) -> Application:
    """Begin the review; ConflictError for a file that another reviewer has."""
    refuse_anothers(application, reviewer_id)
    return replace(moved(application, Move.BEGIN_REVIEW), reviewer_id=reviewer_id)


def refuse_anothers(application: Application, reviewer_id: UUID | None) -> None:
    """Raise ConflictError for a complete file that another reviewer has; says how to take it over.

    Until a file is complete, whoever is there may check it.
    """
    is_anothers = application.reviewer_id not in {None, reviewer_id}
    if is_anothers and application.state in (ApplicationState.COMPLETE, ApplicationState.IN_REVIEW):
        raise ConflictError(
            "another reviewer has this application; to take it over, have a manager assign it: "
            f"POST /v1/applications/{application.id}/assignments",
            code="assigned-to-another",
            members={"reviewer": str(application.reviewer_id)},
        )


def pick_from(among: Sequence[UUID], interests: Interests) -> list[UUID]:
    """Those who may review; NotAllowedError where an interest bars every one of them."""
    allowed = [each for each in among if each not in interests]
    if not allowed:
        raise barred(interests[among[0]])
    return allowed
