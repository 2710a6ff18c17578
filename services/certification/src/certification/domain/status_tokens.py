"""Unguessable tokens that show an applicant's file without sign-in.

The token is said once and kept as a hash; besides, the answer kept for an Idempotency-Key has it.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field

TOKEN_BYTES = 32
TOKEN_PATTERN = re.compile(r"[A-Za-z0-9_-]{43}")
"""What 32 bytes look like as text."""


@dataclass(frozen=True)
class StatusToken:
    """256 random bits, as text that fits a link."""

    text: str = field(repr=False)

    @property
    def hash(self) -> bytes:
        """What is kept of it."""
        return token_hash(self.text)


def new_status_token() -> StatusToken:
    """Draw one."""
    return StatusToken(secrets.token_urlsafe(TOKEN_BYTES))


def token_hash(text: str) -> bytes:
    """SHA-256: with 256 random bits there is nothing to guess or to slow down."""
    return hashlib.sha256(text.encode()).digest()
