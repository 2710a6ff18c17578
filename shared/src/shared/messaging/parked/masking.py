"""Masks a parked record: only values that the event catalog declares harmless are shown.

Envelope headers are shown if their values are valid, and fields of `data` if the type's model
declares ids, dates, numbers, booleans or listed codes and the value is one. For all else, including
the names of unknown headers and fields, only length or count is shown, because bytes on a topic may
contain anything, including personal data.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import orjson

from shared.events.catalog import SERVICES, catalog
from shared.events.event import SCHEMA_PREFIX, Event
from shared.messaging.parked.masking_values import instant_in_clear, masked_length, value_in_clear
from shared.messaging.wire.envelope import WATERMARK, KafkaRecord, source_of

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True)
class ShownField:
    """One header or field: its value, or only the length if it is masked."""

    name: str
    value: str | None
    masked_length: int | None = None


@dataclass(frozen=True)
class ShownRecord:
    """The visible part of a record; unknown names are only counted."""

    headers: tuple[ShownField, ...]
    foreign_headers: int
    data: tuple[ShownField, ...]
    foreign_fields: int
    data_bytes: int


def shown(record: KafkaRecord) -> ShownRecord:
    """Mask a record."""
    headers = dict(record.headers)
    model = _models().get(headers.get("ce_type", b"").decode("latin-1"))
    data = _object_in(record.value)
    known = model.model_fields if model else {}
    return ShownRecord(
        headers=tuple(
            _header(name, headers[name], read) for name, read in _HEADERS.items() if name in headers
        ),
        foreign_headers=len(headers.keys() - _HEADERS.keys()),
        data=tuple(
            _field(name, field.annotation, data[name])
            for name, field in known.items()
            if name in data
        ),
        foreign_fields=len(data.keys() - known.keys()),
        data_bytes=len(record.value),
    )


def _header(name: str, value: bytes, read: Callable[[str], str | None]) -> ShownField:
    try:
        clear = read(value.decode("ascii"))
    except ValueError:
        clear = None
    return ShownField(name, clear, None if clear is not None else len(value))


def _field(name: str, annotation: object, value: object) -> ShownField:
    if value is None:
        return ShownField(name, None)
    clear = value_in_clear(annotation, value)
    return ShownField(name, clear, None if clear is not None else masked_length(value))


def _object_in(value: bytes) -> Mapping[str, object]:
    """Parse the data; empty if it is not JSON or is nested too deeply to be written again."""
    try:
        read = orjson.loads(value)
        orjson.dumps(read)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return {}
    return read if isinstance(read, dict) else {}


@cache
def _models() -> Mapping[str, type[Event]]:
    return {kind: entry.event for entry in catalog() for kind in entry.types}


def _listed(*values: str) -> Callable[[str], str | None]:
    return lambda text: text if text in values else None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


def _id(text: str) -> str:
    return str(UUID(text))


def _type(text: str) -> str | None:
    watermarks = {f"{service}.{WATERMARK}" for service in SERVICES}
    return text if text in _models() or text in watermarks else None


def _schema(text: str) -> str | None:
    kind, _, version = text.removeprefix(SCHEMA_PREFIX).rpartition(":")
    return text if _type(kind) and _NUMBER.fullmatch(version) else None


_HEADERS: Mapping[str, Callable[[str], str | None]] = {
    "content-type": _listed("application/json"),
    "ce_specversion": _listed("1.0"),
    "ce_id": _id,
    "ce_source": _listed(*map(source_of, SERVICES)),
    "ce_type": _type,
    "ce_dataschema": _schema,
    "ce_time": instant_in_clear,
    "ce_subject": _id,
    "ce_sequence": _matching(_NUMBER),
    "ce_previoussequence": _matching(_NUMBER),
    "ce_logepoch": _matching(_NUMBER),
    "ce_correlationid": _id,
    "ce_causationid": _id,
    "traceparent": _matching(_TRACEPARENT),
}
