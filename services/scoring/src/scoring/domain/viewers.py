"""Who asks to see a score, and the authorities under which scores are seen."""

from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Viewer(Protocol):
    """Who asks to see a score, as the token says."""

    @property
    def subject(self) -> str:
        """The person's own id."""
        ...

    @property
    def roles(self) -> AbstractSet[str]:
        """The roles of the field."""
        ...

    @property
    def agency(self) -> str | None:
        """Code of the agency, for officers and those above them."""
        ...

    @property
    def unit(self) -> str | None:
        """Code of the unit; None for all of the agency's."""
        ...

    @property
    def provider(self) -> UUID | None:
        """The provider's id."""
        ...

    @property
    def program(self) -> UUID | None:
        """The program's id."""
        ...


class Authority(StrEnum):
    """Under which a score is seen; `supervising-unit` covers for an officer on leave."""

    SCORER = "scorer"
    TEAM_MEMBER = "team-member"
    SUPERVISING_UNIT = "supervising-unit"
    SUPERVISOR = "supervisor"
    DOJ_FORM = "doj-form"
    AUDITOR = "auditor"


def own_ids(viewer: Viewer) -> frozenset[UUID]:
    """The ids under which the viewer may have scored: the provider's and the person's own."""
    ids = (viewer.provider, person_id(viewer))
    return frozenset(each for each in ids if each is not None)


def person_id(viewer: Viewer) -> UUID | None:
    """The person's own id; None for a client whose subject is no id."""
    try:
        return UUID(viewer.subject)
    except ValueError:
        return None
