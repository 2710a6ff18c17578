"""A case as the scoring service knows it, and who may see its scores.

Scores are shown to the team of the case, its supervisors, DOJ and auditors. The authority for each
view is recorded in the audit record (CJIS Security Policy).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.authorities import Authority, Viewer, as_supervising, as_treating


@dataclass(frozen=True)
class Supervision:
    """Who supervises a case. `unit` is None if the case has no unit."""

    agency: str
    unit: str | None
    officer_id: UUID


@dataclass(frozen=True)
class Treatment:
    """The treatment provider, program and polygraph examiner of a case."""

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
        """Return the authority to see the scores of the case; None if the viewer has none."""
        if "auditor" in viewer.roles:
            return Authority.AUDITOR
        return self._as_treating(viewer) or self._as_supervising(viewer)

    def is_supervised_by(self, viewer: Viewer) -> bool:
        """Whether the viewer is an officer of the supervising agency and unit."""
        return "officer" in viewer.roles and self._as_supervising(viewer) is not None

    def _as_treating(self, viewer: Viewer) -> Authority | None:
        if self.treatment is None:
            return None
        return as_treating(
            viewer,
            provider_id=self.treatment.provider_id,
            program_id=self.treatment.program_id,
            examiner_id=self.treatment.examiner_id,
        )

    def _as_supervising(self, viewer: Viewer) -> Authority | None:
        return as_supervising(viewer, **self.supervision.__dict__)


@dataclass(frozen=True)
class Team:
    """The containment team of a case from a day on."""

    id: UUID
    case_id: UUID
    supervision: Supervision
    treatment: Treatment
