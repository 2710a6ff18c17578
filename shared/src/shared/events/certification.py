"""What the certification service announces about applications, certifications and credentials."""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate


class _ApplicationEvent(Event):
    service: ClassVar[str] = "certification"
    subject_kind: ClassVar[str] = "application"

    application_id: UUID
    kind: str
    """`provider` or `program`."""
    holder_id: UUID
    """The provider or program that would be certified."""


class ApplicationSubmitted(_ApplicationEvent):
    """An application arrived; its processing clock has not started."""

    noun_verb: ClassVar[str] = "application.submitted"

    received_on: PlainDate


class ApplicationDeficient(_ApplicationEvent):
    """Items are missing: the application now waits on the applicant."""

    noun_verb: ClassVar[str] = "application.deficient"

    deficiency_id: UUID
    items: tuple[str, ...]
    """Codes of the checklist items that are missing."""
    answer_due_on: PlainDate


class ApplicationCompleted(_ApplicationEvent):
    """Everything is there: the processing clock counts from the day on which that was so."""

    noun_verb: ClassVar[str] = "application.completed"
    schema_version: ClassVar[int] = 2

    completed_on: PlainDate
    """The day on which the last required item arrived."""
    found_complete_on: PlainDate | None = None
    """The day on which staff found so; null in events from before this was told."""


class ApplicationDecided(_ApplicationEvent):
    """The Board decided: `granted`, `granted-with-conditions` or `denied`."""

    noun_verb: ClassVar[str] = "application.decided"

    decision_id: UUID
    outcome: str
    decided_on: PlainDate


class ApplicationWithdrawn(_ApplicationEvent):
    """Its applicant withdrew it: nothing is owed on it any more."""

    noun_verb: ClassVar[str] = "application.withdrawn"

    withdrawn_on: PlainDate


class ApplicationAbandoned(_ApplicationEvent):
    """Its applicant did not answer a notice in time, and the Board closed the file."""

    noun_verb: ClassVar[str] = "application.abandoned"

    abandoned_on: PlainDate


class CertificationGranted(Event):
    """A provider or program is certified from a day on, until the day before another."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "certification.granted"
    subject_kind: ClassVar[str] = "certification"

    certification_id: UUID
    application_id: UUID
    kind: str
    holder_id: UUID
    level: str | None = None
    """`independent`, `associate`, … for a provider; null for a program."""
    effective_from: PlainDate
    effective_until: PlainDate
    """First day on which it no longer holds."""


class CertificationRecorded(Event):
    """A provider or program was certified before this system: a list brought it in."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "certification.recorded"
    subject_kind: ClassVar[str] = "certification"

    certification_id: UUID
    kind: str
    holder_id: UUID
    level: str | None = None
    effective_from: PlainDate
    effective_until: PlainDate
    """First day on which it no longer holds."""


class _CertificationEvent(Event):
    service: ClassVar[str] = "certification"
    subject_kind: ClassVar[str] = "certification"

    certification_id: UUID
    kind: str
    """`provider` or `program`."""
    holder_id: UUID


class CertificationSuspended(_CertificationEvent):
    """It does not hold from a day on, until it is reinstated."""

    noun_verb: ClassVar[str] = "certification.suspended"

    effective_on: PlainDate


class CertificationReinstated(_CertificationEvent):
    """A suspended one holds again from a day on, until its term is over."""

    noun_verb: ClassVar[str] = "certification.reinstated"

    effective_on: PlainDate


class CertificationEnded(_CertificationEvent):
    """It holds no longer from a day on."""

    noun_verb: ClassVar[str] = "certification.ended"

    effective_on: PlainDate
    because: str
    """`expired`, `revoked`, `surrendered`, `renewed`, `upgraded` or `voided`."""


class CertificationCorrected(_CertificationEvent):
    """Other dates hold than were announced, from the start.

    They were wrong, or the certification goes on while the Board decides a renewal filed in time.
    """

    noun_verb: ClassVar[str] = "certification.corrected"

    effective_from: PlainDate
    effective_until: PlainDate
    """First day on which it no longer holds."""


class CertificationAmended(_CertificationEvent):
    """Its holder's name, its level or its conditions were amended: read the register anew."""

    noun_verb: ClassVar[str] = "certification.amended"

    amended: str
    """`name`, `level` or `conditions`; what they are now is never in an event."""
    effective_on: PlainDate
    """First day on which the register says otherwise than before."""


class ScorerCredentialRecorded(Event):
    """A person may score one instrument from a day on, as certified by others."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "scorer-credential.recorded"
    subject_kind: ClassVar[str] = "scorer-credential"

    scorer_credential_id: UUID
    scorer_id: UUID
    """The provider's id, or the officer's for the static instrument."""
    instrument: str
    effective_from: PlainDate
    effective_until: PlainDate


class ExaminerStandingRecorded(Event):
    """A polygraph examiner meets the Board's standards from a day on."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "examiner-standing.recorded"
    subject_kind: ClassVar[str] = "examiner-standing"

    examiner_standing_id: UUID
    examiner_id: UUID
    effective_from: PlainDate
    effective_until: PlainDate


class ScorerCredentialEnded(Event):
    """A scorer credential holds no longer from a day on."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "scorer-credential.ended"
    subject_kind: ClassVar[str] = "scorer-credential"

    scorer_credential_id: UUID
    scorer_id: UUID
    instrument: str
    effective_on: PlainDate
    because: str
    """`expired`, `withdrawn` by whoever granted it, or `corrected` by another."""


class ExaminerStandingEnded(Event):
    """A polygraph examiner's standing holds no longer from a day on."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "examiner-standing.ended"
    subject_kind: ClassVar[str] = "examiner-standing"

    examiner_standing_id: UUID
    examiner_id: UUID
    effective_on: PlainDate
    because: str
    """`expired`, `withdrawn`, or `corrected` by another."""


class _ProgramProviderEvent(Event):
    service: ClassVar[str] = "certification"
    subject_kind: ClassVar[str] = "program-provider"

    program_provider_id: UUID
    """Id of the link between the two."""
    program_id: UUID
    provider_id: UUID
    effective_from: PlainDate


class ProgramProviderLinked(_ProgramProviderEvent):
    """A provider works in a program from a day on."""

    noun_verb: ClassVar[str] = "program-provider.linked"

    effective_until: PlainDate | None = None
    """First day on which the provider no longer does; null while no end is known."""


class ProgramProviderEnded(_ProgramProviderEvent):
    """A provider works in a program no longer; an end announced before is replaced by this one."""

    noun_verb: ClassVar[str] = "program-provider.ended"

    effective_until: PlainDate
    """First day on which the provider no longer does; the first day itself if it never did."""
