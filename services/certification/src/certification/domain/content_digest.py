"""The SHA-256 that a request announces for its content: `Content-Digest` (RFC 9530)."""

import base64
import binascii
import re

from shared.errors import Fault, InvalidInputError

_MEMBER = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")
SHA256_BYTES = 32


def sha256_of(header: str) -> str:
    """Return the SHA-256 in lower-case hex; InvalidInputError if the header has none."""
    for member in header.split(","):
        found = _MEMBER.fullmatch(member.strip())
        if found is not None and (digest := _decoded(found.group(1))) is not None:
            return digest.hex()
    raise InvalidInputError(
        "Content-Digest must contain a SHA-256",
        code="malformed-content-digest",
        faults=[Fault("Content-Digest", "must be sha-256=:<base64 of 32 bytes>:")],
    )


def _decoded(text: str) -> bytes | None:
    try:
        digest = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    return digest if len(digest) == SHA256_BYTES else None
