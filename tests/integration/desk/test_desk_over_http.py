"""The desk over HTTP: who sees, who decides, what is refused, and what is on the record."""

import asyncio
from uuid import UUID

import pytest

from integration.desk.parked import Parked, case_opened, record
from shared.identifiers import new_id
from shared.messaging.consuming.handling import Failure, ParkedState
from shared.security.principals import Role

NOT_HERE = Failure(ParkedState.WAITING, "not-yet-known", "not-here: not here yet")


async def queue(parked: Parked, *sequences: int) -> list[UUID]:
    """Messages of one case set aside, the first refused."""
    case_id = new_id()
    return await parked.put(*(record(each, case_id, case_opened(case_id)) for each in sequences))


async def test_a_list_tells_of_each_message_who_is_to_be_decided_first(parked: Parked) -> None:
    head, behind = await queue(parked, 1, 2)

    answer = await parked.ask("GET", "s")

    first, second = answer.json()["items"]
    assert (first["parked_message_id"], first["is_head"]) == (str(head), True)
    assert (second["parked_message_id"], second["is_head"]) == (str(behind), False)
    assert second["head_id"] == str(head)
    assert first["type"] == "supervision.case.opened"
    assert (first["epoch"], first["sequence"], first["record_offset"]) == (1, 1, 101)


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ("state=dead", [1]),
        ("state=waiting", [2]),
        ("reason=behind", [2]),
        ("type=supervision.case.opened", [1, 2]),
        ("type=supervision.team.changed", []),
        ("topic=supervision.events&consumer=scoring", [1, 2]),
        ("consumer=somebody-else", []),
        (f"subject_id={UUID(int=0)}", []),
    ],
)
async def test_a_list_is_narrowed(parked: Parked, narrowed: str, found: list[int]) -> None:
    await queue(parked, 1, 2)

    answer = await parked.ask("GET", f"s?{narrowed}")

    assert [each["sequence"] for each in answer.json()["items"]] == found


async def test_a_list_goes_on_where_its_page_ended(parked: Parked) -> None:
    await queue(parked, 1, 2, 3)

    first = (await parked.ask("GET", "s?limit=2")).json()
    second = (await parked.ask("GET", f"s?limit=2&after={first['next']}")).json()

    assert [each["sequence"] for each in first["items"]] == [1, 2]
    assert [each["sequence"] for each in second["items"]] == [3]
    assert second["next"] is None


async def test_causes_count_what_they_hold_back(parked: Parked) -> None:
    await queue(parked, 1, 2, 3)
    await queue(parked, 4)
    (first, *_) = await parked.values("SELECT parked_at FROM parked_messages ORDER BY parked_at")

    answer = await parked.ask("GET", "-causes")

    refused, behind = answer.json()["items"]
    assert (refused["reason"], refused["error"]) == ("refused", "not-so: not so")
    assert (refused["messages"], refused["heads"], refused["dead"]) == (2, 2, 2)
    assert refused["first_seen_at"] == first.isoformat().replace("+00:00", "Z")
    assert refused["oldest_waiting_at"] is None
    assert (behind["reason"], behind["messages"], behind["heads"]) == ("behind", 2, 0)
    assert behind["oldest_waiting_at"] == behind["first_seen_at"]


async def test_causes_go_on_where_their_page_ended(parked: Parked) -> None:
    await queue(parked, 1, 2)

    first = (await parked.ask("GET", "-causes?limit=1")).json()
    second = (await parked.ask("GET", f"-causes?limit=1&after={first['next']}")).json()

    assert [each["reason"] for each in first["items"]] == ["refused"]
    assert [each["reason"] for each in second["items"]] == ["behind"]
    assert second["next"] is None


async def test_a_retried_message_waits_and_is_due_at_once(parked: Parked) -> None:
    head, _ = await queue(parked, 1, 2)

    answer = await parked.ask("POST", f"s/{head}/retries")

    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/parked-messages/{head}"
    assert answer.json()["state"] == "waiting"
    due = "SELECT next_attempt_at <= clock_timestamp() FROM parked_messages ORDER BY sequence"
    assert (await parked.values(due))[0] is True
    assert await parked.audited() == [f"parked-message.retried {head} {parked.operator}"]


async def test_a_cause_is_retried_at_the_heads_of_its_queues(parked: Parked) -> None:
    head, _ = await queue(parked, 1, 2)
    refused, behind = (await parked.ask("GET", "-causes")).json()["items"]

    retried = await parked.ask("POST", f"-causes/{refused['cause_id']}/retries")
    nothing = await parked.ask("POST", f"-causes/{behind['cause_id']}/retries")

    assert (retried.status_code, retried.json()["retried"]) == (202, 1)
    assert nothing.json()["retried"] == 0
    states = await parked.values("SELECT state FROM parked_messages ORDER BY sequence")
    assert states == ["waiting", "waiting"]
    assert f"parked-message.retried {head} {parked.operator}" in await parked.audited()


