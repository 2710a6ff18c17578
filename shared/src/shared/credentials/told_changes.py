"""What certification announces of a change, as the change that is kept of it."""

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
"""The events of a certification, for those who register a handler for all of them."""


def change_of(event_id: UUID, told: ToldChange) -> CredentialChange:
    """Read an event; its id is the fact's."""
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
