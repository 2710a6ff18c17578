"""Who reviews an application: assigned, begun, released, and never somebody with an interest."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application, moved
from shared.errors import ConflictError, NotAllowedError


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
    if application.reviewer_id not in {None, reviewer_id}:
        raise ConflictError(
            "another reviewer has this application: reassign it first",
            code="assigned-to-another",
            members={"reviewer": str(application.reviewer_id)},
        )
    return replace(moved(application, Move.BEGIN_REVIEW), reviewer_id=reviewer_id)


def refuse_interested(reviewer_id: UUID | None, barred: Collection[UUID]) -> None:
    """Raise NotAllowedError for a reviewer who is barred from the file by an interest."""
    if reviewer_id is not None and reviewer_id in barred:
        raise NotAllowedError(
            "a conflict of interest bars this reviewer from the application",
            code="conflict-of-interest",
        )
