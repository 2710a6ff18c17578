"""The key that signs extracts, for routes; the composition root puts it on the app."""

from typing import Annotated

from fastapi import Depends, Request

from shared.security.signing import SigningKey


async def read_register_key(request: Request) -> SigningKey:
    """Return what the composition root read."""
    found: SigningKey = request.app.state.register_key
    return found


RegisterKey = Annotated[SigningKey, Depends(read_register_key)]
