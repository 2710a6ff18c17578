"""What every service announces about its work items.

The service that keeps the work item puts its own name in front: `supervision.work-item.opened`.
"""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class _WorkItemEvent(Event):
    subject_kind: ClassVar[str] = "work-item"

    work_item_id: UUID
    version: int
    """1 when it is opened, 2 when it is resolved."""
    kind: str
    """What is to be looked at, for example `certification-lapsed`."""
    about_kind: str
    """What the work item is about, for example `case`; `about_id` is its id."""
    about_id: UUID
    case_id: UUID | None = None
    because: str
    """Why, as a code, for example `suspended`."""
    evidence_kind: str
    """What it rests on, for example `certification`; `evidence_id` is its id."""
    evidence_id: UUID
    fact_id: UUID
    """The event, or the request, that told of it; each opens one work item."""
    effective_on: PlainDate | None = None
    """The day from which it matters; it may lie ahead."""
    owner_role: str
    owner_agency: str | None = None
    """Code of the agency, or id of the program, whose it is."""
    owner_unit: str | None = None
    owner_person: UUID | None = None
    opened_at: PlainInstant


class WorkItemOpened(_WorkItemEvent):
    """Somebody must look at something: its owner is told."""

    noun_verb: ClassVar[str] = "work-item.opened"


class WorkItemResolved(_WorkItemEvent):
    """Nobody needs to look at it any more: a person closed it, or a fact cured it."""

    noun_verb: ClassVar[str] = "work-item.resolved"

    resolution: str
    """`handled`, `not-needed` or `opened-wrongly` by a person; else a code of what cured it."""
    resolved_at: PlainInstant
