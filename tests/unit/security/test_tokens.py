"""Tokens are believed only when signed by the issuer's published keys, for us, and in time."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from shared.bounded_answers import BoundedClient
from shared.process.settings import TokenSettings
from shared.security import key_set
from shared.security.principals import Role
from shared.security.tokens import Authenticator, TokenRefusedError

ISSUER = "https://sign-in.example"
PROVIDER = "0190f7a2-1111-7111-8111-111111111111"
ELLIPTIC = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
FOREIGN = ec.generate_private_key(ec.SECP256R1())


def _key_set(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    elliptic = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    plain = RSAAlgorithm.to_jwk(RSA.public_key(), as_dict=True)
    return {"keys": [elliptic | {"kid": "elliptic"}, plain | {"kid": "plain"}]}


class _Issuer:
    """Publishes the key set, and counts how often it was asked."""

    def __init__(self) -> None:
        self.elliptic = ELLIPTIC
        self.asked = 0

    def __call__(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(200, json=_key_set(self.elliptic))


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> _Issuer:
    found = _Issuer()
    made = BoundedClient

    def client(timeout: float) -> httpx.AsyncClient:
        return made(transport=httpx.MockTransport(found), timeout=timeout)

    monkeypatch.setattr(key_set, "BoundedClient", client)
    return found


@pytest.fixture
def authenticator(issuer: _Issuer) -> Authenticator:
    settings = TokenSettings(token_issuer=ISSUER, token_keys_url=f"{ISSUER}/keys")
    return Authenticator(settings)


def _token(
    key: PrivateKey = ELLIPTIC, kid: str = "elliptic", algorithm: str = "ES256", **claims: object
) -> str:
    standard = {
        "iss": ISSUER,
        "aud": "casomb",
        "sub": "someone",
        "exp": datetime.now(UTC) + timedelta(hours=6),
        "roles": ["officer"],
    }
    return "Bearer " + jwt.encode(standard | claims, key, algorithm, {"kid": kid})


async def test_claims_become_an_actor(authenticator: Authenticator) -> None:
    token = _token(agency="a", unit="u", provider=PROVIDER, roles=["officer", "unheard-of"])

    actor = await authenticator.actor(token)

    assert actor.roles == {Role.OFFICER}
    assert (actor.agency, actor.unit, actor.provider) == ("a", "u", UUID(PROVIDER))
    assert actor.program is None


async def test_both_kinds_of_signature_are_believed(authenticator: Authenticator) -> None:
    actor = await authenticator.actor(_token(RSA, "plain", "RS256"))

    assert actor.subject == "someone"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Basic c29tZW9uZTpwYXNzd29yZA==",
        "Bearer ",
        "Bearer not.a.token",
        _token(FOREIGN),
        _token(kid="unpublished"),
        _token(iss="https://elsewhere.example"),
        _token(aud="another-system"),
        _token(exp=datetime.now(UTC) - timedelta(minutes=5)),
        _token(nbf=datetime.now(UTC) + timedelta(days=1)),
        _token(sub=None),
        _token(roles="officer"),
        _token(provider="nobody"),
        _token(provider=[PROVIDER]),
        _token(roles=[["officer"]]),
        _token(roles=[{"officer": True}]),
        _token(sub="a\0b"),
        _token(sub="a\ud800b"),
        _token(sub="s" * 201),
        _token(agency="a\0b"),
        _token(unit=7),
        "Bearer " + urlsafe_b64encode(b"[" * 6_000).decode() + ".e30.e30",
        "Bearer " + jwt.encode({"sub": "x"}, "s" * 32, "HS256", {"kid": "elliptic"}),
        "Bearer " + jwt.encode({"sub": "x"}, "", "none", {"kid": "elliptic"}),
    ],
)
async def test_any_other_token_is_refused(
    authenticator: Authenticator, authorization: str | None
) -> None:
    with pytest.raises(TokenRefusedError):
        await authenticator.actor(authorization)


async def test_a_key_changed_under_the_same_id_is_asked_for_once_its_signatures_do_not_fit(
    authenticator: Authenticator, issuer: _Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await authenticator.actor(_token())
    monkeypatch.setattr("shared.security.key_set.ASK_AGAIN_SECONDS", -1.0)
    issuer.elliptic = FOREIGN

    actor = await authenticator.actor(_token(FOREIGN))

    assert actor.subject == "someone"
    assert issuer.asked == 2
