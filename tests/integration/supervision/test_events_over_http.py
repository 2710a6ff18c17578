"""Partners read what they are entitled to, of what supervision really announces."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

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
partners:
  counts-months: months
  follows-scores: scores
  sees-it-all: [supervision, months]
"""


@pytest.fixture
async def client(settings: Settings, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The API under a policy of the test's own."""
    file = tmp_path / "policy.yaml"
    file.write_text(POLICY)
    app = build_api(settings.model_copy(update={"policy_file": str(file)}))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://supervision") as asking:
        yield asking
    await app.state.kernel.database.engine.dispose()


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
