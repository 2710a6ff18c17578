"""What the scoring service announces: that something was scored and shared, never the score."""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class AssessmentFinalized(Event):
    """An assessment is frozen; its result is to be had from scoring by those entitled to it."""

    service: ClassVar[str] = "scoring"
    noun_verb: ClassVar[str] = "assessment.finalized"
    subject_kind: ClassVar[str] = "assessment"

    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    instrument_version: str
    reason: str
    """`initial`, `change`, `final` or `other`."""
    assessed_on: PlainDate
    scorer_id: UUID
    program_id: UUID | None = None
    """Null where an agency scored."""
    agency: str
    finalized_at: PlainInstant


class ShareMade(Event):
    """A provider gave a score to the supervising officer."""

    service: ClassVar[str] = "scoring"
    noun_verb: ClassVar[str] = "share.made"
    subject_kind: ClassVar[str] = "share"

    share_id: UUID
    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: PlainDate
    provider_id: UUID
    program_id: UUID
    agency: str
    unit: str | None = None
    officer_id: UUID
    shared_at: PlainInstant
