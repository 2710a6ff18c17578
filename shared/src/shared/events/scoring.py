"""Events of the scoring service: that a person was scored or a score shared, never the score."""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class AssessmentFinalized(Event):
    """An assessment was finalized. Entitled callers can read its result from scoring."""

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
    """ID of the program whose provider scored. Null if an agency scored."""
    agency: str
    finalized_at: PlainInstant


class ShareMade(Event):
    """A provider shared a score with the supervising officer."""

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
