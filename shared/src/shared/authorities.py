"""The authority under which a record about a supervised person is seen.

The case's team, its supervisors, DOJ and auditors may see records; each view is recorded in the
audit trail with its authority (CJIS Security Policy).
"""

from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Protocol
from uuid import UUID

EVERY_UNIT = "*"
"""The unit of a person who works for every unit of the agency."""


class Authority(StrEnum):
    """Under which authority a record is seen; `supervising-unit` covers an officer on leave."""

    SCORER = "scorer"
    TEAM_MEMBER = "team-member"
    SUPERVISING_UNIT = "supervising-unit"
    SUPERVISOR = "supervisor"
    RECORDING_AGENCY = "recording-agency"
    DOJ_FORM = "doj-form"
    DOJ_NOTICE = "doj-notice"
    AUDITOR = "auditor"
    OPERATOR = "operator"


OVERSEERS = {"auditor": Authority.AUDITOR, "operator": Authority.OPERATOR}


class Viewer(Protocol):
    """The person or client that asks, from the token."""

    @property
    def subject(self) -> str:
        """The subject of the token."""
        ...

    @property
    def person_id(self) -> UUID | None:
        """The person's own id; None for a client whose subject is not a UUID."""
        ...

    @property
    def roles(self) -> AbstractSet[str]:
        """The caller's roles."""
        ...

    @property
    def agency(self) -> str | None:
        """Code of the agency, for officers and their superiors."""
        ...

    @property
    def unit(self) -> str | None:
        """Code of the unit; None if the token has no unit."""
        ...

    @property
    def sees_every_unit(self) -> bool:
        """Whether the viewer sees all units of the agency."""
        ...

    @property
    def provider(self) -> UUID | None:
        """The provider's id."""
        ...

    @property
    def program(self) -> UUID | None:
        """The program's id."""
        ...


def as_supervising(
    viewer: Viewer, *, agency: str, unit: str | None, officer_id: UUID
) -> Authority | None:
    """The authority of agency staff over what their agency and unit supervise; None for others."""
    if viewer.agency != agency:
        return None
    is_of_unit = viewer.sees_every_unit or unit is None or viewer.unit == unit
    if "agency-lead" in viewer.roles or ("unit-supervisor" in viewer.roles and is_of_unit):
        return Authority.SUPERVISOR
    if "officer" in viewer.roles and viewer.person_id == officer_id:
        return Authority.TEAM_MEMBER
    return Authority.SUPERVISING_UNIT if "officer" in viewer.roles and is_of_unit else None


def as_treating(
    viewer: Viewer, *, provider_id: UUID, program_id: UUID, examiner_id: UUID
) -> Authority | None:
    """The authority of a team's provider, program or examiner; None for all others."""
    if "provider" in viewer.roles and viewer.provider == provider_id:
        return Authority.TEAM_MEMBER
    if "examiner" in viewer.roles and viewer.person_id == examiner_id:
        return Authority.TEAM_MEMBER
    if "program-representative" in viewer.roles and viewer.program == program_id:
        return Authority.SUPERVISOR
    return None


def authority_over(
    viewer: Viewer, *, agency: str | None, unit: str | None, officer_id: UUID | None
) -> Authority:
    """The authority of a viewer who may see it: as an overseer, the agency or the team.

    The three are None if the service does not know who supervises.
    """
    for role, authority in OVERSEERS.items():
        if role in viewer.roles:
            return authority
    supervising = None
    if agency is not None and officer_id is not None:
        supervising = as_supervising(viewer, agency=agency, unit=unit, officer_id=officer_id)
    return supervising or _in_team(viewer)


def _in_team(viewer: Viewer) -> Authority:
    is_member = not viewer.roles.isdisjoint({"provider", "examiner"})
    return Authority.TEAM_MEMBER if is_member else Authority.SUPERVISOR
