"""Who may read applications: applicants read their own, Board staff and auditors read all."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from shared.errors import NotAllowedError
from shared.http.routes import CurrentPrincipal
from shared.security.principals import Role

SEE_ALL = (Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)


async def read_applicant(principal: CurrentPrincipal) -> UUID:
    """Return the caller's account ID; raise NotAllowedError if the token has none."""
    if principal.person_id is None:
        raise NotAllowedError(
            "the token's subject (`sub`) must be a UUID to use this operation",
            code="subject-not-an-id",
        )
    return principal.person_id


async def read_own_only(principal: CurrentPrincipal) -> UUID | None:
    """Return the applicant to whose applications the caller is limited; None if not limited."""
    return None if principal.has(*SEE_ALL) else await read_applicant(principal)


Applicant = Annotated[UUID, Depends(read_applicant)]
OwnOnly = Annotated[UUID | None, Depends(read_own_only)]
