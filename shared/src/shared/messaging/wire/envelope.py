"""The wire: CloudEvents 1.0 in Kafka's binary mode, headers to values and back.

The key is the subject's id, the value the JSON of the event's fields; everything else is a
header. `ce_sequence` is the place in the service's log, `ce_previoussequence` the one before it
in the same partition: from these a consumer can tell whether it missed something.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from shared.clock import SystemClock
from shared.events.event import SCHEMA_PREFIX, schema_uri
from shared.identifiers import new_id
from shared.messaging.log.event_log import LoggedEvent

Headers = Sequence[tuple[str, bytes]]

WATERMARK = "log.watermarked"
MOST_DIGITS = 18
"""Largest number in a header: PostgreSQL's bigint can store it, and no log reaches it."""


class KafkaRecord(NamedTuple):
    """One record of a Kafka topic."""

    topic: str
    partition: int
    offset: int
    headers: tuple[tuple[str, bytes], ...]
    value: bytes


class MalformedRecordError(Exception):
    """A record is not an event as published; the message names the wrong header."""


@dataclass(frozen=True)
class Envelope:
    """The values of a record's headers; `sequence` is None for a watermark."""

    event_id: UUID
    type: str
    schema_version: int
    subject_id: UUID | None
    occurred_at: datetime
    sequence: int | None
    previous_sequence: int
    epoch: int
    correlation_id: UUID | None
    causation_id: UUID | None
    traceparent: str | None
    data: bytes


def topic_of(service: str) -> str:
    """Return the topic that carries a service's events."""
    return f"{service}.events"


def service_of(topic: str) -> str:
    """Return the service whose events a topic carries."""
    return topic.removesuffix(".events")


def source_of(service: str) -> str:
    """Return the CloudEvents source of a service."""
    return f"urn:casomb:{service}"


def headers_of(event: LoggedEvent, source: str, epoch: int) -> list[tuple[str, bytes]]:
    """Return the headers of one logged event."""
    headers = [
        *_headers_of_type(event.type, event.schema_version, source),
        ("ce_id", str(event.event_id).encode()),
        ("ce_time", _time(event.occurred_at)),
        ("ce_subject", str(event.subject_id).encode()),
        ("ce_sequence", b"%d" % event.sequence),
        ("ce_previoussequence", b"%d" % event.previous_sequence),
        ("ce_logepoch", b"%d" % epoch),
        ("ce_correlationid", str(event.correlation_id).encode()),
    ]
    if event.causation_id is not None:
        headers.append(("ce_causationid", str(event.causation_id).encode()))
    if event.traceparent is not None:
        headers.append(("traceparent", event.traceparent.encode()))
    return headers


def watermark_headers(
    service: str, *, previous_sequence: int, epoch: int
) -> list[tuple[str, bytes]]:
    """Return the headers of a new watermark, which has neither subject nor sequence."""
    return [
        ("content-type", b"application/json"),
        ("ce_specversion", b"1.0"),
        ("ce_source", source_of(service).encode()),
        ("ce_type", f"{service}.{WATERMARK}".encode()),
        ("ce_id", str(new_id()).encode()),
        ("ce_time", _time(SystemClock().now())),
        ("ce_previoussequence", b"%d" % previous_sequence),
        ("ce_logepoch", b"%d" % epoch),
    ]


def _time(instant: datetime) -> bytes:
    """Format a UTC instant, as the log stores it; takes half the time of isoformat."""
    day = b"%d-%02d-%02d" % (instant.year, instant.month, instant.day)
    hour = b"%02d:%02d:%02d" % (instant.hour, instant.minute, instant.second)
    return b"%bT%b.%06dZ" % (day, hour, instant.microsecond)


@cache
def _headers_of_type(kind: str, schema_version: int, source: str) -> tuple[tuple[str, bytes], ...]:
    return (
        ("content-type", b"application/json"),
        ("ce_specversion", b"1.0"),
        ("ce_source", source.encode()),
        ("ce_type", kind.encode()),
        ("ce_dataschema", schema_uri(kind, schema_version).encode()),
    )


def parse(record: KafkaRecord) -> Envelope:
    """Parse a record's headers but not its data.

    Raises MalformedRecordError if a header is missing or has a wrong value.
    """
    reader = _HeaderReader(record.headers)
    if reader.text("ce_specversion") != "1.0":
        raise MalformedRecordError("ce_specversion")
    kind = reader.text("ce_type")
    is_watermark = kind.endswith(f".{WATERMARK}")
    return Envelope(
        event_id=reader.uuid("ce_id"),
        type=kind,
        schema_version=1 if is_watermark else reader.schema_version("ce_dataschema", kind),
        subject_id=None if is_watermark else reader.uuid("ce_subject"),
        occurred_at=reader.instant("ce_time"),
        sequence=None if is_watermark else reader.number("ce_sequence", least=1),
        previous_sequence=reader.number("ce_previoussequence", least=0),
        epoch=reader.number("ce_logepoch", least=1),
        correlation_id=reader.optional_uuid("ce_correlationid"),
        causation_id=reader.optional_uuid("ce_causationid"),
        traceparent=reader.optional_text("traceparent"),
        data=record.value,
    )


class _HeaderReader:
    """Typed access to headers; errors name the header but never its value."""

    def __init__(self, headers: Headers) -> None:
        self._headers: Mapping[str, bytes] = dict(headers)

    def optional_text(self, name: str) -> str | None:
        value = self._headers.get(name)
        if value is None:
            return None
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise MalformedRecordError(name) from None

    def text(self, name: str) -> str:
        if not (value := self.optional_text(name)):
            raise MalformedRecordError(name)
        return value

    def optional_uuid(self, name: str) -> UUID | None:
        return self.uuid(name) if name in self._headers else None

    def uuid(self, name: str) -> UUID:
        try:
            return UUID(self.text(name))
        except ValueError:
            raise MalformedRecordError(name) from None

    def number(self, name: str, *, least: int) -> int:
        value = self.text(name)
        if not _is_number(value) or int(value) < least:
            raise MalformedRecordError(name)
        return int(value)

    def instant(self, name: str) -> datetime:
        try:
            instant = datetime.fromisoformat(self.text(name))
            is_aware = instant.tzinfo is not None
            in_utc = instant.astimezone(UTC)
        except (ValueError, OverflowError):
            raise MalformedRecordError(name) from None
        if not is_aware:
            raise MalformedRecordError(name)
        return in_utc

    def schema_version(self, name: str, kind: str) -> int:
        prefix = f"{SCHEMA_PREFIX}{kind}:"
        version = self.text(name).removeprefix(prefix)
        if not _is_number(version):
            raise MalformedRecordError(name)
        return int(version)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
