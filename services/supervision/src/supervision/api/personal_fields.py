"""The keys for personal fields, for routes; the composition root puts them on the app."""

from typing import Annotated

from fastapi import Depends, Request

from shared.security.personal_fields import PersonalFields


async def _fields(request: Request) -> PersonalFields:
    found: PersonalFields = request.app.state.personal_fields
    return found


CurrentPersonalFields = Annotated[PersonalFields, Depends(_fields)]
