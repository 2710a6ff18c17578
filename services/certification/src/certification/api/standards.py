"""The Board's standards, for routes that need them; the composition root puts them on the app."""

from typing import Annotated

from fastapi import Depends, Request

from certification.domain.standards import Standards


async def read_standards(request: Request) -> Standards:
    """Return what the composition root loaded."""
    found: Standards = request.app.state.standards
    return found


CurrentStandards = Annotated[Standards, Depends(read_standards)]
