"""No operation answers anybody but bearers of its roles, and a refusal writes nothing."""

from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from contract.http.asking import Apis
from contract.http.operations import GUARDED, Operation
from contract.http.refused import EVERY_SERVICE, Wrong, assert_refused
from contract.http.routes import one_of_each_shape
from shared.security.principals import Role
from shared.testing.tokens import ALGORITHM, LIFETIME, LocalIssuer

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


def _with_token(operation: Operation, words: str, token: str) -> Wrong:
    return Wrong(operation, words, {"headers": {"Authorization": f"Bearer {token}"}}, 401)


@EVERY_SERVICE
async def test_no_operation_answers_without_a_token(apis: Apis, service: str) -> None:
    bearer = {"www-authenticate": "Bearer"}

    await assert_refused(
        await apis(service),
        [
            Wrong(each, "without a token", {"headers": {}}, 401, headers=bearer)
            for each in GUARDED
            if each.service == service
        ],
    )


@EVERY_SERVICE
async def test_every_role_that_an_operation_does_not_name_is_refused(
    apis: Apis, service: str
) -> None:
    api = await apis(service)

    await assert_refused(
        api,
        [
            Wrong(each, "other roles", {"headers": api.holding(*set(Role) - each.roles)}, 403)
            for each in GUARDED
            if each.service == service
        ],
    )


@pytest.mark.parametrize("operation", one_of_each_shape(GUARDED), ids=str)
async def test_a_token_that_is_not_ours_is_refused(
    apis: Apis, issuer: LocalIssuer, operation: Operation
) -> None:
    tokens = {"a foreign key": forged(issuer.token(*Role))} | {
        words: issuer.token(*Role, lifetime=LIFETIME, **claims)
        for words, claims in CLAIMS_REFUSED.items()
    }
    tokens["expired"] = issuer.token(*Role, lifetime=timedelta(minutes=-1))

    await assert_refused(
        await apis(operation.service),
        [_with_token(operation, words, token) for words, token in tokens.items()],
    )
