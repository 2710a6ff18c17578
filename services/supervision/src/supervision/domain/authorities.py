"""The authority under which a user acts, for the audit record, and who may see the conviction.

Which rows a user sees at all is decided in `storage.visibility`. Criminal history is shown only to
the supervising agency and auditors (CORI).
"""

from typing import Protocol
from uuid import UUID

from shared import authorities
from shared.authorities import Authority, Viewer, as_supervising
from supervision.domain.persons import Person


class Supervised(Protocol):
    """A case, or a score shared in one: supervised by an agency, a unit and an officer."""

    @property
    def agency(self) -> str:
        """Code of the supervising agency."""
        ...

    @property
    def unit(self) -> str | None:
        """Code of the supervising unit; None if the case has no unit."""
        ...

    @property
    def officer_id(self) -> UUID:
        """ID of the supervising officer."""
        ...


def authority_over(supervised: Supervised, viewer: Viewer) -> Authority:
    """Return the authority of a viewer who may see this: overseer, agency or team."""
    return authorities.authority_over(
        viewer,
        agency=supervised.agency,
        unit=supervised.unit,
        officer_id=supervised.officer_id,
    )


def authority_over_person(person: Person, viewer: Viewer) -> Authority:
    """Return the authority of a viewer who may see a person, with or without an open case."""
    is_own = viewer.agency == person.recorded_by_agency
    return Authority.RECORDING_AGENCY if is_own else Authority.SUPERVISING_UNIT


def may_see_conviction(supervised: Supervised, viewer: Viewer) -> bool:
    """Whether the viewer belongs to the supervising agency or is an auditor."""
    return "auditor" in viewer.roles or _supervising(supervised, viewer) is not None


def _supervising(supervised: Supervised, viewer: Viewer) -> Authority | None:
    return as_supervising(
        viewer,
        agency=supervised.agency,
        unit=supervised.unit,
        officer_id=supervised.officer_id,
    )
