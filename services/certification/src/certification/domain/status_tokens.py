"""Secret tokens for checking an application's status without signing in.

The token is returned once and stored only as a hash, and in the answer kept for an Idempotency-Key.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field

TOKEN_BYTES = 32
TOKEN_PATTERN = re.compile(r"[A-Za-z0-9_-]{43}")
"""The form of 32 bytes as text."""


@dataclass(frozen=True)
class StatusToken:
    """256 random bits as text for use in a URL."""

    text: str = field(repr=False)

    @property
    def hash(self) -> bytes:
        """The hash that is stored."""
        return token_hash(self.text)


def new_status_token() -> StatusToken:
    """Create a random token."""
    return StatusToken(secrets.token_urlsafe(TOKEN_BYTES))


def token_hash(text: str) -> bytes:
    """Return the SHA-256; 256 random bits need no slow hash because they cannot be guessed."""
    return hashlib.sha256(text.encode()).digest()
