"""Converts certification's events to the changes that are stored."""

from uuid import UUID

from shared.credentials.changes import ChangeKind, CredentialChange
from shared.events.certification import (
    CertificationCorrected,
    CertificationEnded,
    CertificationGranted,
    CertificationRecorded,
    CertificationReinstated,
    CertificationSuspended,
    ExaminerStandingEnded,
    ScorerCredentialEnded,
)
from shared.law.validity import Validity

CertificationBegun = CertificationGranted | CertificationRecorded
CertificationChanged = (
    CertificationSuspended | CertificationReinstated | CertificationEnded | CertificationCorrected
)
ToldChange = CertificationChanged | ScorerCredentialEnded | ExaminerStandingEnded

BEGINNINGS: tuple[type[CertificationBegun], ...] = (CertificationGranted, CertificationRecorded)
CHANGES: tuple[type[CertificationChanged], ...] = (
    CertificationSuspended,
    CertificationReinstated,
    CertificationEnded,
    CertificationCorrected,
)
"""The events of a certification, for services that register a handler for all of them."""


def change_of(event_id: UUID, told: ToldChange) -> CredentialChange:
    """Convert an event; its id becomes the change's fact id."""
    match told:
        case CertificationCorrected():
            term = Validity(told.effective_from, told.effective_until)
            return CredentialChange(event_id, told.subject_id, ChangeKind.CORRECTED, term=term)
        case CertificationSuspended():
            kind, because = ChangeKind.SUSPENDED, None
        case CertificationReinstated():
            kind, because = ChangeKind.REINSTATED, None
        case _:
            kind, because = ChangeKind.ENDED, told.because
    return CredentialChange(event_id, told.subject_id, kind, told.effective_on, because)
