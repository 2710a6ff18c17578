"""Events of the certification service about applications, certifications and credentials."""

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
    """ID of the provider or program that is to be certified."""


class ApplicationSubmitted(_ApplicationEvent):
    """An application was submitted. Its processing clock has not started."""

    noun_verb: ClassVar[str] = "application.submitted"

    received_on: PlainDate


class ApplicationDeficient(_ApplicationEvent):
    """Required items are missing, and the application waits for the applicant."""

    noun_verb: ClassVar[str] = "application.deficient"

    deficiency_id: UUID
    items: tuple[str, ...]
    """Codes of the checklist items that are missing."""
    answer_due_on: PlainDate


class ApplicationCompleted(_ApplicationEvent):
    """The application is complete. The processing clock counts from the day on which it was."""

    noun_verb: ClassVar[str] = "application.completed"
    schema_version: ClassVar[int] = 2

    completed_on: PlainDate
    """The day on which the last required item arrived."""
    found_complete_on: PlainDate | None = None
    """The day on which staff confirmed completeness. Null in events that lack it."""


class ApplicationDecided(_ApplicationEvent):
    """The Board decided the application: `granted`, `granted-with-conditions` or `denied`."""

    noun_verb: ClassVar[str] = "application.decided"

    decision_id: UUID
    outcome: str
    decided_on: PlainDate


class ApplicationWithdrawn(_ApplicationEvent):
    """The applicant withdrew the application. Nothing is owed on it any more."""

    noun_verb: ClassVar[str] = "application.withdrawn"

    withdrawn_on: PlainDate


class ApplicationAbandoned(_ApplicationEvent):
    """The applicant did not answer a notice in time, and the Board closed the application."""

    noun_verb: ClassVar[str] = "application.abandoned"

    abandoned_on: PlainDate


class CertificationGranted(Event):
    """A provider or program is certified from one day until the day before another."""

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
    """The first day on which the certification is no longer valid."""


class CertificationRecorded(Event):
    """A certification from before this system was recorded from a list."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "certification.recorded"
    subject_kind: ClassVar[str] = "certification"

    certification_id: UUID
    kind: str
    holder_id: UUID
    level: str | None = None
    effective_from: PlainDate
    effective_until: PlainDate
    """The first day on which the certification is no longer valid."""


class _CertificationEvent(Event):
    service: ClassVar[str] = "certification"
    subject_kind: ClassVar[str] = "certification"

    certification_id: UUID
    kind: str
    """`provider` or `program`."""
    holder_id: UUID


class CertificationSuspended(_CertificationEvent):
    """A certification is not valid from a day on, until it is reinstated."""

    noun_verb: ClassVar[str] = "certification.suspended"

    effective_on: PlainDate


class CertificationReinstated(_CertificationEvent):
    """A suspended certification is valid again from a day on, until its term ends."""

    noun_verb: ClassVar[str] = "certification.reinstated"

    effective_on: PlainDate


class CertificationEnded(_CertificationEvent):
    """A certification is no longer valid from a day on."""

    noun_verb: ClassVar[str] = "certification.ended"

    effective_on: PlainDate
    because: str
    """`expired`, `revoked`, `surrendered`, `renewed`, `upgraded` or `voided`."""


class CertificationCorrected(_CertificationEvent):
    """A certification has other dates than published, from the start.

    The earlier dates were wrong, or the certification continues while the Board decides a renewal
    that was filed in time.
    """

    noun_verb: ClassVar[str] = "certification.corrected"

    effective_from: PlainDate
    effective_until: PlainDate
    """The first day on which the certification is no longer valid."""


class CertificationAmended(_CertificationEvent):
    """The holder's name, the level or the conditions were amended. Read the register again."""

    noun_verb: ClassVar[str] = "certification.amended"

    amended: str
    """`name`, `level` or `conditions`. The new values are never in an event."""
    effective_on: PlainDate
    """The first day on which the register has the new values."""


class ScorerCredentialRecorded(Event):
    """A person may score with one instrument from a day on, as certified by another body."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "scorer-credential.recorded"
    subject_kind: ClassVar[str] = "scorer-credential"

    scorer_credential_id: UUID
    scorer_id: UUID
    """The provider's ID, or the officer's ID for the static instrument."""
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
    """A scorer credential is no longer valid from a day on."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "scorer-credential.ended"
    subject_kind: ClassVar[str] = "scorer-credential"

    scorer_credential_id: UUID
    scorer_id: UUID
    instrument: str
    effective_on: PlainDate
    because: str
    """`expired`, `withdrawn` by the body that granted it, or `corrected` by another credential."""


class ExaminerStandingEnded(Event):
    """A polygraph examiner's standing is no longer valid from a day on."""

    service: ClassVar[str] = "certification"
    noun_verb: ClassVar[str] = "examiner-standing.ended"
    subject_kind: ClassVar[str] = "examiner-standing"

    examiner_standing_id: UUID
    examiner_id: UUID
    effective_on: PlainDate
    because: str
    """`expired`, `withdrawn`, or `corrected` by another standing."""


class _ProgramProviderEvent(Event):
    service: ClassVar[str] = "certification"
    subject_kind: ClassVar[str] = "program-provider"

    program_provider_id: UUID
    """ID of the link between provider and program."""
    program_id: UUID
    provider_id: UUID
    effective_from: PlainDate


class ProgramProviderLinked(_ProgramProviderEvent):
    """A provider works in a program from a day on."""

    noun_verb: ClassVar[str] = "program-provider.linked"

    effective_until: PlainDate | None = None
    """The first day on which the provider no longer works there. Null while no end is known."""


class ProgramProviderEnded(_ProgramProviderEvent):
    """A provider no longer works in a program. This end replaces one published before."""

    noun_verb: ClassVar[str] = "program-provider.ended"

    effective_until: PlainDate
    """The first day on which the provider no longer works there; the link's first day if never."""
