"""Notices of automatic results: pushed until taken, repeated until acknowledged."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from contract.doj_simulator.running import (
    RunningSimulator,
    eventually,
    running_simulator,
    served,
)

RESULT = {
    "instrument": "ls-cmi",
    "assessed_on": "2026-11-16",
    "person": {"cii_number": "12345678", "birth_date": "1980-02-29", "family_name": "Example"},
}


class Gateway:
    """Stands in for the gateway and for the issuer; answers notices as it is told."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.notices: list[dict[str, Any]] = []
        self.bearers: set[str] = set()
        self.app = Starlette(
            routes=[
                Route("/token", self._token, methods=["POST"]),
                Route("/v1/notices", self._notice, methods=["POST"]),
            ]
        )

    async def _token(self, _: Request) -> Response:
        return JSONResponse({"access_token": "doj-token", "expires_in": 3600})

    async def _notice(self, request: Request) -> Response:
        self.notices.append(await request.json())
        self.bearers.add(request.headers["authorization"])
        return Response(status_code=self.statuses.pop(0) if self.statuses else 201)


@pytest.fixture
async def gateway() -> AsyncIterator[tuple[Gateway, str]]:
    """Serve a gateway."""
    stand_in = Gateway()
    async with served(stand_in.app) as url:
        yield stand_in, url


@pytest.fixture
async def pushing(
    gateway: tuple[Gateway, str], tmp_path: Path
) -> AsyncIterator[tuple[httpx.AsyncClient, RunningSimulator]]:
    """Run a simulator that pushes to that gateway."""
    _, url = gateway
    with running_simulator(
        tmp_path / "state.sqlite", gateway_url=url, token_url=f"{url}/token"
    ) as simulator:
        async with httpx.AsyncClient(base_url=simulator.url, headers=simulator.headers) as doj:
            yield doj, simulator


async def test_a_notice_is_pushed_until_it_is_taken(
    gateway: tuple[Gateway, str], pushing: tuple[httpx.AsyncClient, RunningSimulator]
) -> None:
    (stand_in, _), (doj, _) = gateway, pushing
    stand_in.statuses = [503, 401]

    notice = (await doj.post("/simulation/automatic-results", json=RESULT)).json()
    await eventually(lambda: _is_taken(doj, notice["notice_id"]))

    assert len(stand_in.notices) == 3
    assert stand_in.notices[2] == RESULT | {
        "notice_id": notice["notice_id"],
        "seen_at": stand_in.notices[2]["seen_at"],
    }
    assert stand_in.bearers == {"Bearer doj-token"}


async def test_a_killed_simulator_pushes_what_was_not_taken(
    gateway: tuple[Gateway, str], pushing: tuple[httpx.AsyncClient, RunningSimulator]
) -> None:
    (stand_in, _), (doj, simulator) = gateway, pushing
    stand_in.statuses = [503]
    notice = (await doj.post("/simulation/automatic-results", json=RESULT)).json()

    simulator.kill()
    simulator.start()
    await eventually(lambda: _is_taken(doj, notice["notice_id"]))

    assert {each["notice_id"] for each in stand_in.notices} == {notice["notice_id"]}


async def test_an_acknowledgment_is_taken_once(doj: httpx.AsyncClient) -> None:
    notice = (await doj.post("/simulation/automatic-results", json=RESULT)).json()
    url = f"/v1/notices/{notice['notice_id']}"

    first = await doj.post(f"{url}/acknowledgments")
    second = await doj.post(f"{url}/acknowledgments")
    waiting = await doj.get("/v1/notices", params={"acknowledged": False})

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert notice["notice_id"] not in {each["notice_id"] for each in waiting.json()}


async def test_a_result_entered_again_under_its_key_is_the_same_result(
    doj: httpx.AsyncClient,
) -> None:
    key = {"Idempotency-Key": str(uuid4())}

    first = await doj.post("/simulation/automatic-results", json=RESULT, headers=key)
    again = await doj.post("/simulation/automatic-results", json=RESULT, headers=key)
    other = await doj.post("/simulation/automatic-results", json=RESULT)

    assert again.json() == first.json()
    assert other.json()["notice_id"] != first.json()["notice_id"]


async def test_a_list_shows_nothing_of_persons_and_one_notice_whose_it_is(
    doj: httpx.AsyncClient,
) -> None:
    notice = (await doj.post("/simulation/automatic-results", json=RESULT)).json()

    listed = await doj.get("/v1/notices", params={"limit": 1000})
    shown = (await doj.get(f"/v1/notices/{notice['notice_id']}")).json()

    assert "12345678" not in listed.text + str(notice)
    assert shown["person"] == RESULT["person"]
    assert shown | notice == shown


async def test_a_list_goes_on_after_the_last_one_of_the_page_before(
    doj: httpx.AsyncClient,
) -> None:
    told = [(await doj.post("/simulation/automatic-results", json=RESULT)).json() for _ in range(3)]
    asked = {"seen_since": told[0]["seen_at"], "limit": 2}

    first = (await doj.get("/v1/notices", params=asked)).json()
    rest = (await doj.get("/v1/notices", params=asked | {"after": first[-1]["notice_id"]})).json()

    assert first + rest == told


async def test_a_notice_never_sent_cannot_be_acknowledged(doj: httpx.AsyncClient) -> None:
    answer = await doj.post(f"/v1/notices/{uuid4()}/acknowledgments")

    assert answer.status_code == 404


async def _is_taken(doj: httpx.AsyncClient, notice_id: str) -> bool:
    try:
        shown = await doj.get(f"/v1/notices/{notice_id}")
    except httpx.TransportError:
        return False
    return shown.json()["taken_at"] is not None
