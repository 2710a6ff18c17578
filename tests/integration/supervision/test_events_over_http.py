"""Partners read what they are entitled to, of what supervision really announces."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from shared.database.engine import create_engine
from shared.security.principals import Role
from shared.testing.tokens import LocalIssuer
from supervision.app import build_api
from supervision.settings import Settings

POLICY = """
entitlements:
  every-event: {purpose: running the system, types: "*"}
  months: {purpose: counting months, types: "supervision.month.*"}
  scores: {purpose: following scores, types: "scoring.*"}
  supervision: {purpose: a whole topic, types: "supervision.*"}
roles:
  operator: every-event
services:
  scoring: supervision
partners:
  counts-months: months
  follows-scores: scores
  sees-it-all: [supervision, months]
"""

BOUNDS = {
    "feed_requests_per_minute": 3,
    "feed_waiting_requests": 1,
    "event_readers_per_partner": 2,
}


@pytest.fixture
async def client(settings: Settings, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The API under a policy of the test's own."""
    file = tmp_path / "policy.yaml"
    file.write_text(POLICY)
    app = build_api(settings.model_copy(update={"policy_file": str(file), **BOUNDS}))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://supervision") as asking:
        yield asking
    await app.state.parts.log_watch.stop()
    await app.state.parts.database.engine.dispose()


async def test_a_partner_reads_the_types_it_is_entitled_to(
    client: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    headers = issuer.authorization(Role.PARTNER, sub="counts-months")

    allowed = await client.get("/v1/events?type=supervision.month.met", headers=headers)
    everything = await client.get("/v1/events", headers=headers)
    another = await client.get("/v1/events?type=supervision.case.opened", headers=headers)

    assert (allowed.status_code, everything.status_code) == (200, 200)
    assert another.status_code == 403
    assert "supervision.case.opened" in another.json()["detail"]


@pytest.mark.parametrize("subject", ["follows-scores", "nobody-named"])
async def test_a_partner_entitled_to_nothing_here_is_refused(
    client: httpx.AsyncClient, issuer: LocalIssuer, subject: str
) -> None:
    answer = await client.get("/v1/events", headers=issuer.authorization(Role.PARTNER, sub=subject))

    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":not-entitled")


async def test_a_service_reads_what_it_consumes_and_no_more(
    client: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    scoring = issuer.authorization(Role.SERVICE, azp="scoring")
    certification = issuer.authorization(Role.SERVICE, azp="certification")

    assert (await client.get("/v1/events", headers=scoring)).status_code == 200
    assert (await client.get("/v1/events", headers=certification)).status_code == 403


async def test_who_may_read_nothing_cannot_hold_the_log_back(
    client: httpx.AsyncClient, issuer: LocalIssuer, settings: Settings
) -> None:
    reports = [
        await report(client, issuer.authorization(Role.PARTNER, sub="follows-scores"), "a-reader"),
        await report(client, issuer.authorization(Role.SERVICE, azp="certification"), "a-reader"),
    ]

    assert [each.status_code for each in reports] == [403, 403]
    assert "a-reader" not in await registered(settings)


async def test_a_partner_reports_under_a_few_names_alone(
    client: httpx.AsyncClient, issuer: LocalIssuer, settings: Settings
) -> None:
    partner = issuer.authorization(Role.PARTNER, sub="sees-it-all")
    await report(client, partner, "a")
    await report(client, partner, "b")

    third = await report(client, partner, "c")
    first_again = await report(client, partner, "a")
    of_scoring = await report(client, issuer.authorization(Role.SERVICE, azp="scoring"), "d")

    assert (third.status_code, third.json()["type"]) == (
        *(409, "urn:casomb:problem:too-many-event-readers"),
    )
    assert (first_again.status_code, of_scoring.status_code) == (204, 204)
    assert {"a", "b", "d"} <= await registered(settings)
    assert "c" not in await registered(settings)


async def test_a_partner_that_asks_too_often_is_told_when_to_come_back_and_others_are_served(
    client: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    often = issuer.authorization(Role.PARTNER, sub="sees-it-all")
    other = issuer.authorization(Role.PARTNER, sub="counts-months")
    service = issuer.authorization(Role.SERVICE, azp="scoring")

    answers = [await client.get("/v1/events", headers=often) for _ in range(4)]
    others = [
        await client.get("/v1/events", headers=headers) for headers in (other, *[service] * 4)
    ]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert [each.status_code for each in others] == [200] * 5


async def test_a_partner_waits_for_events_with_a_few_requests_at_once_alone(
    client: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    partner = issuer.authorization(Role.PARTNER, sub="sees-it-all")

    answers = await asyncio.gather(
        *(client.get("/v1/events?wait=1", headers=partner) for _ in range(2))
    )
    afterwards = await client.get("/v1/events?wait=1", headers=partner)

    assert sorted(each.status_code for each in answers) == [200, 429]
    assert afterwards.status_code == 200


async def report(client: httpx.AsyncClient, headers: dict[str, str], name: str) -> httpx.Response:
    """Report the beginning of an empty log."""
    body = {"epoch": 1, "last_sequences": []}
    return await client.put(f"/v1/event-readers/{name}", json=body, headers=headers)


async def registered(settings: Settings) -> set[str]:
    """The names for which the log is kept."""
    engine = create_engine(settings, "a test")
    async with engine.connect() as connection:
        names = set(await connection.scalars(text("SELECT name FROM event_readers")))
    await engine.dispose()
    return names


async def test_an_officer_does_not_read_the_feed(
    client: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    answer = await client.get("/v1/events", headers=issuer.authorization(Role.OFFICER))

    assert answer.status_code == 403


async def test_entitlements_say_what_may_be_read_and_from_where(
    client: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    counts = await entitlements(client, issuer, "counts-months")
    sees = await entitlements(client, issuer, "sees-it-all")

    assert counts["supervision.events"] == (False, ["supervision.month.met"])
    assert counts["scoring.events"] == (False, [])
    is_whole, types = sees["supervision.events"]
    assert is_whole
    assert "supervision.case.opened" in types


async def entitlements(
    client: httpx.AsyncClient, issuer: LocalIssuer, subject: str
) -> dict[str, tuple[bool, list[str]]]:
    """Ask what a partner may read; whole or not, and types, by topic."""
    headers = issuer.authorization(Role.PARTNER, sub=subject)
    answer = (await client.get("/v1/entitlements", headers=headers)).json()
    return {each["topic"]: (each["is_whole"], each["types"]) for each in answer["topics"]}
