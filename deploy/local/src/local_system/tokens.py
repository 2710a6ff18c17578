"""Tokens for development: signed with the local issuer's own key, kept in the state folder."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from local_system.elliptic_keys import new_key
from local_system.environment import AUDIENCE
from local_system.errors import CannotStartError
from local_system.state import StateFolder, write_secret
from shared.clock import SystemClock
from shared.security.principals import Role

ALGORITHM = "ES256"
WORKING_DAY = timedelta(hours=12)
PEOPLE = uuid.UUID("6c1f6a0e-58a1-4bd5-9a77-0a5b7f0f4c11")
"""Namespace of the invented people: the same role is the same person at every start."""


@dataclass(frozen=True)
class IssuerKey:
    """The issuer's private key and the id under which its public half is published."""

    private: ec.EllipticCurvePrivateKey
    key_id: str

    def key_set(self) -> dict[str, Any]:
        """The public half as a JWKS document."""
        public = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {"keys": [public | {"kid": self.key_id, "use": "sig", "alg": ALGORITHM}]}

    def sign(self, claims: dict[str, Any]) -> str:
        """Sign a token."""
        return jwt.encode(claims, self.private, ALGORITHM, {"kid": self.key_id})


def kept_signing_key(state: StateFolder) -> IssuerKey:
    """Read the signing key of a state folder, making it on the first call."""
    if not state.signing_key.exists():
        write_secret(state.signing_key, new_key())
    private = serialization.load_pem_private_key(state.signing_key.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise CannotStartError(
            f"{state.signing_key} is not a signing key of this system: delete it."
        )
    return IssuerKey(private, _thumbprint(private.public_key()))


def _thumbprint(public: ec.EllipticCurvePublicKey) -> str:
    encoded = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest = hashes.Hash(hashes.SHA256())
    digest.update(encoded)
    return digest.finalize().hex()[:16]


def person(role: str) -> str:
    """The id of the sample person of a role, used if no subject is given."""
    return str(uuid.uuid5(PEOPLE, role))


def issue(
    state: StateFolder,
    role: Role,
    *,
    sub: str | None = None,
    agency: str | None = None,
    unit: str | None = None,
    provider: str | None = None,
    program: str | None = None,
    lifetime: timedelta = WORKING_DAY,
) -> str:
    """Sign a token for a person in one role, which the system of this state folder accepts."""
    own = {"agency": agency, "unit": unit, "provider": provider, "program": program}
    claims = standard_claims(issuer_of(state), sub or person(role), role, lifetime)
    return kept_signing_key(state).sign(claims | {k: v for k, v in own.items() if v is not None})


def standard_claims(issuer: str, sub: str, role: str, lifetime: timedelta) -> dict[str, Any]:
    """The claims every token has."""
    now = SystemClock().now()
    return {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": sub,
        "roles": [str(role)],
        "iat": now,
        "exp": now + lifetime,
    }


def issuer_of(state: StateFolder) -> str:
    """The issuer's address, as the last start on this state folder noted it."""
    try:
        return state.issuer.read_text().strip()
    except FileNotFoundError:
        raise CannotStartError(
            f"No system has been started on {state.folder} yet: run `make run` first."
        ) from None
