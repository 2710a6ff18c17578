"""The law in force, for routes that open duties; the composition root puts it on the app."""

from typing import Annotated

from fastapi import Depends, Request

from shared.law.in_force import Law


async def _law(request: Request) -> Law:
    found: Law = request.app.state.law
    return found


CurrentLaw = Annotated[Law, Depends(_law)]
