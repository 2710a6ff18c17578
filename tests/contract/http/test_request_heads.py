"""What a request's head may hold, asked of a running server: little, and nothing of it goes on."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
from prometheus_client import generate_latest
from sqlalchemy import text

from contract.doj_simulator.running import served
from contract.http.asking import Api, Apis, assert_problem

TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
PERSONAL = "SSN 987-65-4321 of Zqx Victim, born 1971-07-11"
APPLICATION = {"kind": "provider", "name": "Avery Applicant", "level": "independent"}


@pytest.fixture
async def api(apis: Apis) -> Api:
    return await apis("certification")


@pytest.fixture
async def url(api: Api) -> AsyncIterator[str]:
    """The service's address, served as its process serves it."""
    async with served(api.app) as address:
        yield address


@pytest.fixture
async def client(api: Api, url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, headers=api.everybody) as connected:
        yield connected


async def _announced(api: Api, subject: str) -> list[str | None]:
    query = text("SELECT traceparent FROM outbox WHERE subject_id = :subject")
    async with api.app.state.parts.database.engine.connect() as connection:
        return list((await connection.execute(query, {"subject": subject})).scalars())


async def _sent_raw(url: str, request: bytes) -> bytes:
    """Everything that the server says to these bytes, until it ends the connection."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(request)
    try:
        async with asyncio.timeout(60):
            return await reader.read()
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([TRACEPARENT], TRACEPARENT),
        ([PERSONAL], None),
        ([TRACEPARENT, TRACEPARENT], None),
        (["x" * 7_000], None),
    ],
    ids=["in its form", "personal", "twice", "long"],
)
async def test_an_event_carries_a_trace_in_its_form_and_no_other_text(
    api: Api,
    client: httpx.AsyncClient,
    given: list[str],
    kept: str | None,
    request: pytest.FixtureRequest,
) -> None:
    applied = APPLICATION | {"name": f"Avery {request.node.callspec.id}"}
    headers = [("traceparent", each) for each in given]

    answer = await client.post("/v1/applications", json=applied, headers=headers)

    assert answer.status_code == 201, answer.text
    assert await _announced(api, answer.json()["application_id"]) == [kept]


@pytest.mark.parametrize(
    "headers",
    [{"traceparent": "x" * 17_000}, {f"x-{number}": "" for number in range(101)}],
    ids=["long", "many"],
)
async def test_headers_beyond_the_bound_are_refused_as_a_problem(
    api: Api, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await api.remember_rows()

    answer = await client.post("/v1/applications", json=APPLICATION, headers=headers)

    assert_problem(answer, 431)
    await api.assert_nothing_written()


async def test_an_address_beyond_the_bound_is_refused_as_a_problem(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/v1/directory", params={"name": "x" * 17_000})

    assert_problem(answer, 431)


async def test_three_megabytes_of_headers_are_refused_before_their_end_is_sent(url: str) -> None:
    without_an_end = b"GET /v1/directory HTTP/1.1\r\nhost: x\r\nx: " + b"x" * 3_000_000

    said = await _sent_raw(url, without_an_end)

    assert said.startswith(b"HTTP/1.1 431 ")
    assert b"\r\nconnection: close\r\n" in said
    assert b'"correlation_id":"' in said


async def test_what_follows_a_body_is_no_header(api: Api, url: str) -> None:
    token = api.everybody["Authorization"].encode()
    request = (
        b"POST /v1/applications HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n"
        b"2\r\n{}\r\n0\r\nauthorization: " + token + b"\r\n\r\n"
    )

    said = await _sent_raw(url, request)

    assert said.startswith(b"HTTP/1.1 401 ")


async def test_a_method_that_somebody_made_up_is_not_in_the_metrics(api: Api) -> None:
    await api.client.request("ZQXVICTIM", "/v1/directory")

    metrics = generate_latest().decode()

    assert 'method="other"' in metrics
    assert "ZQXVICTIM" not in metrics
