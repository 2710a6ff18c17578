"""Connections to partners: kept open between calls; every wait and every answer bounded."""

import ssl
from collections.abc import Mapping
from functools import cache

import httpx

from shared.bounded_answers import BoundedClient

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 8.0
CALL_SECONDS = 20.0
"""For a whole call: an answer that drips in byte by byte is no answer."""
KEPT_OPEN_SECONDS = 4.0
"""Less than servers keep an idle connection, so that none is used as it is being closed."""
MOST_CONNECTIONS = 20


def connect(
    base_url: str,
    headers: Mapping[str, str] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Make a client; nothing connects before the first call."""
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
    """The authorities believed, read once: reading them takes longer than a call."""
    return httpx.create_ssl_context()
