"""Events of every service about its duties.

The service that owns the duty puts its name first: `scoring.duty.opened`.
"""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class _DutyEvent(Event):
    subject_kind: ClassVar[str] = "duty"

    duty_id: UUID
    version: int
    """Increases by one with each change of the duty."""
    rule: str
    regime: str
    edition: str
    about_kind: str
    """What kind of record the duty is about, for example `application`; `about_id` is its ID."""
    about_id: UUID
    case_id: UUID | None = None
    owner_role: str
    owner_agency: str | None = None
    """Code of the agency, or ID of the program, that owes it."""
    owner_person: UUID | None = None
    started_by: str
    """Name of the fact that started the clock."""
    started_on: PlainDate
    due_on: PlainDate
    due_at: PlainInstant
    """The instant at which the due date ends in California."""
    state: str


class DutyOpened(_DutyEvent):
    """A duty was opened, and its clock is running."""

    noun_verb: ClassVar[str] = "duty.opened"


class DutyMet(_DutyEvent):
    """The duty was met; `state` shows whether in time."""

    noun_verb: ClassVar[str] = "duty.met"

    met_on: PlainDate
    met_at: PlainInstant | None = None
    """The instant at which it was met. Null if only the day is known."""


class DutyReopened(_DutyEvent):
    """What had met the duty was undone. The due date is the same as before."""

    noun_verb: ClassVar[str] = "duty.reopened"


class DutyPaused(_DutyEvent):
    """The clock stopped; `due_on` moves when it runs again."""

    noun_verb: ClassVar[str] = "duty.paused"

    paused_on: PlainDate


class DutyResumed(_DutyEvent):
    """The clock runs again; the due date moved by the paused days."""

    noun_verb: ClassVar[str] = "duty.resumed"


class DutyCanceled(_DutyEvent):
    """The duty ended without being met."""

    noun_verb: ClassVar[str] = "duty.canceled"


class DutyHandedOver(_DutyEvent):
    """Another owner of the same role owes the duty now. The due date stays."""

    noun_verb: ClassVar[str] = "duty.handed-over"

    from_agency: str | None = None
    from_person: UUID | None = None


class DutyMoved(_DutyEvent):
    """A change of the rulebook or of a calendar moved the duty; old and new values are included."""

    noun_verb: ClassVar[str] = "duty.moved"

    because: str
    """`rulebook-change` or `calendar-change`."""
    from_due_on: PlainDate
    from_regime: str
    from_edition: str
    from_owner_role: str
    from_owner_agency: str | None = None
    from_owner_person: UUID | None = None


class _DutyNotice(_DutyEvent):
    notify: str
    """Who is notified: `owner`, or a role above, for example `unit-supervisor`."""
    step: int
    """Number of the notice in the regime's order, from 1. Each is given once per due date."""


class DutyDueSoon(_DutyNotice):
    """The due date is near. One event per recipient."""

    noun_verb: ClassVar[str] = "duty.due-soon"

    days_before: int
    """Configured number of calendar days before; after an outage the notice may be later."""


class DutyOverdue(_DutyNotice):
    """The due date has ended and the duty is not met. One event per recipient."""

    noun_verb: ClassVar[str] = "duty.overdue"

    days_after: int
    """Configured number of calendar days after the end of the due date."""
