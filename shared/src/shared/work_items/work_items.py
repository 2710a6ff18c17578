"""A work item: something that somebody must look at, with the reason and the evidence.

It has no deadline; what is owed by a date is a duty. One fact opens one work item of a kind about a
subject, and there is no second while one is open on the same evidence.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError
from shared.law.duty.duties import Subject

FIRST_VERSION = 1


class PersonsResolution(StrEnum):
    """Why a person closes a work item; facts that settle one have their own codes."""

    HANDLED = "handled"
    NOT_NEEDED = "not-needed"
    OPENED_WRONGLY = "opened-wrongly"


@dataclass(frozen=True)
class WorkItemOwner:
    """The owner's role and place; `agency` and `unit` are codes, or `agency` is a program's id."""

    role: str
    agency: str | None = None
    unit: str | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Evidence:
    """What a work item is based on: the kind and id of a record, never text."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Opening:
    """What a use case states when it opens a work item.

    `because` is a code; `fact_id` is the id of the event or request that gave the reason;
    `effective_on` is the day from which it matters, which may be in the future.
    """

    kind: str
    subject: Subject
    case_id: UUID | None
    owner: WorkItemOwner
    because: str
    evidence: Evidence
    fact_id: UUID
    effective_on: date | None = None


@dataclass(frozen=True)
class Resolved:
    """How it was resolved: by a person, or by the fact that settled it."""

    resolution: str
    at: datetime
    by: str


@dataclass(frozen=True)
class WorkItem:
    """One work item in its current state."""

    id: UUID
    opening: Opening
    opened_at: datetime
    version: int = FIRST_VERSION
    resolved: Resolved | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still needs somebody's attention."""
        return self.resolved is None


def resolved(item: WorkItem, how: Resolved) -> WorkItem:
    """Resolve it; raises ConflictError, with how and when, if it is already resolved."""
    if (before := item.resolved) is not None:
        at = before.at.isoformat()
        raise ConflictError(
            f"this work item was resolved at {at}: {before.resolution}",
            code="work-item-resolved",
            members={"resolution": before.resolution, "resolved_at": at},
        )
    return replace(item, version=item.version + 1, resolved=how)
