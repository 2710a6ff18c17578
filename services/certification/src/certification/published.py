"""What a decision of this service is in the published language: ids, codes and dates alone."""

from datetime import date

from certification.domain.amendments import Amended
from certification.domain.applications import Application
from certification.domain.certification_changes import CertificationChange, Change
from certification.domain.certifications import Certification
from certification.domain.credentials import End, ExaminerStanding, ScorerCredential
from certification.domain.decisions import Decision
from certification.domain.deficiencies import Deficiency
from certification.domain.program_links import ProgramLink
from shared.events.certification import (
    ApplicationAbandoned,
    ApplicationCompleted,
    ApplicationDecided,
    ApplicationDeficient,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CertificationAmended,
    CertificationCorrected,
    CertificationEnded,
    CertificationGranted,
    CertificationRecorded,
    CertificationReinstated,
    CertificationSuspended,
    ExaminerStandingEnded,
    ExaminerStandingRecorded,
    ProgramProviderEnded,
    ProgramProviderLinked,
    ScorerCredentialEnded,
    ScorerCredentialRecorded,
)


def application_submitted(application: Application) -> ApplicationSubmitted:
    """Announce that it came in; ValueError for a draft, which nobody has received."""
    if application.received_on is None:
        raise ValueError(f"application {application.id} is a draft")
    return ApplicationSubmitted(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        received_on=application.received_on,
    )


def application_deficient(application: Application, deficiency: Deficiency) -> ApplicationDeficient:
    """Announce which items are missing."""
    return ApplicationDeficient(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        deficiency_id=deficiency.id,
        items=tuple(each.item for each in deficiency.items),
        answer_due_on=deficiency.answer_due_on,
    )


def application_completed(application: Application) -> ApplicationCompleted:
    """Announce that everything is there; ValueError for one that never was."""
    if application.completed_on is None:
        raise ValueError(f"application {application.id} is not complete")
    return ApplicationCompleted(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        completed_on=application.completed_on,
        found_complete_on=application.found_complete_on,
    )


def application_decided(application: Application, decision: Decision) -> ApplicationDecided:
    """Announce the outcome, without its reasons."""
    return ApplicationDecided(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        decision_id=decision.id,
        outcome=decision.outcome,
        decided_on=decision.decided_on,
    )


def application_withdrawn(application: Application, on: date) -> ApplicationWithdrawn:
    """Announce that its applicant withdrew it."""
    return ApplicationWithdrawn(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        withdrawn_on=on,
    )


def application_abandoned(application: Application, on: date) -> ApplicationAbandoned:
    """Announce that its applicant did not answer in time."""
    return ApplicationAbandoned(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        abandoned_on=on,
    )


def certification_granted(certification: Certification) -> CertificationGranted:
    """Announce who is certified; ValueError for what a list brought in."""
    if certification.application_id is None:
        raise ValueError(f"certification {certification.id} was recorded, not granted")
    return CertificationGranted(
        certification_id=certification.id,
        application_id=certification.application_id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        level=certification.level,
        effective_from=certification.effective_from,
        effective_until=certification.effective_until,
    )


def certification_recorded(certification: Certification) -> CertificationRecorded:
    """Announce a certification that existed before it was recorded in this system."""
    return CertificationRecorded(
        certification_id=certification.id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        level=certification.level,
        effective_from=certification.effective_from,
        effective_until=certification.effective_until,
    )


def certification_changed(
    certification: Certification, change: CertificationChange
) -> CertificationSuspended | CertificationReinstated | CertificationEnded:
    """Announce what happened to it, and from which day."""
    if change.change is Change.SUSPENDED:
        return CertificationSuspended(
            certification_id=certification.id,
            kind=certification.kind,
            holder_id=certification.holder_id,
            effective_on=change.effective_on,
        )
    if change.change is Change.REINSTATED:
        return CertificationReinstated(
            certification_id=certification.id,
            kind=certification.kind,
            holder_id=certification.holder_id,
            effective_on=change.effective_on,
        )
    return certification_ended(certification, change.change, change.effective_on)


def certification_ended(
    certification: Certification, because: Change, on: date
) -> CertificationEnded:
    """Announce that it no longer holds from a day on, and why."""
    return CertificationEnded(
        certification_id=certification.id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        effective_on=on,
        because=because,
    )


def certification_corrected(certification: Certification) -> CertificationCorrected:
    """Announce from when until when it really holds."""
    return CertificationCorrected(
        certification_id=certification.id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        effective_from=certification.effective_from,
        effective_until=certification.effective_until,
    )


def certification_amended(
    certification: Certification, amended: Amended, on: date
) -> CertificationAmended:
    """Announce that its holder's name, its level or its conditions were amended, and from when."""
    return CertificationAmended(
        certification_id=certification.id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        amended=amended,
        effective_on=on,
    )


def scorer_credential_recorded(credential: ScorerCredential) -> ScorerCredentialRecorded:
    """Announce who may score which instrument, from when and until when."""
    return ScorerCredentialRecorded(
        scorer_credential_id=credential.id,
        scorer_id=credential.scorer_id,
        instrument=credential.instrument,
        effective_from=credential.span.effective_from,
        effective_until=credential.span.effective_until,
    )


def examiner_standing_recorded(standing: ExaminerStanding) -> ExaminerStandingRecorded:
    """Announce which examiner has standing, from when and until when."""
    return ExaminerStandingRecorded(
        examiner_standing_id=standing.id,
        examiner_id=standing.examiner_id,
        effective_from=standing.span.effective_from,
        effective_until=standing.span.effective_until,
    )


def scorer_credential_ended(credential: ScorerCredential, end: End) -> ScorerCredentialEnded:
    """Announce from which day it holds no longer."""
    return ScorerCredentialEnded(
        scorer_credential_id=credential.id,
        scorer_id=credential.scorer_id,
        instrument=credential.instrument,
        effective_on=end.on,
        because=end.because,
    )


def examiner_standing_ended(standing: ExaminerStanding, end: End) -> ExaminerStandingEnded:
    """Announce from which day it holds no longer."""
    return ExaminerStandingEnded(
        examiner_standing_id=standing.id,
        examiner_id=standing.examiner_id,
        effective_on=end.on,
        because=end.because,
    )


def provider_linked(link: ProgramLink) -> ProgramProviderLinked:
    """Announce that a provider works in a program."""
    return ProgramProviderLinked(
        program_provider_id=link.id,
        program_id=link.program_id,
        provider_id=link.provider_id,
        effective_from=link.effective_from,
        effective_until=link.effective_until,
    )


def provider_link_ended(link: ProgramLink) -> ProgramProviderEnded:
    """Announce from when a provider works in a program no more; ValueError for no end."""
    if link.effective_until is None:
        raise ValueError(f"link {link.id} has no end")
    return ProgramProviderEnded(
        program_provider_id=link.id,
        program_id=link.program_id,
        provider_id=link.provider_id,
        effective_from=link.effective_from,
        effective_until=link.effective_until,
    )
