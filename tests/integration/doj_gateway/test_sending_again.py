"""No dead ends: a rejected score is repaired and sent again, a held one released by its owner."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from doj_gateway.domain.owed_scores import Forwarding
from integration.doj_gateway.gateway_world import Score, World
from shared.security.principals import Role
from shared.testing.tokens import LocalIssuer

SEND = "dynamic-score-to-doj"
Headers = dict[str, str]


@pytest.fixture
async def rejected(world: World) -> Score:
    """A score whose form DOJ rejected for the person's CII number."""
    world.neighbors.person["cii_number"] = "no digits"
    score = await world.queued()
    async with world.sending():
        await world.until_state(score, "rejected")
    return score


@pytest.fixture
async def held(world: World) -> Score:
    """A score that waits for its owner."""
    world.forwarding = Forwarding.BY_THE_OWNER
    return await world.queued()


async def asked(
    world: World, http: httpx.AsyncClient, score: Score, what: str, headers: Headers
) -> httpx.Response:
    """Ask for something to be done with the score's submission."""
    row = await world.submission(score)
    return await http.post(f"/v1/submissions/{row['id']}/{what}", headers=headers)


def officer_of(issuer: LocalIssuer, score: Score, **claims: Any) -> Headers:  # noqa: ANN401 - any claim
    return issuer.authorization(Role.OFFICER, agency=score.agency, **claims)


async def test_a_rejection_is_work_for_the_officer_who_owes_the_score(
    world: World, rejected: Score
) -> None:
    (item,) = await world.work_items(rejected)

    assert (item["kind"], item["because"]) == ("submission-rejected", "person-cii-number-invalid")
    assert (item["owner_role"], item["owner_agency"]) == ("officer", rejected.agency)
    assert (item["owner_person"], item["resolution"]) == (rejected.officer_id, None)


async def test_a_repaired_score_goes_again_under_the_next_reference_and_its_first_due_date(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer, rejected: Score
) -> None:
    first = await world.submission(rejected)
    due_on = (await world.duties(rejected))[SEND]["due_on"]
    world.neighbors.person["cii_number"] = "12345678"

    answer = await asked(world, http, rejected, "resends", officer_of(issuer, rejected))
    async with world.sending():
        row = await world.until_state(rejected, "acknowledged")

    duty, (item,) = (await world.duties(rejected))[SEND], await world.work_items(rejected)
    assert answer.status_code == 201
    assert answer.json()["reference"] == row["reference"] == f"{rejected.reference}-r2"
    assert (answer.json()["round"], row["replaces_id"]) == (2, first["id"])
    assert (duty["state"], duty["due_on"], duty["met_at"]) == ("met", due_on, row["accepted_at"])
    assert item["resolution"] == "resent"
    kept = await world.rows("SELECT state FROM submissions WHERE id = :id", id=first["id"])
    assert kept == [{"state": "rejected"}]


async def test_a_score_is_sent_again_once_and_the_second_asker_is_told_where_it_is(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer, rejected: Score
) -> None:
    path = f"/v1/submissions/{(await world.submission(rejected))['id']}/resends"
    officer = officer_of(issuer, rejected)

    first, second = await http.post(path, headers=officer), await http.post(path, headers=officer)

    assert second.status_code == 409
    assert second.json()["type"] == "urn:casomb:problem:submission-resent"
    assert second.json()["submission_id"] == first.json()["submission_id"]


async def test_a_score_on_its_way_is_not_sent_again(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued()

    answer = await asked(world, http, score, "resends", officer_of(issuer, score))

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:submission-state"


async def test_a_held_score_goes_once_its_officer_releases_it(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer, held: Score
) -> None:
    due_on = (await world.duties(held))[SEND]["due_on"]

    answer = await asked(world, http, held, "releases", officer_of(issuer, held))
    again = await asked(world, http, held, "releases", officer_of(issuer, held))
    async with world.sending():
        row = await world.until_state(held, "acknowledged")

    duty = (await world.duties(held))[SEND]
    assert (answer.status_code, again.status_code) == (201, 409)
    assert answer.json()["state"] == "queued"
    assert (duty["state"], duty["due_on"]) == ("met", due_on)
    audited = "SELECT 1 FROM audit_entries WHERE subject_id = :id AND action = :action"
    assert await world.rows(audited, id=row["id"], action="submission.released")


async def test_a_held_score_waits_however_long_senders_run(world: World, held: Score) -> None:
    sound = Score()
    world.forwarding = Forwarding.AT_ONCE
    await world.queued(sound)

    async with world.sending():
        await world.until_state(sound, "acknowledged")

    assert (await world.submission(held))["state"] == "held"
    assert world.deliveries(held) == []


async def test_only_the_side_that_owes_the_score_and_operators_let_it_go(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer, held: Score
) -> None:
    provider = issuer.authorization(Role.PROVIDER, provider=held.provider_id)
    stranger = issuer.authorization(Role.OFFICER, agency="another-agency")
    auditor = issuer.authorization(Role.AUDITOR)
    operator = issuer.authorization(Role.OPERATOR)

    codes = [
        (await asked(world, http, held, "releases", who)).status_code
        for who in (provider, stranger, auditor, operator)
    ]

    assert codes == [403, 404, 403, 201]


async def test_what_the_ledger_says_of_the_due_date_is_what_a_submission_shows(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued()
    async with world.database.engine.begin() as connection:
        moved = "UPDATE duties SET due_at = '2031-01-03T08:00:00Z' WHERE subject_id = :id"
        await connection.execute(text(moved), {"id": score.assessment_id})
    officer = officer_of(issuer, score)

    listed = await http.get(f"/v1/submissions?case_id={score.case_id}", headers=officer)
    row = await world.submission(score)
    shown = await http.get(f"/v1/submissions/{row['id']}", headers=officer)

    assert listed.json()["items"][0]["due_at"] == "2031-01-03T08:00:00Z"
    assert shown.json()["due_at"] == "2031-01-03T08:00:00Z"
