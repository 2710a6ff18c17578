"""DOJ's strangest answers: nothing is rejected or accepted but by DOJ's own well-formed word."""

from datetime import timedelta

import httpx
import pytest

from contract.doj_simulator.filled_forms import filled_form
from integration.doj_gateway.gateway_world import RECEIVED_AT, Score, World
from integration.doj_gateway.neighbors import FailingWay, a_page, doj_says
from shared.security.principals import Role
from shared.testing.messaging import until
from shared.testing.tokens import LocalIssuer

SEND = "dynamic-score-to-doj"


def not_known() -> httpx.Response:
    """DOJ's answer for a reference that it does not have."""
    return doj_says(404, reason_code="reference-unknown")


def a_receipt(score: Score, number: str, at: str | None = None) -> httpx.Response:
    """DOJ's receipt for a score."""
    accepted_at = at or (RECEIVED_AT + timedelta(seconds=1)).isoformat()
    return doj_says(201, reference=score.reference, receipt_number=number, accepted_at=accepted_at)


async def until_attempted(world: World, score: Score, reason_code: str) -> None:
    """Wait for an attempt that ended so."""
    query = (
        "SELECT 1 FROM attempts JOIN submissions ON submissions.id = submission_id"
        " WHERE assessment_id = :id AND attempts.reason_code = :reason_code"
    )

    async def is_there() -> bool:
        return bool(await world.rows(query, id=score.assessment_id, reason_code=reason_code))

    await until(is_there)


async def test_what_doj_calls_received_already_after_a_lost_answer_is_asked_about_and_sent(
    world: World,
) -> None:
    score, way = await world.queued(), FailingWay()
    way.lose_answer_with = httpx.ReadTimeout("")
    way.instead = {"GET": [not_known(), not_known()]}

    async with world.sending(way):
        await world.until_state(score, "queued", "unknown")
        await until_attempted(world, score, "read-timeout")
        way.instead["PUT"] = [doj_says(409, reason_code="duplicate-reference")]
        row = await world.until_state(score, "acknowledged")

    (delivery,) = world.deliveries(score)
    assert await world.attempts(score) == ["unknown", "unknown"]
    assert row["accepted_at"].isoformat() == delivery["decided_at"].replace("Z", "+00:00")
    assert (await world.duties(score))[SEND]["state"] == "met"


@pytest.fixture
async def differing(world: World) -> Score:
    """A score under whose reference DOJ holds another form."""
    score, way = await world.queued(), FailingWay()
    way.instead = {"GET": [not_known()]}
    async with httpx.AsyncClient(
        base_url=world.simulator.url, headers=world.simulator.headers
    ) as doj:
        await doj.put(f"/v1/submissions/{score.reference}", json=filled_form(score.reference))
    async with world.sending(way):
        await world.until_state(score, "differs")
    return score


async def test_another_form_under_the_reference_is_shown_and_the_duty_stays_open(
    world: World, differing: Score
) -> None:
    (item,) = await world.work_items(differing)

    assert (item["kind"], item["because"]) == ("submission-differs", "content-differs")
    assert (item["owner_role"], item["resolution"]) == ("operator", None)
    assert (await world.duties(differing))[SEND]["state"] == "open"
    assert (await world.events(differing))[-2:] == [
        "doj-gateway.submission.differs",
        "doj-gateway.work-item.opened",
    ]


async def test_an_operator_may_accept_what_doj_holds_at_doj_s_own_time(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer, differing: Score
) -> None:
    row = await world.submission(differing)
    path = f"/v1/submissions/{row['id']}/doj-copy-acceptances"

    answer = await http.post(path, headers=issuer.authorization(Role.OPERATOR))
    again = await http.post(path, headers=issuer.authorization(Role.OPERATOR))

    (delivery,) = world.deliveries(differing)
    duty, (item,) = (await world.duties(differing))[SEND], await world.work_items(differing)
    assert (answer.status_code, again.status_code) == (201, 409)
    assert duty["met_at"].isoformat() == delivery["decided_at"].replace("Z", "+00:00")
    assert item["resolution"] == "doj-copy-accepted"
    async with world.sending():
        await world.until_state(differing, "acknowledged")


async def test_pages_in_doj_s_place_are_asked_through_and_become_a_work_item(
    world: World,
) -> None:
    score, way = await world.queued(), FailingWay()
    way.instead = {"GET": [not_known(), *[a_page(302) for _ in range(4)]], "PUT": [a_page(407)]}

    async with world.sending(way):
        row = await world.until_state(score, "acknowledged")

    (item,) = await world.work_items(score)
    assert (row["doubted"], await world.attempts(score)) == (0, ["unknown", "accepted"])
    assert (item["kind"], item["because"]) == ("doj-answer-not-promised", "status-302")
    assert item["resolution"] == "doj-answered"


