"""What is written to the wire is read back, and what is no event is named by its header."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from shared.messaging.consuming.handling import cause_of
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import (
    KafkaRecord,
    MalformedRecordError,
    headers_of,
    parse,
    source_of,
    topic_of,
    watermark_headers,
)

EVENT = LoggedEvent(
    sequence=7,
    event_id=uuid4(),
    type="scoring.share.made",
    schema_version=2,
    subject_kind="share",
    subject_id=uuid4(),
    occurred_at=datetime(2026, 11, 20, 17, 30, 0, 125, tzinfo=UTC),
    correlation_id=uuid4(),
    causation_id=uuid4(),
    data=b'{"share_id": "x"}',
    traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    partition=1,
    previous_sequence=4,
)


def record(**changed: bytes | None) -> KafkaRecord:
    headers = dict(headers_of(EVENT, source_of("scoring"), 3)) | changed
    present = tuple((name, value) for name, value in headers.items() if value is not None)
    return KafkaRecord("scoring.events", 1, 12, present, EVENT.data)


def test_what_was_logged_is_read_back_from_the_headers() -> None:
    envelope = parse(record())

    assert envelope.event_id == EVENT.event_id
    assert envelope.type == "scoring.share.made"
    assert envelope.schema_version == 2
    assert envelope.subject_id == EVENT.subject_id
    assert envelope.occurred_at == EVENT.occurred_at
    assert (envelope.epoch, envelope.sequence, envelope.previous_sequence) == (3, 7, 4)
    assert envelope.correlation_id == EVENT.correlation_id
    assert envelope.causation_id == EVENT.causation_id
    assert envelope.traceparent == EVENT.traceparent
    assert envelope.data == EVENT.data


def test_every_header_of_the_contract_is_there() -> None:
    headers = dict(headers_of(EVENT, source_of("scoring"), 3))

    assert set(headers) == {
        "content-type",
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_time",
        "ce_subject",
        "ce_dataschema",
        "ce_sequence",
        "ce_previoussequence",
        "ce_logepoch",
        "ce_correlationid",
        "ce_causationid",
        "traceparent",
    }
    assert headers["ce_time"] == b"2026-11-20T17:30:00.000125Z"
    assert headers["ce_source"] == b"urn:casomb:scoring"


def test_what_began_by_itself_has_no_cause() -> None:
    headers = dict(headers_of(EVENT._replace(causation_id=None, traceparent=None), "s", 1))

    assert "ce_causationid" not in headers
    assert "traceparent" not in headers


def test_a_watermark_has_no_sequence_and_no_subject() -> None:
    watermark = record(
        ce_type=b"scoring.log.watermarked", ce_sequence=None, ce_subject=None, ce_dataschema=None
    )

    envelope = parse(watermark)

    assert envelope.sequence is None
    assert envelope.subject_id is None
    assert envelope.previous_sequence == 4


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ce_specversion", b"0.3"),
        ("ce_specversion", None),
        ("ce_id", b"not an id"),
        ("ce_type", None),
        ("ce_type", b"\xff"),
        ("ce_time", b"yesterday"),
        ("ce_time", b"2026-11-20T17:30:00"),
        ("ce_time", b"9999-12-31T23:59:59-14:00"),
        ("ce_time", b"0001-01-01T00:00:00+14:00"),
        ("ce_subject", b""),
        ("ce_dataschema", b"urn:casomb:event:another.type:1"),
        ("ce_sequence", b"0"),
        ("ce_sequence", b"9" * 19),
        ("ce_logepoch", b"9" * 5_000),
        ("ce_dataschema", b"urn:casomb:event:scoring.share.made:" + b"9" * 5_000),
        ("ce_sequence", b"-4"),
        ("ce_sequence", None),
        ("ce_previoussequence", "٤".encode()),
        ("ce_logepoch", b"0"),
        ("ce_correlationid", b"x"),
    ],
)
def test_bytes_that_are_no_event_are_named_by_their_header(
    header: str, value: bytes | None
) -> None:
    with pytest.raises(MalformedRecordError, match=header):
        parse(record(**{header: value}))


def test_a_service_has_one_topic() -> None:
    assert topic_of("doj-gateway") == "doj-gateway.events"


def test_a_watermark_is_read_back_with_neither_subject_nor_sequence() -> None:
    headers = watermark_headers("scoring", previous_sequence=41, epoch=3)

    envelope = parse(KafkaRecord("scoring.events", 1, 12, tuple(headers), b"{}"))

    assert envelope.type == "scoring.log.watermarked"
    assert (envelope.subject_id, envelope.sequence) == (None, None)
    assert (envelope.epoch, envelope.previous_sequence) == (3, 41)


def test_what_a_record_causes_carries_its_trace_in_no_form_but_its_own() -> None:
    personal, whole = parse(record(traceparent=b"Zqx Victim, born 1971-07-11")), parse(record())

    assert cause_of(personal, "supervision").traceparent is None
    assert cause_of(whole, "supervision").traceparent == EVENT.traceparent
