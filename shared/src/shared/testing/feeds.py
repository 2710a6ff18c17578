"""A service's real feed in the test's process: the real routes and client, without a socket."""

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from shared.composition.app import Description, create_app
from shared.database.database import Database
from shared.messaging.api.event_parts import EventParts
from shared.messaging.api.event_routes import event_routers
from shared.messaging.consuming.feed_client import FeedClient
from shared.process.settings import ServiceIdentitySettings, TokenSettings
from shared.security.principals import Actor, Role
from shared.security.service_identity import ServiceIdentity
from shared.security.tokens import Authenticator
from shared.testing.sealing import fields_for_tests

_NOWHERE = "http://127.0.0.1:9"


class EveryoneIsAService(Authenticator):
    """Treats every request as one from a service that may read every event."""

    def __init__(self) -> None:
        super().__init__(TokenSettings(token_issuer=_NOWHERE, token_keys_url=_NOWHERE))

    async def actor(self, authorization: str | None) -> Actor:
        """Return a service as the actor, whatever was sent."""
        roles = frozenset({Role.SERVICE, Role.OPERATOR})
        return Actor(subject=authorization or "anybody", roles=roles)


class FixedIdentity(ServiceIdentity):
    """Always sends the same header."""

    def __init__(self) -> None:
        super().__init__(
            ServiceIdentitySettings(
                service_token_url=_NOWHERE,
                service_client_id="test",
                service_client_secret=SecretStr("test"),
            )
        )

    async def authorization(self) -> str:
        """Return the header."""
        return "Bearer test"


def feed_app(database: Database) -> FastAPI:
    """Build an API that has only the feed of the service of this database."""
    return create_app(
        Description("Feed", "The events of one service."),
        parts=EventParts(
            database=database,
            authenticator=EveryoneIsAService(),
            personal_fields=fields_for_tests(),
        ),
        routers=event_routers(),
        body_limit_bytes=65_536,
    )


def feed_of(database: Database) -> FeedClient:
    """Return a client for the feed of the service of this database."""
    transport = httpx.ASGITransport(feed_app(database))
    return FeedClient({database.service: "http://feed"}, FixedIdentity(), transport)
