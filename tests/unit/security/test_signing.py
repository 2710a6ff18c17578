"""Signed statements: canonical, verified by the published keys alone, with keys refused by name."""

import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm

from local_system.elliptic_keys import new_key
from shared.security.signing import KeyRefusedError, SigningKey, read_retired

KIND = "a-statement+jwt"
RFC_7517_KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}
P_384_KEY = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()).public_key(), as_dict=True)


def _pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes = b"") -> str:
    encryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    ).decode()


def _part(statement: str, number: int) -> bytes:
    part = statement.split(".")[number]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_statement_is_verified_by_the_published_keys() -> None:
    key = SigningKey.read(new_key())

    statement = key.sign({"iss": "us", "as_of": "2026-11-20"}, kind=KIND)

    (published,) = jwt.PyJWKSet.from_dict(dict(key.key_set())).keys
    assert jwt.decode(statement, published, ["ES256"]) == {"iss": "us", "as_of": "2026-11-20"}
    assert json.loads(_part(statement, 0)) == {"alg": "ES256", "kid": key.key_id, "typ": KIND}


def test_the_same_facts_are_the_same_bytes() -> None:
    key = SigningKey.read(new_key())

    one = key.sign({"b": 1, "a": {"d": "ü", "c": None}}, kind=KIND)
    other = key.sign({"a": {"c": None, "d": "ü"}, "b": 1}, kind=KIND)

    assert _part(one, 1) == _part(other, 1) == '{"a":{"c":null,"d":"ü"},"b":1}'.encode()


def test_a_key_is_known_by_its_thumbprint() -> None:
    (key,) = read_retired(json.dumps({"keys": [RFC_7517_KEY | {"kid": "by another name"}]}))

    assert key["kid"] == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"


def test_a_retired_key_is_published_after_todays_and_never_twice() -> None:
    old = SigningKey.read(new_key())

    now = SigningKey.read(new_key(), json.dumps(old.key_set()))
    again = SigningKey.read(new_key(), json.dumps(now.key_set()))
    back = SigningKey(old.private, old.public, now.key_set()["keys"])

    assert [each["kid"] for each in now.key_set()["keys"]] == [now.key_id, old.key_id]
    assert len(again.key_set()["keys"]) == 3
    assert [each["kid"] for each in back.key_set()["keys"]] == [old.key_id, now.key_id]


def test_what_is_published_holds_no_private_part() -> None:
    key = SigningKey.read(new_key())

    assert set(key.public) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a secret",
        _pem(ec.generate_private_key(ec.SECP384R1())),
        _pem(ec.generate_private_key(ec.SECP256R1()), b"a password"),
        _pem(rsa.generate_private_key(65537, 2048)),
    ],
    ids=["nothing", "no key", "another curve", "under a password", "rsa"],
)
def test_what_is_no_key_of_ours_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(KeyRefusedError) as refused:
        SigningKey.read(text)

    assert str(refused.value) == (
        "must be a private key of the curve P-256 in PEM format, without a password"
    )
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize(
    "text",
    [
        "a key",
        "[]",
        "null",
        '{"keys": null}',
        '{"keys": ["a key"]}',
        '{"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}',
        json.dumps({"keys": [RFC_7517_KEY | {"crv": "P-384"}]}),
        json.dumps({"keys": [P_384_KEY]}),
        json.dumps({"keys": [RFC_7517_KEY | {"y": RFC_7517_KEY["x"]}]}),
        json.dumps({"keys": [RFC_7517_KEY | {"d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}]}),
    ],
)
def test_what_is_no_set_of_public_keys_is_refused(text: str) -> None:
    with pytest.raises(KeyRefusedError, match="public"):
        read_retired(text)
