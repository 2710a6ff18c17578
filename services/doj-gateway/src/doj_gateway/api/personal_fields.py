"""What routes need for persons' data: the keys, and a way to ask supervision.

The composition root puts both on the app.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from doj_gateway.partners.supervision import Supervision
from shared.security.personal_fields import PersonalFields


async def _fields(request: Request) -> PersonalFields:
    found: PersonalFields = request.app.state.personal_fields
    return found


async def _supervision(request: Request) -> AsyncIterator[Supervision]:
    """Operators compare a notice now and then: its connection is closed again."""
    made: Supervision = request.app.state.ask_supervision()
    try:
        yield made
    finally:
        await made.close()


CurrentPersonalFields = Annotated[PersonalFields, Depends(_fields)]
CurrentSupervision = Annotated[Supervision, Depends(_supervision)]
