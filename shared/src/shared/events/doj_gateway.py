"""Events of the gateway about submissions to DOJ and about DOJ's notices."""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class _SubmissionEvent(Event):
    service: ClassVar[str] = "doj-gateway"
    subject_kind: ClassVar[str] = "submission"

    submission_id: UUID
    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    reference: str
    """The reference used with DOJ. A score sent again after a rejection has another one."""


class SubmissionHeld(_SubmissionEvent):
    """A score is owed to DOJ, but is not sent until the owner of the duty releases it."""

    noun_verb: ClassVar[str] = "submission.held"


class SubmissionQueued(_SubmissionEvent):
    """A score is waiting to be sent."""

    noun_verb: ClassVar[str] = "submission.queued"
    schema_version: ClassVar[int] = 2

    replaces_submission_id: UUID | None = None
    """ID of the rejected submission whose score this one sends again. Null if it is the first."""


class SubmissionSent(_SubmissionEvent):
    """DOJ accepted the submission."""

    noun_verb: ClassVar[str] = "submission.sent"

    accepted_at: PlainInstant
    """When DOJ accepted it, by DOJ's clock."""
    receipt_number: str


class SubmissionAcknowledged(_SubmissionEvent):
    """DOJ acknowledged the submission."""

    noun_verb: ClassVar[str] = "submission.acknowledged"

    acknowledged_at: PlainInstant


class SubmissionRejected(_SubmissionEvent):
    """DOJ rejected the submission. The original due date stays."""

    noun_verb: ClassVar[str] = "submission.rejected"

    rejected_at: PlainInstant
    reason_code: str


class SubmissionDiffers(_SubmissionEvent):
    """DOJ has another form under this reference than the one sent. A person must decide."""

    noun_verb: ClassVar[str] = "submission.differs"

    accepted_at: PlainInstant
    """When DOJ accepted the form that it has, by DOJ's clock."""


class SubmissionUnknown(_SubmissionEvent):
    """It is not known whether the submission arrived. DOJ is being asked."""

    noun_verb: ClassVar[str] = "submission.unknown"

    attempted_at: PlainInstant


class _ExpectationEvent(Event):
    service: ClassVar[str] = "doj-gateway"
    subject_kind: ClassVar[str] = "expectation"

    expectation_id: UUID
    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: PlainDate


class ExpectationOpened(_ExpectationEvent):
    """DOJ is expected to receive a score by itself."""

    noun_verb: ClassVar[str] = "expectation.opened"


class ExpectationMet(_ExpectationEvent):
    """DOJ's notice of the automatic submission was matched with the expected score."""

    noun_verb: ClassVar[str] = "expectation.met"

    notice_id: UUID
    seen_at: PlainInstant
    """DOJ's own time."""


class NoticeAcknowledged(Event):
    """The gateway acknowledged DOJ's notice, and DOJ accepted the acknowledgment."""

    service: ClassVar[str] = "doj-gateway"
    noun_verb: ClassVar[str] = "notice.acknowledged"
    subject_kind: ClassVar[str] = "notice"

    notice_id: UUID
    expectation_id: UUID
    assessment_id: UUID
    case_id: UUID
    instrument: str
    acknowledged_at: PlainInstant
