"""The domain names a field; the route that was asked says where it was sent."""

from datetime import date
from typing import Annotated, Literal

import pytest
from fastapi import Header, Query, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from shared.errors import WHOLE, Fault
from shared.http.routes import allow, guarded_router
from shared.security.principals import Role

EVERYBODY = [allow(*Role)]
router = guarded_router("/v1/things", tags=["things"])


class Round(BaseModel):
    """A shape of two."""

    kind: Literal["round"]
    radius: int


class Square(BaseModel):
    """The other shape."""

    kind: Literal["square"]
    side: int


class Narrowed(BaseModel):
    """A query as one model."""

    as_of: date | None = None


@router.post("/{thing_id}/changes", operation_id="change_thing", dependencies=EVERYBODY)
async def post_change(
    thing_id: str,
    body: Annotated[Round | Square, Field(discriminator="kind")],
    content_digest: Annotated[str, Header()],
    until: Annotated[date | None, Query()] = None,
) -> None:
    """Take something from everywhere."""


@router.get("", operation_id="list_things", dependencies=EVERYBODY)
async def get_things(query: Annotated[Narrowed, Query()]) -> None:
    """Take a query that is a model."""


@router.put(
    "",
    operation_id="replace_things",
    dependencies=EVERYBODY,
    openapi_extra={"requestBody": {"content": {"text/csv": {}}}},
)
async def put_things(request: Request) -> None:
    """Read the body by itself."""


POST, GET, PUT = (route for route in router.routes if isinstance(route, APIRoute))


@pytest.mark.parametrize(
    ("route", "field", "placed"),
    [
        (POST, "radius", "body.radius"),
        (POST, "side.unit", "body.side.unit"),
        (POST, "until", "query.until"),
        (POST, "thing_id", "path.thing_id"),
        (POST, "Content-Digest", "header.Content-Digest"),
        (POST, WHOLE, "body"),
        (POST, "scorer_credential", "scorer_credential"),
        (GET, "as_of", "query.as_of"),
        (GET, "radius", "radius"),
        (PUT, "lines.5", "body.lines.5"),
        (PUT, "header", "body.header"),
        (PUT, "header.Content-Type", "header.Content-Type"),
    ],
)
def test_a_route_says_where_a_field_was_sent(route: APIRoute, field: str, placed: str) -> None:
    places = route.fault_places  # type: ignore[attr-defined] # every route of ours has it

    assert places.placed(Fault(field, "is wrong")) == Fault(placed, "is wrong")
