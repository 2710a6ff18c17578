"""Every route is closed unless it names its roles, and every refusal is one kind of answer."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from prometheus_client import generate_latest
from pydantic import BaseModel, ConfigDict

from shared.clock import SystemClock
from shared.composition.app import Description, create_app
from shared.database.database import Database
from shared.errors import (
    ConflictError,
    Fault,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    NotYetKnownError,
    RuleBrokenError,
)
from shared.http.etags import RequiredVersion, SeenVersion
from shared.http.parts import RouteParts
from shared.http.routes import (
    CurrentPrincipal,
    UnguardedRouteError,
    allow,
    guarded_router,
    public_router,
)
from shared.process.health import Check
from shared.security.principals import Actor, Role
from shared.security.tokens import Authenticator, TokenRefusedError
from shared.testing.sealing import fields_for_tests
from shared.versions import check_version

LIMIT = 2_000
_NO_DATABASE = Database(None, SystemClock(), "test")  # type: ignore[arg-type] # no route here reaches it
OFFICER = {"Authorization": "Bearer officer"}
REFUSALS = {
    "invalid": (InvalidInputError, 422),
    "missing": (NotFoundError, 404),
    "conflict": (ConflictError, 409),
    "rule": (RuleBrokenError, 409),
    "forbidden": (NotAllowedError, 403),
    "later": (NotYetKnownError, 503),
}


class _RolesByName(Authenticator):
    """Believes whoever says who they are; the real checks have tests of their own."""

    def __init__(self) -> None:
        """Needs no keys."""

    async def actor(self, authorization: str | None) -> Actor:
        if not authorization:
            raise TokenRefusedError("send a token")
        role = Role(authorization.removeprefix("Bearer "))
        return Actor(subject="someone", roles=frozenset({role}))


def _parts(checks: Mapping[str, Check]) -> RouteParts:
    return RouteParts(
        database=_NO_DATABASE,
        authenticator=_RolesByName(),
        personal_fields=fields_for_tests(),
        checks=checks,
    )


class Body(BaseModel):
    """What a thing is made of."""

    model_config = ConfigDict(extra="forbid")
    count: int


things = guarded_router("/v1/things", tags=["things"])
everyone = public_router("/v1/directory", tags=["directory"])


@things.post("", status_code=201, dependencies=[allow(Role.OFFICER)])
async def make_thing(body: Body, principal: CurrentPrincipal) -> dict[str, Any]:
    return {"count": body.count, "by": principal.subject}


@things.get("/refusals/{kind}", dependencies=[allow(Role.OFFICER, Role.AUDITOR)])
async def refuse(kind: str) -> None:
    family, _ = REFUSALS[kind]
    raise family(
        "it is refused",
        code=f"refused-{kind}",
        rule="a-rule",
        citation="Penal Code 290.09",
        faults=[Fault("body.count", "too much")],
    )


@things.post("/versions/{stands}", dependencies=[allow(Role.OFFICER)])
async def change(stands: int, seen: RequiredVersion) -> None:
    check_version(seen, stands)


@things.get("/versions/{stands}", dependencies=[allow(Role.OFFICER)])
async def show(stands: int) -> int:
    return stands


@things.put("/versions/{stands}", dependencies=[allow(Role.OFFICER)])
async def change_perhaps(stands: int, seen: SeenVersion) -> None:
    check_version(seen, stands)


@things.get("/broken", dependencies=[allow(Role.OFFICER)])
async def break_down() -> None:
    raise ZeroDivisionError("someone's name")


@everyone.get("")
async def look_up() -> dict[str, str]:
    return {"open": "to all"}


@pytest.fixture
async def api() -> AsyncIterator[httpx.AsyncClient]:
    async def well() -> str | None:
        return None

    async def away() -> str | None:
        raise ConnectionError("nobody there")

    app = create_app(
        Description("Things", "Things to refuse"),
        parts=_parts({"well": well, "away": away}),
        routers=[things, everyone],
        body_limit_bytes=LIMIT,
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def test_a_route_that_names_no_roles_cannot_be_made() -> None:
    router = guarded_router("/v1/open", tags=["open"])

    with pytest.raises(UnguardedRouteError):
        router.get("")(look_up)


async def test_an_application_refuses_a_router_that_is_not_closed() -> None:
    router = APIRouter()
    router.get("/v1/open")(look_up)

    with pytest.raises(UnguardedRouteError):
        create_app(
            Description("Open", "Open"),
            parts=_parts({}),
            routers=[router],
            body_limit_bytes=LIMIT,
        )


async def test_without_a_token_the_answer_is_401(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/things", json={"count": 1})

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_another_role_is_told_which_it_needs(api: httpx.AsyncClient) -> None:
    headers = {"Authorization": "Bearer provider"}

    answer = await api.post("/v1/things", json={"count": 1}, headers=headers)

    assert answer.status_code == 403
    assert "officer" in answer.json()["detail"]


async def test_a_named_role_is_served(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/things", json={"count": 1}, headers=OFFICER)

    assert (answer.status_code, answer.json()) == (201, {"count": 1, "by": "someone"})


async def test_a_public_route_serves_anybody(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/directory")

    assert answer.json() == {"open": "to all"}


@pytest.mark.parametrize("kind", REFUSALS)
async def test_each_family_of_refusals_has_its_answer(api: httpx.AsyncClient, kind: str) -> None:
    answer = await api.get(f"/v1/things/refusals/{kind}", headers=OFFICER)

    problem = answer.json()
    assert answer.status_code == REFUSALS[kind][1]
    assert problem["type"] == f"urn:casomb:problem:refused-{kind}"
    assert problem["rule"] == "a-rule"
    assert problem["citation"] == "Penal Code 290.09"
    assert problem["faults"] == [{"field": "body.count", "message": "too much"}]
    assert problem["correlation_id"] == answer.headers["x-correlation-id"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"count": "many"}', "body.count"),
        (b'{"count": 1, "more": 2}', "body.more"),
        (b"{}", "body.count"),
    ],
)
async def test_a_malformed_body_is_told_which_field(
    api: httpx.AsyncClient, content: bytes, field: str
) -> None:
    headers = {**OFFICER, "Content-Type": "application/json"}

    answer = await api.post("/v1/things", content=content, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"].startswith(field)


async def test_a_body_over_the_limit_is_refused_unread(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/things", content=b"x" * (LIMIT + 1), headers=OFFICER)

    assert answer.status_code == 413
    assert str(LIMIT) in answer.json()["detail"]


async def never_to_be_read() -> AsyncIterator[bytes]:
    """A body that notices that it is read."""
    raise AssertionError("the body was read")
    yield b""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer provider"}, 403),
        ({**OFFICER, "Content-Length": str(LIMIT + 1)}, 413),
    ],
)
async def test_a_body_is_not_read_of_who_may_not_send_it_nor_one_said_to_be_too_long(
    api: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    answer = await api.post("/v1/things", content=never_to_be_read(), headers=headers)

    assert answer.status_code == status


async def test_a_change_without_an_etag_asks_for_it(api: httpx.AsyncClient) -> None:
    answer = await api.post("/v1/things/versions/3", headers=OFFICER)

    assert answer.status_code == 428


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        *[('"3"', 200), ('W/"3"', 200), ('"2"', 412), ("x", 412), ('"3-x"', 412)],
        *[('"2", "3"', 200), ('"3","4"', 200), ('"2", "4"', 412), ('"3", x', 412)],
        *[('"3-gzip"', 200), ('"3--gzip"', 200), ('"3;gzip"', 200), ('W/"3-br"', 200)],
    ],
)
async def test_an_etag_must_be_the_one_that_stands(
    api: httpx.AsyncClient, tag: str, status: int
) -> None:
    answer = await api.post("/v1/things/versions/3", headers={**OFFICER, "If-Match": tag})

    assert answer.status_code == status


async def test_an_etag_that_is_optional_may_be_left_out(api: httpx.AsyncClient) -> None:
    answer = await api.put("/v1/things/versions/3", headers=OFFICER)

    assert answer.status_code == 200


async def test_what_nobody_expected_says_nothing_of_itself(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/things/broken", headers=OFFICER)

    assert answer.status_code == 500
    assert "name" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"


async def test_an_unknown_path_and_method_are_problems_too(api: httpx.AsyncClient) -> None:
    path = await api.get("/v1/nothing")
    method = await api.delete("/v1/directory")

    assert (path.status_code, method.status_code) == (404, 405)
    assert path.json()["type"] == "urn:casomb:problem:not-found"
    assert method.headers["allow"] == "HEAD, GET"


async def test_a_given_correlation_id_is_kept_and_a_wrong_one_replaced(
    api: httpx.AsyncClient,
) -> None:
    given = "0190f7a2-1111-7111-8111-111111111111"

    kept = await api.get("/v1/directory", headers={"X-Correlation-Id": given})
    made = await api.get("/v1/directory", headers={"X-Correlation-Id": f"{{{given}}}"})

    assert kept.headers["x-correlation-id"] == given
    assert made.headers["x-correlation-id"] not in {given, f"{{{given}}}"}


async def test_readiness_tells_the_public_no_reason(api: httpx.AsyncClient) -> None:
    answer = await api.get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})


async def test_liveness_asks_nobody(api: httpx.AsyncClient) -> None:
    answer = await api.get("/health/live")

    assert answer.status_code == 200


async def test_metrics_count_by_template_never_by_path(api: httpx.AsyncClient) -> None:
    await api.get("/v1/things/refusals/missing", headers=OFFICER)

    metrics = generate_latest().decode()

    assert 'route="/v1/things/refusals/{kind}"' in metrics
    assert "refusals/missing" not in metrics


async def test_the_api_pages_need_nothing_from_elsewhere(api: httpx.AsyncClient) -> None:
    page = await api.get("/docs")

    assert page.status_code == 200
    assert "https://" not in page.text


async def test_the_document_says_roles_keys_and_problems(api: httpx.AsyncClient) -> None:
    document = (await api.get("/openapi.json")).json()

    operation = document["paths"]["/v1/things"]["post"]
    assert operation["x-roles"] == ["officer"]
    assert operation["operationId"] == "make_thing"
    assert "Idempotency-Key" in {parameter["name"] for parameter in operation["parameters"]}
    assert "application/problem+json" in operation["responses"]["4XX"]["content"]
    assert "Problem" in document["components"]["schemas"]


async def test_a_refused_method_is_told_all_that_the_path_serves(api: httpx.AsyncClient) -> None:
    answer = await api.delete("/v1/things/versions/3", headers=OFFICER)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "HEAD, GET, POST, PUT"


async def test_head_is_served_wherever_get_is(api: httpx.AsyncClient) -> None:
    whole = await api.get("/v1/directory")

    head = await api.head("/v1/directory")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


async def test_a_redirect_names_no_host(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/directory/", headers={"Host": "evil.example"})

    assert (answer.status_code, answer.headers["location"]) == (307, "/v1/directory")