async def test_a_cause_is_discarded_at_the_heads_of_its_queues(parked: Parked) -> None:
    head, _ = await queue(parked, 1, 2)
    refused, _ = (await parked.ask("GET", "-causes")).json()["items"]
    path = f"-causes/{refused['cause_id']}/discards"

    without = await parked.ask("POST", path, {})
    discarded = await parked.ask("POST", path, {"reason": "of no log"})
    again = await parked.ask("POST", path, {"reason": "of no log"})

    assert without.status_code == 422
    assert (discarded.status_code, discarded.json()["discarded"]) == (201, 1)
    assert again.status_code == 404
    states = await parked.values("SELECT state FROM parked_messages ORDER BY sequence")
    assert states == ["discarded", "waiting"]
    assert f"parked-message.discarded {head} {parked.operator}" in await parked.audited()


@pytest.mark.parametrize(
    ("act", "body", "state", "why"),
    [
        ("skips", {}, "skipped", None),
        ("skips", {"reason": "entered by hand"}, "skipped", "entered by hand"),
        ("discards", {"reason": "a test event"}, "discarded", "a test event"),
    ],
)
async def test_a_decision_is_final_and_says_who_and_why(
    parked: Parked, act: str, body: dict[str, str], state: str, why: str | None
) -> None:
    head, behind = await queue(parked, 1, 2)

    answer = await parked.ask("POST", f"s/{head}/{act}", body)
    again = await parked.ask("POST", f"s/{head}/retries")

    decided = answer.json()
    assert answer.status_code == 201
    assert (decided["state"], decided["resolved_why"]) == (state, why)
    assert (decided["resolved_by"], decided["head_id"]) == (str(parked.operator), None)
    assert again.status_code == 409
    assert again.json()["type"] == "urn:casomb:problem:parked-message-decided"
    assert f"{state} by {parked.operator} at 20" in again.json()["detail"]
    assert await parked.audited() == [f"parked-message.{state} {head} {parked.operator}"]
    assert (await parked.ask("GET", f"s/{behind}")).json()["is_head"] is True


async def test_a_discard_without_a_reason_is_refused(parked: Parked) -> None:
    (head,) = await queue(parked, 1)

    answers = [
        await parked.ask("POST", f"s/{head}/discards", each) for each in ({}, {"reason": ""})
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert await parked.values("SELECT state FROM parked_messages") == ["dead"]


@pytest.mark.parametrize(
    ("act", "body"), [("retries", None), ("skips", {}), ("discards", {"reason": "why"})]
)
async def test_a_later_message_is_refused_and_the_head_is_named(
    parked: Parked, act: str, body: object
) -> None:
    head, behind = await queue(parked, 1, 2)

    answer = await parked.ask("POST", f"s/{behind}/{act}", body)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:parked-message-not-the-head"
    assert answer.json()["faults"] == [{"field": "head", "message": str(head)}]
    assert await parked.audited() == []


async def test_of_two_operators_at_once_one_is_first(parked: Parked) -> None:
    (head,) = await queue(parked, 1)

    answers = await asyncio.gather(
        parked.ask("POST", f"s/{head}/skips", {}),
        parked.ask("POST", f"s/{head}/discards", {"reason": "why"}),
        parked.ask("POST", f"s/{head}/skips", {}),
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    late = [answer.json()["detail"] for answer in answers if answer.status_code == 409]
    assert all(f"by {parked.operator} at" in detail for detail in late)
    assert len(await parked.audited()) == 1


async def test_an_auditor_sees_and_decides_nothing(parked: Parked) -> None:
    (head,) = await queue(parked, 1)

    seen = await parked.ask("GET", f"s/{head}", role=Role.AUDITOR)
    refused = await parked.ask("POST", f"s/{head}/skips", {}, role=Role.AUDITOR)
    officer = await parked.ask("GET", "s", role=Role.OFFICER)

    assert (seen.status_code, refused.status_code, officer.status_code) == (200, 403, 403)
    assert await parked.audited() == [f"parked-message.read {head} {parked.operator}"]


async def test_a_message_waits_for_its_own_time_until_somebody_retries_it(parked: Parked) -> None:
    case_id = new_id()
    late = Failure(NOT_HERE.state, NOT_HERE.reason, f"not-here: no case {case_id}")
    (head,) = await parked.put(record(1, case_id, case_opened(case_id)), why=late)

    answer = await parked.ask("GET", "-causes")

    (cause,) = answer.json()["items"]
    assert cause["error"] == "not-here: no case <id>"
    assert (cause["waiting"], cause["heads"]) == (1, 1)
    assert (await parked.ask("GET", f"s/{head}")).json()["error"].endswith(str(case_id))
