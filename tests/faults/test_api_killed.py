"""The API is killed around its commit, and its client repeats with the same Idempotency-Key."""

import asyncio
from uuid import UUID

import httpx
import pytest

from faults.counted import Counted
from faults.service_process import ServiceProcess, running
from local_system.ports import HOST
from shared.identifiers import new_id
from shared.process.fault_points import FaultPoint


async def number(api: ServiceProcess, thing: UUID, key: str) -> httpx.Response:
    """Ask for a thing's first number, as a client does that repeats until it is answered."""
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{api.http_port}", timeout=240) as http:
        return await http.post(
            f"/v1/things/{thing}/numbers",
            json={"number": 1},
            headers={"Idempotency-Key": key, "Authorization": "Bearer client"},
        )


@pytest.mark.parametrize(
    ("point", "is_replayed"),
    [
        pytest.param(FaultPoint.COMMITTING, False, id="before its commit"),
        pytest.param(FaultPoint.COMMITTED, True, id="after its commit"),
    ],
)
async def test_api_killed_and_the_request_repeated_with_its_key(
    counted: Counted, point: FaultPoint, *, is_replayed: bool
) -> None:
    thing = new_id()
    api = counted.api()
    async with running(api, counted.publisher(), counted.consumer()):
        api.faults.arm(point)
        with pytest.raises(httpx.TransportError):
            await number(api, thing, "the-key")
        await api.until_killed_at(point)

        async with running(api):
            first = await number(api, thing, "the-key")
            second = await number(api, thing, "the-key")
            counted.writes.committed.append(UUID(first.json()["event_id"]))
            await counted.check_every_promise()

    assert ("idempotency-replayed" in first.headers) is is_replayed
    assert second.json() == first.json()


async def test_client_repeats_its_request_while_the_first_is_under_way(counted: Counted) -> None:
    thing = new_id()
    api = counted.api()
    async with running(api, counted.publisher(), counted.consumer()):
        answers = await asyncio.gather(*(number(api, thing, "the-key") for _ in range(4)))
        counted.writes.committed.append(UUID(answers[0].json()["event_id"]))
        await counted.check_every_promise()

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.text for answer in answers}) == 1
