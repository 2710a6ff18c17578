"""A token issuer for tests with real keys, published over HTTP, so that the real checks run.

with LocalIssuer() as issuer:
    settings = Settings(**issuer.settings(), …)
    token = issuer.token(Role.OFFICER, agency="sacramento-probation")
"""

import threading
from collections.abc import Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from shared.clock import SystemClock
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.sealing import KEY

AUDIENCE = "casomb"
ALGORITHM = "ES256"
LIFETIME = timedelta(hours=1)


class LocalIssuer:
    """Signs tokens and publishes its key set on a free port while it is entered."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._key_id = str(new_id())
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._key_set()))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The issuer's address, which is also its name in tokens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def settings(self) -> dict[str, str]:
        """The settings of a process that accepts this issuer's tokens, with test keys."""
        return {
            "token_issuer": self.url,
            "token_audience": AUDIENCE,
            "token_keys_url": f"{self.url}/.well-known/jwks.json",
            "service_token_url": f"{self.url}/token",
            "service_client_id": "a-service",
            "service_client_secret": "a secret",
            "field_encryption_key": KEY,
            "blind_index_key": KEY,
        }

    def token(
        self,
        *roles: Role,
        sub: UUID | str | None = None,
        lifetime: timedelta = LIFETIME,
        **claims: object,
    ) -> str:
        """Sign a token with claims such as `agency` or `unit`; a wrong `aud` makes it refused.

        A claim that is None is left out.
        """
        now = SystemClock().now()
        standard = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": str(sub or new_id()),
            "roles": [str(role) for role in roles],
            "iat": now,
            "exp": now + lifetime,
        }
        own = {name: str(value) for name, value in claims.items() if value is not None}
        return self.signed(standard | own)

    def signed(self, claims: dict[str, Any]) -> str:
        """Sign these claims without checking them."""
        return jwt.encode(claims, self._key, ALGORITHM, {"kid": self._key_id})

    def authorization(
        self,
        *roles: Role,
        sub: UUID | str | None = None,
        lifetime: timedelta = LIFETIME,
        **claims: object,
    ) -> dict[str, str]:
        """The header that carries such a token."""
        token = self.token(*roles, sub=sub, lifetime=lifetime, **claims)
        return {"Authorization": f"Bearer {token}"}

    def _key_set(self) -> Mapping[str, Any]:
        public = ECAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": self._key_id, "use": "sig", "alg": ALGORITHM}]}


def _handler(key_set: Mapping[str, Any]) -> type[BaseHTTPRequestHandler]:
    class KeySetHandler(BaseHTTPRequestHandler):
        """Answers every request with the key set."""

        def do_GET(self) -> None:
            body = orjson.dumps(key_set)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    return KeySetHandler
