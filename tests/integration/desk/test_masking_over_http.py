"""One message shown: what the catalog vouches for in clear, not a byte of anything else."""

from typing import Any

from integration.desk.parked import SECRET, TOPIC, UNREADABLE, Parked, case_opened, record
from shared.identifiers import new_id
from shared.messaging.wire.envelope import KafkaRecord


async def shown(parked: Parked, message_id: object) -> dict[str, Any]:
    """The record of a message as the API shows it, after a look at all that leaves the desk."""
    answers = [
        await parked.ask("GET", f"s/{message_id}"),
        await parked.ask("GET", "s"),
        await parked.ask("GET", "-causes"),
    ]
    for answer in answers:
        assert not [part for part in SECRET.split() if part in answer.text]
    found: dict[str, Any] = answers[0].json()["record"]
    return found


def clear(fields: list[dict[str, Any]]) -> dict[str, str]:
    """The fields in clear."""
    return {each["name"]: each["value"] for each in fields if each["masked_length"] is None}


def masked(fields: list[dict[str, Any]]) -> dict[str, int]:
    """The length of each masked field."""
    return {each["name"]: each["masked_length"] for each in fields if each["value"] is None}


async def test_ids_and_dates_are_clear_and_texts_are_masked(parked: Parked) -> None:
    case_id = new_id()
    data = case_opened(case_id, agency=SECRET, unit=None)
    (head,) = await parked.put(record(1, case_id, data))

    found = await shown(parked, head)

    assert clear(found["data"]) == {
        "case_id": str(case_id),
        "unit": None,
        "officer_id": data["officer_id"],
        "starts_on": "2026-11-20",
    }
    assert masked(found["data"])["agency"] == len(SECRET)
    assert clear(found["headers"])["ce_subject"] == str(case_id)
    assert clear(found["headers"])["ce_time"] == "2026-11-20T18:00:00+00:00"
    assert (found["foreign_headers"], found["foreign_fields"]) == (0, 0)


async def test_unknown_fields_are_counted_and_not_named(parked: Parked) -> None:
    case_id = new_id()
    data = case_opened(case_id, **{SECRET: SECRET, "ssn": SECRET})
    (head,) = await parked.put(record(1, case_id, data))

    found = await shown(parked, head)

    assert found["foreign_fields"] == 2
    assert "ssn" not in masked(found["data"])


async def test_what_only_looks_like_an_id_or_a_date_is_masked(parked: Parked) -> None:
    case_id = new_id()
    data = case_opened(case_id, officer_id=SECRET, starts_on=[SECRET])
    (head,) = await parked.put(record(1, case_id, data))

    found = await shown(parked, head)

    assert masked(found["data"])["officer_id"] == len(SECRET)
    assert masked(found["data"])["starts_on"] == len(SECRET) + len('[""]')


async def test_a_type_that_the_catalog_does_not_have_shows_no_data(parked: Parked) -> None:
    case_id = new_id()
    data = {"case_id": str(case_id), "name": SECRET}
    (head,) = await parked.put(record(1, case_id, data, kind="supervision.thing.unknown"))

    found = await shown(parked, head)

    assert (found["data"], found["foreign_fields"]) == ([], 2)
    assert masked(found["headers"])["ce_type"] == len("supervision.thing.unknown")


async def test_of_bytes_that_are_no_event_nothing_is_seen_but_lengths(parked: Parked) -> None:
    kept = KafkaRecord(TOPIC, 0, 7, UNREADABLE, SECRET.encode() + b"\xff\x00")
    message_id = await parked.put_unreadable(kept)

    found = await shown(parked, message_id)

    assert masked(found["headers"]) == {"ce_id": 5, "ce_type": len(SECRET)}
    assert (found["foreign_headers"], found["data"]) == (1, [])
    assert found["data_bytes"] == len(SECRET) + 2
