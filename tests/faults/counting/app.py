"""The counting service's API: numbers over HTTP, and the feed that every service has."""

from uuid import UUID

from fastapi import FastAPI
from pydantic import BaseModel

from faults.counting.events import ThingNumbered
from faults.counting.service import named
from faults.counting.settings import Settings
from shared.clock import SystemClock
from shared.composition.app import Description, create_app
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.http.routes import CurrentTransaction, allow, guarded_router, public_router
from shared.http.shapes import RequestBody
from shared.messaging.api.event_parts import EventParts
from shared.messaging.api.event_routes import event_routers
from shared.schema.schema_check import SchemaCheck
from shared.security.principals import Role
from shared.testing.feeds import EveryoneIsAService
from shared.testing.sealing import fields_for_tests

router = guarded_router("/v1/things", tags=["things"])
issuer = public_router("/token", tags=["tokens"])


class NumberBody(RequestBody):
    """The next number."""

    number: int


class NumberAnswer(BaseModel):
    """What was announced by which event."""

    event_id: UUID
    number: int


@router.post(
    "/{thing_id}/numbers",
    operation_id="number_thing",
    status_code=201,
    dependencies=[allow(Role.SERVICE)],
)
async def number_thing(thing_id: UUID, body: NumberBody, tx: CurrentTransaction) -> NumberAnswer:
    """Give a thing its next number."""
    await tx.lock_subject(thing_id)
    event_id = tx.publish(ThingNumbered(thing_id=thing_id, number=body.number))
    return NumberAnswer(event_id=event_id, number=body.number)


@issuer.post("", operation_id="give_token")
async def give_token() -> dict[str, str]:
    """Give whoever asks a token, as an identity provider does."""
    return {"access_token": "a-token", "expires_in": "3600"}


def build_api(settings: Settings) -> FastAPI:
    """Build the HTTP API; it believes whatever token it is shown."""
    service = named(settings.counting_service)
    engine = create_engine(settings, f"{service.name} api")
    return create_app(
        Description("Counting", "Numbers of things."),
        parts=EventParts(
            database=Database(engine, SystemClock(), service.name),
            authenticator=EveryoneIsAService(),
            personal_fields=fields_for_tests(),
            checks={"database": SchemaCheck(engine, service.migrations)},
        ),
        routers=[router, issuer, *event_routers()],
        body_limit_bytes=settings.http_body_limit_bytes,
    )
