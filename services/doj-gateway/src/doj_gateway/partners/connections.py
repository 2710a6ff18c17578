"""HTTP clients with persistent connections, and limits on every wait and every answer."""

import ssl
from collections.abc import Mapping
from functools import cache

import httpx

from shared.bounded_answers import BoundedClient

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 8.0
CALL_SECONDS = 20.0
"""Limit for a whole call, so that an answer cannot arrive byte by byte forever."""
KEPT_OPEN_SECONDS = 4.0
"""Shorter than servers keep idle connections, so that none is used while being closed."""
MOST_CONNECTIONS = 20


def connect(
    base_url: str,
    headers: Mapping[str, str] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Create a client. It connects at the first call."""
    return BoundedClient(
        base_url=base_url,
        headers=dict(headers or {}),
        transport=transport,
        verify=_trusted(),
        timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        limits=httpx.Limits(max_connections=MOST_CONNECTIONS, keepalive_expiry=KEPT_OPEN_SECONDS),
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Load the trusted certificate authorities once, because loading them is slow."""
    return httpx.create_ssl_context()
