"""What the gateway announces about submissions to DOJ and about what DOJ noticed by itself."""

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
    """The stable reference toward DOJ. A score sent again after a rejection has another."""


class SubmissionHeld(_SubmissionEvent):
    """A score is owed to DOJ and is not sent until whoever owes it releases it."""

    noun_verb: ClassVar[str] = "submission.held"


class SubmissionQueued(_SubmissionEvent):
    """A score waits to be sent."""

    noun_verb: ClassVar[str] = "submission.queued"
    schema_version: ClassVar[int] = 2

    replaces_submission_id: UUID | None = None
    """The submission that DOJ rejected, if this one sends its score again; otherwise null."""


class SubmissionSent(_SubmissionEvent):
    """DOJ accepted the submission."""

    noun_verb: ClassVar[str] = "submission.sent"

    accepted_at: PlainInstant
    """DOJ's own time."""
    receipt_number: str


class SubmissionAcknowledged(_SubmissionEvent):
    """DOJ acknowledged the submission."""

    noun_verb: ClassVar[str] = "submission.acknowledged"

    acknowledged_at: PlainInstant


class SubmissionRejected(_SubmissionEvent):
    """DOJ refused the submission; the original due date stands."""

    noun_verb: ClassVar[str] = "submission.rejected"

    rejected_at: PlainInstant
    reason_code: str


class SubmissionDiffers(_SubmissionEvent):
    """DOJ holds another form under this reference than the one sent; a person must decide."""

    noun_verb: ClassVar[str] = "submission.differs"

    accepted_at: PlainInstant
    """When DOJ accepted the form that it holds, by DOJ's own time."""


class SubmissionUnknown(_SubmissionEvent):
    """Whether the submission arrived is not known; DOJ is being asked."""

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
    """A score that reaches DOJ by itself is expected there."""

    noun_verb: ClassVar[str] = "expectation.opened"


class ExpectationMet(_ExpectationEvent):
    """DOJ's notice of the automatic submission was matched."""

    noun_verb: ClassVar[str] = "expectation.met"

    notice_id: UUID
    seen_at: PlainInstant
    """DOJ's own time."""


class NoticeAcknowledged(Event):
    """The gateway acknowledged DOJ's notice, and DOJ took the acknowledgment."""

    service: ClassVar[str] = "doj-gateway"
    noun_verb: ClassVar[str] = "notice.acknowledged"
    subject_kind: ClassVar[str] = "notice"

    notice_id: UUID
    expectation_id: UUID
    assessment_id: UUID
    case_id: UUID
    instrument: str
    acknowledged_at: PlainInstant
