"""A record that could not be read, read again: never applied out of its place in the chain."""

import pytest

from integration.desk.parked import SECRET, TOPIC, UNREADABLE, Parked, case_opened, record
from shared.identifiers import new_id
from shared.messaging.wire.envelope import KafkaRecord

STATES = "SELECT state || ' ' || attempts FROM parked_messages"


def readable(sequence: int) -> KafkaRecord:
    """A record that the parser of today can read."""
    case_id = new_id()
    return record(sequence, case_id, case_opened(case_id))


async def test_what_still_cannot_be_read_stays_dead(parked: Parked) -> None:
    message_id = await parked.put_unreadable(KafkaRecord(TOPIC, 0, 7, UNREADABLE, b""))

    answer = await parked.ask("POST", f"s/{message_id}/retries")

    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["attempts"]) == ("dead", 2)
    assert SECRET not in answer.text


@pytest.mark.parametrize("reached", [5, 6])
async def test_what_can_be_read_and_was_consumed_in_its_place_is_resolved(
    parked: Parked, reached: int
) -> None:
    await parked.reach(reached)
    message_id = await parked.put_unreadable(readable(5))

    answer = await parked.ask("POST", f"s/{message_id}/retries")

    resolved = answer.json()
    assert (answer.status_code, resolved["state"]) == (202, "resolved")
    assert resolved["resolved_why"] == "its place in the log has been consumed"
    assert resolved["resolved_by"] == str(parked.operator)


async def test_what_can_be_read_and_was_not_consumed_is_not_applied_out_of_its_chain(
    parked: Parked,
) -> None:
    await parked.reach(4)
    message_id = await parked.put_unreadable(readable(5))

    answer = await parked.ask("POST", f"s/{message_id}/retries")

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:parked-message-out-of-chain"
    assert "1:5 has not been consumed in supervision.events[0]" in answer.json()["detail"]
    assert await parked.values(STATES) == ["dead 1"]


async def test_a_topic_that_was_never_read_refuses_it_too(parked: Parked) -> None:
    message_id = await parked.put_unreadable(readable(1))

    answer = await parked.ask("POST", f"s/{message_id}/retries")

    assert answer.status_code == 409


async def test_a_cause_reads_its_records_again_and_refuses_none(parked: Parked) -> None:
    await parked.reach(4)
    await parked.put_unreadable(readable(5))
    (cause,) = (await parked.ask("GET", "-causes")).json()["items"]

    answer = await parked.ask("POST", f"-causes/{cause['cause_id']}/retries")

    assert answer.json()["retried"] == 1
    assert await parked.values("SELECT state FROM parked_messages") == ["dead"]


async def test_it_can_be_skipped_without_anything_before_it(parked: Parked) -> None:
    message_id = await parked.put_unreadable(KafkaRecord(TOPIC, 0, 7, UNREADABLE, b""))

    answer = await parked.ask("POST", f"s/{message_id}/skips", {})

    assert (answer.status_code, answer.json()["state"]) == (201, "skipped")
