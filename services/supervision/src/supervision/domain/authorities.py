"""Under which authority somebody sees or does something, and who sees the conviction.

Whether anybody sees a row at all is decided where rows are read; this names the reason for the
audit record. Criminal history stays with the supervising agency (CORI).
"""

from typing import Protocol
from uuid import UUID

from shared import authorities
from shared.authorities import Authority, Viewer, as_supervising
from supervision.domain.persons import Person


class Supervised(Protocol):
    """What an agency, its unit and an officer supervise: a case, or a score shared in one."""

    @property
    def agency(self) -> str:
        """The agency's code."""
        ...

    @property
    def unit(self) -> str | None:
        """The unit's code; None where the agency has none."""
        ...

    @property
    def officer_id(self) -> UUID:
        """The officer."""
        ...


def authority_over(supervised: Supervised, viewer: Viewer) -> Authority:
    """The authority of a viewer who is let in: an overseer's, the agency's or the team's."""
    return authorities.authority_over(
        viewer,
        agency=supervised.agency,
        unit=supervised.unit,
        officer_id=supervised.officer_id,
    )


def authority_over_person(person: Person, viewer: Viewer) -> Authority:
    """The same for a person: the recording agency sees the record before a case is open."""
    is_own = viewer.agency == person.recorded_by_agency
    return Authority.RECORDING_AGENCY if is_own else Authority.SUPERVISING_UNIT


def may_see_conviction(supervised: Supervised, viewer: Viewer) -> bool:
    """Whether the viewer is of the supervising agency, or an auditor."""
    return "auditor" in viewer.roles or _supervising(supervised, viewer) is not None


def _supervising(supervised: Supervised, viewer: Viewer) -> Authority | None:
    return as_supervising(
        viewer,
        agency=supervised.agency,
        unit=supervised.unit,
        officer_id=supervised.officer_id,
    )