async def test_a_reference_that_is_taken_and_not_known_becomes_a_work_item(world: World) -> None:
    score, way = await world.queued(), FailingWay()
    await world.change("UPDATE submissions SET doubted = 4 WHERE case_id = :id", id=score.case_id)
    taken = doj_says(409, reason_code="reference-taken")
    way.instead = {"GET": [not_known(), not_known()], "PUT": [taken]}

    async with world.sending(way):
        await world.until_state(score, "acknowledged")

    (item,) = await world.work_items(score)
    assert await world.attempts(score) == ["unknown", "accepted"]
    assert (item["kind"], item["because"]) == ("doj-answer-not-promised", "taken-and-not-known")
    assert item["resolution"] == "doj-answered"


async def test_four_pages_in_a_row_are_nobody_s_work_yet(world: World) -> None:
    score, way = await world.queued(), FailingWay()
    way.instead = {"GET": [a_page(200) for _ in range(4)]}

    async with world.sending(way):
        await world.until_state(score, "acknowledged")

    assert await world.work_items(score) == []


async def test_a_receipt_number_of_another_score_is_not_believed(world: World) -> None:
    first, second, way = await world.queued(), await world.queued(), FailingWay()
    async with world.sending():
        number = (await world.until_state(first, "acknowledged"))["receipt_number"]
    third = await world.queued()
    way.instead = {"PUT": [a_receipt(third, number)]}

    async with world.sending(way):
        row = await world.until_state(third, "acknowledged")

    assert await world.attempts(second) == ["accepted"]
    assert await world.attempts(third) == ["unknown", "accepted"]
    assert row["receipt_number"] != number


@pytest.mark.parametrize(
    ("number", "at", "why"),
    [
        ("", None, "receipt-number-unreadable"),
        ("DOJ-9", "1970-01-01T00:00:00Z", "accepted-before-it-was-owed"),
        ("DOJ-9", "2199-01-01T00:00:00Z", "accepted-in-the-future"),
    ],
)
async def test_a_receipt_that_cannot_be_true_is_asked_about(
    world: World, number: str, at: str | None, why: str
) -> None:
    score, way = await world.queued(), FailingWay()
    way.instead = {"PUT": [a_receipt(score, number, at)]}

    async with world.sending(way):
        row = await world.until_state(score, "acknowledged")

    query = "SELECT reason_code FROM attempts WHERE submission_id = :id ORDER BY number"
    reasons = [each["reason_code"] for each in await world.rows(query, id=row["id"])]
    assert reasons == [why, None]
    assert (await world.duties(score))[SEND]["met_at"] == row["accepted_at"]


async def test_doj_is_left_alone_as_long_as_it_asks(world: World) -> None:
    score, way = await world.queued(), FailingWay()
    busy = httpx.Response(429, headers={"Retry-After": "1800"})
    way.instead = {"GET": [not_known()], "PUT": [busy]}

    async with world.sending(way):
        await until_attempted(world, score, "status-429")

    query = "SELECT next_step_at - clock_timestamp() AS wait FROM submissions WHERE reference = :r"
    (row,) = await world.rows(query, r=score.reference)
    assert timedelta(minutes=29) < row["wait"] <= timedelta(minutes=30)
    assert way.puts == 1


async def test_what_doj_rejects_after_it_acknowledged_is_owed_again_by_its_first_date(
    world: World,
) -> None:
    world.settings = world.settings.model_copy(update={"doj_watch_hours": 0.00001})
    score = await world.queued()
    due_on = (await world.duties(score))[SEND]["due_on"]
    async with world.sending():
        await world.until_state(score, "acknowledged")
        url = f"{world.simulator.url}/simulation/submissions/{score.reference}/withdrawals"
        async with httpx.AsyncClient(headers=world.simulator.headers) as doj:
            await doj.post(url)

        row = await world.until_state(score, "rejected")

    duty, (item,) = (await world.duties(score))[SEND], await world.work_items(score)
    assert row["reason_code"] == "withdrawn-by-doj"
    assert (duty["state"], duty["due_on"]) == ("reopened", due_on)
    assert (item["kind"], item["because"]) == ("submission-rejected", "withdrawn-by-doj")
