"""A work item: something that somebody must look at, with why and on what evidence.

It has no clock; what is owed by a date is a duty. One fact opens one work item of a kind about a
subject, and while one stands about some evidence there is no second.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError
from shared.law.duty.duties import Subject

FIRST_VERSION = 1


class PersonsResolution(StrEnum):
    """Why a person closes a work item; facts that cure one have codes of their own."""

    HANDLED = "handled"
    NOT_NEEDED = "not-needed"
    OPENED_WRONGLY = "opened-wrongly"


@dataclass(frozen=True)
class WorkItemOwner:
    """Whose it is: a role, and whose; `agency` and `unit` are codes, or a program's id."""

    role: str
    agency: str | None = None
    unit: str | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Evidence:
    """What it rests on: the kind and the id of a thing that can be looked up, never words."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Opening:
    """What a use case says of a work item.

    `because` is a code, `fact_id` the id of the fact that told of it (an event's, or a request's),
    `effective_on` the day from which it matters, which may lie ahead.
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
    """How it came to an end: by a person, or by the fact that cured it."""

    resolution: str
    at: datetime
    by: str


@dataclass(frozen=True)
class WorkItem:
    """One work item as it stands."""

    id: UUID
    opening: Opening
    opened_at: datetime
    version: int = FIRST_VERSION
    resolved: Resolved | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.resolved is None


def resolved(item: WorkItem, how: Resolved) -> WorkItem:
    """End it; ConflictError, with how and when, where it has ended already."""
    if (before := item.resolved) is not None:
        at = before.at.isoformat()
        raise ConflictError(
            f"this work item was resolved at {at}: {before.resolution}",
            code="work-item-resolved",
            members={"resolution": before.resolution, "resolved_at": at},
        )
    return replace(item, version=item.version + 1, resolved=how)
