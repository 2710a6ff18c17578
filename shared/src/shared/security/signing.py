"""Signs statements as compact JWS (ES256); the keys are published and may be retired.

A key's id is its thumbprint (RFC 7638), so nobody has to choose one. The payload is canonical JSON
with sorted names: the same facts are always the same bytes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

ALGORITHM = "ES256"
_THUMBED = ("crv", "kty", "x", "y")
"""The members of an EC key from which its thumbprint is computed, in order."""

PublicKey = dict[str, str]
"""One key of a JWKS document."""


class KeyRefusedError(ValueError):
    """The text is not a usable key; the message never contains the text."""


@dataclass(frozen=True)
class SigningKey:
    """The current signing key, and the public halves of earlier ones."""

    private: ec.EllipticCurvePrivateKey
    public: PublicKey
    retired: Sequence[PublicKey] = ()

    @classmethod
    def read(cls, pem: str, retired: str = "") -> Self:
        """Read the private key (PEM) and the retired public keys (a JWKS document, or empty).

        Raises KeyRefusedError for anything but keys of the curve P-256.
        """
        private = _private(pem)
        return cls(private, _published(private.public_key()), read_retired(retired))

    @property
    def key_id(self) -> str:
        """The id under which the public key is published."""
        return self.public["kid"]

    def key_set(self) -> dict[str, list[PublicKey]]:
        """All public keys that verify signatures, as a JWKS document; the current key is first."""
        others = [key for key in self.retired if key["kid"] != self.key_id]
        return {"keys": [self.public, *others]}

    def sign(self, claims: Mapping[str, Any], *, kind: str) -> str:
        """Sign; `kind` becomes the `typ` header, which tells kinds of statements apart."""
        payload = json.dumps(claims, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        headers = {"typ": kind, "kid": self.key_id}
        return jwt.PyJWS().encode(payload.encode(), self.private, ALGORITHM, headers)


def read_retired(text: str) -> tuple[PublicKey, ...]:
    """Read a JWKS document of public keys; an empty text means none. Raises KeyRefusedError."""
    if not text.strip():
        return ()
    try:
        keys = json.loads(text)["keys"]
        return tuple(_published(_public(key)) for key in keys)
    except (ValueError, KeyError, TypeError, AttributeError, jwt.PyJWTError):
        raise KeyRefusedError(
            'must be {"keys": [...]} with public keys of the curve P-256 as they were published'
        ) from None


def _private(pem: str) -> ec.EllipticCurvePrivateKey:
    try:
        found = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        found = None
    if not isinstance(found, ec.EllipticCurvePrivateKey) or not _is_p256(found):
        raise KeyRefusedError(
            "must be a private key of the curve P-256 in PEM format, without a password"
        )
    return found


def _public(key: Mapping[str, Any]) -> ec.EllipticCurvePublicKey:
    if "d" in key:
        raise KeyRefusedError("a retired key must contain only its public half")
    found = ECAlgorithm.from_jwk(dict(key))
    if not isinstance(found, ec.EllipticCurvePublicKey) or not _is_p256(found):
        raise KeyRefusedError("must be of the curve P-256")
    return found


def _is_p256(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> bool:
    return isinstance(key.curve, ec.SECP256R1)


def _published(key: ec.EllipticCurvePublicKey) -> PublicKey:
    members = ECAlgorithm.to_jwk(key, as_dict=True)
    return {**members, "kid": _thumbprint(members), "use": "sig", "alg": ALGORITHM}


def _thumbprint(members: Mapping[str, str]) -> str:
    text = json.dumps({name: members[name] for name in _THUMBED}, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
