"""What a decision of this service is in the published language: ids, codes and dates alone."""

from certification.domain.applications import Application
from certification.domain.certifications import Certification
from certification.domain.credentials import ExaminerStanding, ScorerCredential
from certification.domain.decisions import Decision
from certification.domain.deficiencies import Deficiency
from shared.events.certification import (
    ApplicationCompleted,
    ApplicationDecided,
    ApplicationDeficient,
    ApplicationSubmitted,
    CertificationGranted,
    ExaminerStandingRecorded,
    ScorerCredentialRecorded,
)


def application_submitted(application: Application) -> ApplicationSubmitted:
    """Announce that it came in."""
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


def certification_granted(certification: Certification) -> CertificationGranted:
    """Announce who is certified, from when and until when."""
    return CertificationGranted(
        certification_id=certification.id,
        application_id=certification.application_id,
        kind=certification.kind,
        holder_id=certification.holder_id,
        level=certification.level,
        effective_from=certification.effective_from,
        effective_until=certification.effective_until,
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
