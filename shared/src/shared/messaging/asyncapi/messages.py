"""The messages of a service's topic: each event type with its headers, data and an example."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.events.catalog import CatalogEntry, catalog
from shared.events.schemas import schema_of
from shared.messaging.asyncapi.headers import Json, headers_of_type, headers_of_watermark
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import WATERMARK, headers_of, source_of

_KEYED = {"kafka": {"key": {"type": "string", "format": "uuid"}, "bindingVersion": "0.5.0"}}
_ERRAND = {"location": "$message.header#/ce_correlationid"}
_OF_SCHEMA_FILES = frozenset({"$schema", "$id"})
_EXAMPLE_ID = UUID("019abf3e-9c42-7d55-8e10-3a1b5c7d9f20")
_EXAMPLE_ERRAND = UUID("019abf3e-9c3f-7a10-b6d4-2f4e6a8c0b12")
_EXAMPLE_TIME = datetime(2026, 11, 23, 22, 45, 1, 123456, tzinfo=UTC)
_EXAMPLE_SEQUENCE, _EXAMPLE_PREVIOUS, _EXAMPLE_EPOCH = 7, 4, 1


def event_messages(service: str) -> dict[str, Json]:
    """The message of every type that the service publishes, by type."""
    return {
        event_type: _message(service, event_type, entry) for event_type, entry in _types_of(service)
    }


def watermark_message(service: str) -> Json:
    """The watermark that a quiet partition carries."""
    return {
        "name": f"{service}.{WATERMARK}",
        "title": f"{service}.{WATERMARK}",
        "summary": "No other event came in this partition up to the previous sequence.",
        "description": "Not an event: it has no sequence and no subject of its own, no key and "
        "no data.",
        "contentType": "application/json",
        "headers": headers_of_watermark(service),
        "payload": {"type": "object", "maxProperties": 0},
        "examples": [{"name": "quiet", "headers": _watermark_headers(service), "payload": {}}],
    }


def _types_of(service: str) -> Iterator[tuple[str, CatalogEntry]]:
    for entry in catalog():
        if entry.event.service in {"", service}:
            yield entry.event.type_for(service), entry


def _message(service: str, event_type: str, entry: CatalogEntry) -> Json:
    schema = schema_of(entry.event, event_type)
    example = json.loads(entry.example)
    headers = _event_headers(service, event_type, entry, example)
    return {
        "name": event_type,
        "title": event_type,
        "summary": entry.meaning,
        "contentType": "application/json",
        "correlationId": _ERRAND,
        "headers": headers_of_type(service, event_type, entry.event.schema_version),
        "payload": {key: part for key, part in schema.items() if key not in _OF_SCHEMA_FILES},
        "bindings": _KEYED,
        "examples": [{"name": "example", "headers": headers, "payload": example}],
    }


def _event_headers(
    service: str,
    event_type: str,
    entry: CatalogEntry,
    example: Any,  # noqa: ANN401 - JSON
) -> dict[str, str]:
    """The headers that the publisher itself would write for the example."""
    event = entry.event.model_validate(example)
    logged = LoggedEvent(
        sequence=_EXAMPLE_SEQUENCE,
        event_id=_EXAMPLE_ID,
        type=event_type,
        schema_version=event.schema_version,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        occurred_at=_EXAMPLE_TIME,
        correlation_id=_EXAMPLE_ERRAND,
        causation_id=None,
        data=b"",
        traceparent=None,
        partition=0,
        previous_sequence=_EXAMPLE_PREVIOUS,
    )
    wire = headers_of(logged, source_of(service), _EXAMPLE_EPOCH)
    return {name: value.decode() for name, value in wire}


def _watermark_headers(service: str) -> dict[str, str]:
    return {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_source": source_of(service),
        "ce_type": f"{service}.{WATERMARK}",
        "ce_id": str(_EXAMPLE_ID),
        "ce_time": _EXAMPLE_TIME.isoformat().replace("+00:00", "Z"),
        "ce_previoussequence": str(_EXAMPLE_PREVIOUS),
        "ce_logepoch": str(_EXAMPLE_EPOCH),
    }
