"""A case as scoring knows it, and who may see its scores.

Scores are shown to the team of the case, its supervisors, DOJ and auditors; the authority under
which somebody saw one goes on the audit record (CJIS Security Policy).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scoring.domain.viewers import Authority, Viewer


@dataclass(frozen=True)
class Supervision:
    """Who supervises: an agency, its unit where it has them, an officer."""

    agency: str
    unit: str | None
    officer_id: UUID


@dataclass(frozen=True)
class Treatment:
    """Who treats and examines."""

    provider_id: UUID
    program_id: UUID
    examiner_id: UUID
    effective_from: date


@dataclass(frozen=True)
class Case:
    """A case; `treatment` is None until a team is formed."""

    id: UUID
    agency_kind: str
    supervision: Supervision
    treatment: Treatment | None

    def authority_of(self, viewer: Viewer) -> Authority | None:
        """Under which authority the viewer sees the case's scores; None where there is none."""
        if "service" in viewer.roles:
            return Authority.DOJ_FORM
        if "auditor" in viewer.roles:
            return Authority.AUDITOR
        return self._as_treating(viewer) or self._as_supervising(viewer)

    def _as_treating(self, viewer: Viewer) -> Authority | None:
        treatment = self.treatment
        if treatment is None:
            return None
        if "provider" in viewer.roles and viewer.provider == treatment.provider_id:
            return Authority.TEAM_MEMBER
        if "examiner" in viewer.roles and viewer.subject == str(treatment.examiner_id):
            return Authority.TEAM_MEMBER
        if "program-representative" in viewer.roles and viewer.program == treatment.program_id:
            return Authority.SUPERVISOR
        return None

    def is_supervised_by(self, viewer: Viewer) -> bool:
        """Whether the viewer is an officer of the agency, and of the unit, that supervises."""
        return "officer" in viewer.roles and self._as_supervising(viewer) is not None

    def _as_supervising(self, viewer: Viewer) -> Authority | None:
        if viewer.agency != self.supervision.agency:
            return None
        if "agency-lead" in viewer.roles:
            return Authority.SUPERVISOR
        if viewer.unit and self.supervision.unit and viewer.unit != self.supervision.unit:
            return None
        if "unit-supervisor" in viewer.roles:
            return Authority.SUPERVISOR
        return self._as_officer(viewer)

    def _as_officer(self, viewer: Viewer) -> Authority | None:
        if "officer" not in viewer.roles:
            return None
        is_own = viewer.subject == str(self.supervision.officer_id)
        return Authority.TEAM_MEMBER if is_own else Authority.SUPERVISING_UNIT


@dataclass(frozen=True)
class Team:
    """The containment team of a case from a day on."""

    id: UUID
    case_id: UUID
    supervision: Supervision
    treatment: Treatment
