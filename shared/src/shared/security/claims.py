"""Reads the claims of a verified token, and refuses malformed ones.

The identity provider's accounts may contain mistakes, so a valid signature does not make a text
safe for a database, an audit entry or a comparison.
"""

from collections.abc import Mapping
from uuid import UUID

from shared.security.principals import Actor, Role

LONGEST_TEXT = 200
_KNOWN = {role.value for role in Role}


class ClaimRefusedError(Exception):
    """A claim is malformed; the message names the claim but never its value."""


def actor_from(claims: Mapping[str, object]) -> Actor:
    """Read the claims; unknown roles are ignored. Raises ClaimRefusedError."""
    subject = _text(claims, "sub")
    if subject is None:
        raise ClaimRefusedError("the claim `sub` is missing")
    return Actor(
        subject=subject,
        roles=_roles(claims.get("roles", [])),
        agency=_text(claims, "agency"),
        unit=_text(claims, "unit"),
        provider=_id(claims, "provider"),
        program=_id(claims, "program"),
    )


def _roles(value: object) -> frozenset[Role]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ClaimRefusedError("the claim `roles` is not a list of texts")
    return frozenset(Role(role) for role in value if role in _KNOWN)


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT or not value.isprintable():
        raise ClaimRefusedError(
            f"the claim `{name}` is not a text of 1 to {LONGEST_TEXT} printable characters"
        )
    return value


def _id(claims: Mapping[str, object], name: str) -> UUID | None:
    value = claims.get(name)
    try:
        return None if value is None else UUID(_text(claims, name))
    except ValueError:
        raise ClaimRefusedError(f"the claim `{name}` is not a UUID") from None
