"""What every service announces about the duties in its ledger.

The service that keeps the duty puts its own name in front: `scoring.duty.opened`.
"""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class _DutyEvent(Event):
    subject_kind: ClassVar[str] = "duty"

    duty_id: UUID
    version: int
    """Grows by one with each change of the duty."""
    rule: str
    regime: str
    edition: str
    about_kind: str
    """What the duty is about, for example `application`; `about_id` is its id."""
    about_id: UUID
    case_id: UUID | None = None
    owner_role: str
    owner_agency: str | None = None
    """Code of the agency, or id of the program, that owes it."""
    owner_person: UUID | None = None
    started_by: str
    """Name of the fact that started the clock."""
    started_on: PlainDate
    due_on: PlainDate
    due_at: PlainInstant
    """The instant at which the due day has ended in California."""
    state: str


class DutyOpened(_DutyEvent):
    """A clock runs."""

    noun_verb: ClassVar[str] = "duty.opened"


class DutyMet(_DutyEvent):
    """What was owed was done; `state` says whether in time."""

    noun_verb: ClassVar[str] = "duty.met"

    met_on: PlainDate
    met_at: PlainInstant | None = None
    """Null where only the day is known."""


class DutyReopened(_DutyEvent):
    """What had met the duty no longer does; the due date is the old one."""

    noun_verb: ClassVar[str] = "duty.reopened"


class DutyPaused(_DutyEvent):
    """The clock stands; `due_on` moves when it runs again."""

    noun_verb: ClassVar[str] = "duty.paused"

    paused_on: PlainDate


class DutyResumed(_DutyEvent):
    """The clock runs again, to a due date moved by the days it stood."""

    noun_verb: ClassVar[str] = "duty.resumed"


class DutyCanceled(_DutyEvent):
    """The duty ended without being met."""

    noun_verb: ClassVar[str] = "duty.canceled"


class DutyHandedOver(_DutyEvent):
    """Another owner of the same role owes it now, by the same date."""

    noun_verb: ClassVar[str] = "duty.handed-over"

    from_agency: str | None = None
    from_person: UUID | None = None


class DutyMoved(_DutyEvent):
    """A change of the rulebook or of a calendar moved it; what it was stands beside what it is."""

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
    """Whom to tell: `owner`, or the role above it, for example `unit-supervisor`."""
    step: int
    """Place of the notice in the regime's order, from 1; each is given once for a due date."""


class DutyDueSoon(_DutyNotice):
    """The due date is near; told to one addressee."""

    noun_verb: ClassVar[str] = "duty.due-soon"

    days_before: int
    """Configured distance in calendar days; after an outage the notice may come later than it."""


class DutyOverdue(_DutyNotice):
    """The due day has ended with the duty unmet; told to one addressee."""

    noun_verb: ClassVar[str] = "duty.overdue"

    days_after: int
    """Configured distance in calendar days from the end of the due day."""
