"""Whatever the identity provider answers, a service has a token or says that it has none."""

import httpx
import pytest

from shared.bounded_answers import BoundedClient
from shared.errors import UnavailableError
from shared.process.settings import ServiceIdentitySettings
from shared.security import service_identity
from shared.security.service_identity import ServiceIdentity

TOLD = {
    "service_token_url": "https://sign-in.example/token",
    "service_client_id": "doj-gateway",
    "service_client_secret": "a-secret",
}
NESTED = b"[" * 100_000


class Provider:
    """Answers as it is told to, and counts the calls."""

    def __init__(self) -> None:
        self.content = b""
        self.asked = 0
        self.seconds = 1000.0
        settings = ServiceIdentitySettings.model_validate(TOLD)
        self.identity = ServiceIdentity(settings, lambda: self.seconds)

    def __call__(self, _: httpx.Request) -> httpx.Response:
        """Answer one call for a token."""
        self.asked += 1
        return httpx.Response(200, content=self.content)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    found = Provider()

    def client(timeout: float) -> BoundedClient:
        return BoundedClient(transport=httpx.MockTransport(found), timeout=timeout)

    monkeypatch.setattr(service_identity, "BoundedClient", client)
    return found


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"7",
        NESTED,
        b'{"access_token": null, "expires_in": 60}',
        b'{"access_token": "a-token", "expires_in": []}',
        b'{"access_token": "a-token"}',
        b'{"access_token": "a-token", "expires_in": 60}' + b" " * 1_000_000,
    ],
)
async def test_an_answer_that_holds_no_token_is_none(provider: Provider, content: bytes) -> None:
    provider.content = content

    with pytest.raises(UnavailableError):
        await provider.identity.authorization()


async def test_a_token_that_is_said_to_last_for_ever_is_renewed_within_a_day(
    provider: Provider,
) -> None:
    provider.content = b'{"access_token": "a-token", "expires_in": 1e999}'

    first = await provider.identity.authorization()
    provider.seconds += 86_400
    await provider.identity.authorization()

    assert (first, provider.asked) == ("Bearer a-token", 2)
