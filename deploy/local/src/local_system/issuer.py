"""The token issuer of a local system: an identity provider's key set and token endpoint.

It runs inside the supervisor's process: a separate process would cost a quarter of a second of
processor time and 40 MB (measured), for routes that are used a few times an hour.
"""

import hmac
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local_system.credentials import SERVICES
from local_system.ports import HOST
from local_system.tokens import PEOPLE, IssuerKey, standard_claims
from shared.security.principals import Role

TOKEN_LIFETIME = timedelta(hours=1)
CLIENT_ROLES = {**dict.fromkeys(SERVICES, Role.SERVICE), "doj": Role.DOJ}
NOT_STORED = {"cache-control": "no-store"}


def issuer_app(key: IssuerKey, issuer: str, clients: Mapping[str, str]) -> Starlette:
    """Build the issuer; `clients` maps a client's id to its secret."""

    async def keys(_: Request) -> Response:
        return JSONResponse(key.key_set())

    async def configuration(_: Request) -> Response:
        return JSONResponse(
            {
                "issuer": issuer,
                "jwks_uri": f"{issuer}/.well-known/jwks.json",
                "token_endpoint": f"{issuer}/token",
                "grant_types_supported": ["client_credentials"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    async def token(request: Request) -> Response:
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        fields = {name: values[0] for name, values in form.items()}
        if fields.get("grant_type") != "client_credentials":
            return JSONResponse({"error": "unsupported_grant_type"}, 400, NOT_STORED)
        client = fields.get("client_id", "")
        if not _knows(clients, client, fields.get("client_secret", "")):
            return JSONResponse({"error": "invalid_client"}, 401, NOT_STORED)
        return JSONResponse(_answer(key, issuer, client), headers=NOT_STORED)

    return Starlette(
        routes=[
            Route("/.well-known/jwks.json", keys),
            Route("/.well-known/openid-configuration", configuration),
            Route("/token", token, methods=["POST"]),
        ]
    )


def _knows(clients: Mapping[str, str], client: str, secret: str) -> bool:
    expected = clients.get(client)
    return expected is not None and hmac.compare_digest(expected.encode(), secret.encode())


def _answer(key: IssuerKey, issuer: str, client: str) -> dict[str, object]:
    sub = str(uuid.uuid5(PEOPLE, f"client {client}"))
    claims = standard_claims(issuer, sub, CLIENT_ROLES[client], TOKEN_LIFETIME)
    return {
        "access_token": key.sign(claims | {"azp": client}),
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LIFETIME.total_seconds()),
    }


class IssuerServer(uvicorn.Server):
    """The issuer's HTTP server as one task among the supervisor's."""

    def __init__(self, app: Starlette, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                app, host=HOST, port=port, log_config=None, access_log=False, lifespan="off"
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture no signals, because the supervisor handles them."""
        yield
