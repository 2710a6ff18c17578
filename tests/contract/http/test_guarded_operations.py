"""No operation answers anybody but bearers of its roles, and a refusal writes nothing."""

from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from contract.http.asking import Apis, assert_problem
from contract.http.operations import GUARDED, OPERATIONS, Operation
from shared.security.principals import Role
from shared.testing.tokens import ALGORITHM, LIFETIME, LocalIssuer

EVERY = pytest.mark.parametrize("operation", GUARDED, ids=str)
CLAIMS_REFUSED = {
    "foreign issuer": {"iss": "http://elsewhere.example"},
    "foreign audience": {"aud": "somebody-else"},
    "provider that is no id": {"provider": "nobody"},
}


def forged(token: str) -> str:
    """The same token under the same key id, signed with another key."""
    claims = jwt.decode(token, options={"verify_signature": False})
    header = {"kid": jwt.get_unverified_header(token)["kid"]}
    return jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), ALGORITHM, header)


def test_the_directory_alone_is_public() -> None:
    public = {operation.path for operation in OPERATIONS} - {each.path for each in GUARDED}

    assert public == {"/v1/directory", "/v1/directory/{number}"}


@EVERY
async def test_a_request_without_a_token_is_refused(apis: Apis, operation: Operation) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, headers={})

    assert_problem(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    await api.assert_nothing_written()


@EVERY
async def test_a_token_signed_with_a_foreign_key_is_refused(
    apis: Apis, issuer: LocalIssuer, operation: Operation
) -> None:
    api = await apis(operation.service)
    token = forged(issuer.token(*Role))

    answer = await api.ask(operation, headers={"Authorization": f"Bearer {token}"})

    assert_problem(answer, 401)
    await api.assert_nothing_written()


@EVERY
@pytest.mark.parametrize("claims", CLAIMS_REFUSED.values(), ids=CLAIMS_REFUSED.keys())
async def test_a_token_with_a_foreign_claim_is_refused(
    apis: Apis, issuer: LocalIssuer, operation: Operation, claims: dict[str, str]
) -> None:
    api = await apis(operation.service)
    token = issuer.token(*Role, lifetime=LIFETIME, **claims)

    answer = await api.ask(operation, headers={"Authorization": f"Bearer {token}"})

    assert_problem(answer, 401)
    await api.assert_nothing_written()


@EVERY
async def test_an_expired_token_is_refused(
    apis: Apis, issuer: LocalIssuer, operation: Operation
) -> None:
    api = await apis(operation.service)
    expired = issuer.authorization(*Role, lifetime=timedelta(minutes=-1))

    answer = await api.ask(operation, headers=expired)

    assert_problem(answer, 401)
    await api.assert_nothing_written()


@EVERY
async def test_every_role_that_is_not_named_is_refused(apis: Apis, operation: Operation) -> None:
    api = await apis(operation.service)
    others = set(Role) - operation.roles

    answer = await api.ask(operation, headers=api.holding(*others))

    assert_problem(answer, 403)
    await api.assert_nothing_written()
