"""What another service's feed may answer besides a page of events."""

import httpx
import pytest

from shared.errors import UnavailableError
from shared.messaging.consuming.feed_client import FeedClient, FeedConnection
from shared.messaging.log.positions import Position
from shared.process.settings import ServiceIdentitySettings
from shared.security.service_identity import ServiceIdentity

TOLD = {
    "service_token_url": "https://sign-in.example/token",
    "service_client_id": "supervision",
    "service_client_secret": "a-secret",
}


@pytest.mark.parametrize(
    "content",
    [
        b"<h1>Sign in</h1>",
        b"[]",
        b"{}",
        b'{"items": 7, "next": "1:0", "tails": []}',
        b'{"items": [7], "next": "1:0", "tails": []}',
        b'{"items": [], "tails": []}',
        b" " * (FeedConnection.most_bytes + 1),
    ],
)
async def test_an_answer_that_is_no_page_of_events_is_an_outage(content: bytes) -> None:
    identity = ServiceIdentity(ServiceIdentitySettings.model_validate(TOLD))
    identity._token, identity._renew_at = "a-token", float("inf")  # noqa: SLF001 - no issuer here
    feed = FeedClient(
        {"scoring": "http://scoring"},
        identity,
        httpx.MockTransport(lambda _: httpx.Response(200, content=content)),
    )

    with pytest.raises(UnavailableError):
        await feed.after("scoring", Position.read("1:0"), 0)

    await feed.close()
