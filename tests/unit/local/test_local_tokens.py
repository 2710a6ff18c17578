"""The local issuer signs what the services believe, and nothing for those it does not know."""

import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import jwt
import pytest

from local_system.credentials import kept_credentials
from local_system.errors import CannotStartError
from local_system.issuer import issuer_app
from local_system.state import StateFolder
from local_system.tokens import issue, kept_signing_key
from shared.security.principals import Role

ISSUER = "http://127.0.0.1:8111"
PROGRAM = "0f0e3c0a-6c5f-4e6b-9a4e-0d6a8c1f2b3d"


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    made = StateFolder(tmp_path)
    made.issuer.write_text(ISSUER)
    return made


@pytest.fixture
async def client(state: StateFolder) -> AsyncIterator[httpx.AsyncClient]:
    app = issuer_app(kept_signing_key(state), ISSUER, kept_credentials(state).clients)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as made:
        yield made


async def _claims(client: httpx.AsyncClient, token: str) -> dict[str, object]:
    published = await client.get("/.well-known/jwks.json")
    key = jwt.PyJWKSet.from_dict(published.json()).keys[0]
    assert jwt.get_unverified_header(token)["kid"] == key.key_id
    claims: dict[str, object] = jwt.decode(
        token, key, algorithms=["ES256"], audience="casomb", issuer=ISSUER
    )
    return claims


async def test_a_token_carries_role_and_claims_and_is_verified_by_the_published_keys(
    state: StateFolder, client: httpx.AsyncClient
) -> None:
    token = issue(state, Role.PROVIDER, program=PROGRAM)

    claims = await _claims(client, token)

    assert claims["roles"] == ["provider"]
    assert claims["program"] == PROGRAM
    assert "agency" not in claims


async def test_an_expired_token_is_not_believed(
    state: StateFolder, client: httpx.AsyncClient
) -> None:
    token = issue(state, Role.OFFICER, lifetime=timedelta(seconds=-1))

    with pytest.raises(jwt.ExpiredSignatureError):
        await _claims(client, token)


async def test_a_known_client_gets_a_token_in_its_role(
    state: StateFolder, client: httpx.AsyncClient
) -> None:
    secret = kept_credentials(state).clients["doj"]
    form = {"grant_type": "client_credentials", "client_id": "doj", "client_secret": secret}

    answer = await client.post("/token", data=form)

    assert answer.headers["cache-control"] == "no-store"
    claims = await _claims(client, answer.json()["access_token"])
    assert claims["roles"] == ["doj"]


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "unsupported_grant_type"),
        (
            {"grant_type": "client_credentials", "client_id": "doj", "client_secret": "x"},
            401,
            "invalid_client",
        ),
        (
            {"grant_type": "client_credentials", "client_id": "stranger", "client_secret": "x"},
            401,
            "invalid_client",
        ),
    ],
)
async def test_a_token_request_that_is_not_in_order_is_refused(
    client: httpx.AsyncClient, form: dict[str, str], status: int, error: str
) -> None:
    answer = await client.post("/token", data=form)

    assert (answer.status_code, answer.json()) == (status, {"error": error})


def test_secrets_are_made_once_and_are_readable_by_their_owner_alone(state: StateFolder) -> None:
    first, key = kept_credentials(state), kept_signing_key(state)

    again = kept_credentials(state), kept_signing_key(state).key_id

    assert again == (first, key.key_id)
    for file in (state.credentials, state.signing_key):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_token_without_a_system_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CannotStartError, match="make run"):
        issue(StateFolder(tmp_path), Role.OFFICER)
