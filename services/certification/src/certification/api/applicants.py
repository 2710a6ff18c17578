"""Who asks about applications: an applicant, who sees its own alone, or somebody who sees all."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from shared.errors import NotAllowedError
from shared.http.routes import CurrentPrincipal
from shared.security.principals import Role

SEE_ALL = (Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)


async def read_applicant(principal: CurrentPrincipal) -> UUID:
    """The applicant's id."""
    if principal.person_id is None:
        raise NotAllowedError(
            "the token's subject must be an id to apply with it", code="subject-not-an-id"
        )
    return principal.person_id


async def read_own_only(principal: CurrentPrincipal) -> UUID | None:
    """The applicant whose files alone may be seen; None where all may be."""
    return None if principal.has(*SEE_ALL) else await read_applicant(principal)


Applicant = Annotated[UUID, Depends(read_applicant)]
OwnOnly = Annotated[UUID | None, Depends(read_own_only)]
