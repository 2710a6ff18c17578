"""The headers of a record as JSON Schema, as `shared.messaging.wire.envelope` writes them.

Header values are text, so every schema here is of a string.
"""

from collections.abc import Mapping
from typing import Any

from shared.events.event import schema_uri
from shared.messaging.wire.envelope import WATERMARK, source_of

Json = dict[str, Any]

EVENT_HEADERS = "eventHeaders"
WATERMARK_HEADERS = "watermarkHeaders"

_NUMBER = "^(0|[1-9][0-9]*)$"
_NUMBER_FROM_ONE = "^[1-9][0-9]*$"
_TRACEPARENT = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"


def _text(description: str, **restricted: str) -> Json:
    return {"type": "string", **restricted, "description": description}


_OF_EVERY_RECORD = {
    "content-type": _text("Media type of the value.", const="application/json"),
    "ce_specversion": _text("Version of CloudEvents.", const="1.0"),
    "ce_id": _text("ID of this event; it never changes.", format="uuid"),
    "ce_source": _text("The service that published the event."),
    "ce_type": _text("The event type, as `<service>.<noun>.<past tense>`."),
    "ce_time": _text("When it happened.", format="date-time"),
    "ce_previoussequence": _text(
        "The sequence of the previous event in this partition; 0 for the first one.",
        pattern=_NUMBER,
    ),
    "ce_logepoch": _text(
        "The epoch of the log. It increases when the log restarts after a database restore.",
        pattern=_NUMBER_FROM_ONE,
    ),
}
_OF_EVENTS = {
    "ce_subject": _text(
        "ID of the record that the event is about; also the record's key.", format="uuid"
    ),
    "ce_dataschema": _text("The `$id` of the value's JSON Schema."),
    "ce_sequence": _text("The event's number in the service's log.", pattern=_NUMBER_FROM_ONE),
    "ce_correlationid": _text(
        "ID that connects the requests and events of one chain of actions.", format="uuid"
    ),
}
_OF_SOME_EVENTS = {
    "ce_causationid": _text(
        "ID of the event that caused this one. Absent if a request caused it.", format="uuid"
    ),
    "traceparent": _text(
        "The W3C trace context. Absent if the request had no trace.", pattern=_TRACEPARENT
    ),
}


def header_schemas() -> Mapping[str, Json]:
    """The headers of events and of watermarks, as components of the document."""
    return {
        EVENT_HEADERS: {
            "type": "object",
            "properties": _OF_EVERY_RECORD | _OF_EVENTS | _OF_SOME_EVENTS,
            "required": [*_OF_EVERY_RECORD, *_OF_EVENTS],
        },
        WATERMARK_HEADERS: {
            "type": "object",
            "properties": dict(_OF_EVERY_RECORD),
            "required": [*_OF_EVERY_RECORD],
        },
    }


def headers_of_type(service: str, event_type: str, schema_version: int) -> Json:
    """The headers of one event type."""
    own = {
        "ce_source": {"const": source_of(service)},
        "ce_type": {"const": event_type},
        "ce_dataschema": {"const": schema_uri(event_type, schema_version)},
    }
    return _narrowed(EVENT_HEADERS, own)


def headers_of_watermark(service: str) -> Json:
    """The headers of a service's watermark."""
    own = {
        "ce_source": {"const": source_of(service)},
        "ce_type": {"const": f"{service}.{WATERMARK}"},
    }
    return _narrowed(WATERMARK_HEADERS, own)


def _narrowed(headers: str, own: Mapping[str, Json]) -> Json:
    return {
        "type": "object",
        "allOf": [{"$ref": f"#/components/schemas/{headers}"}, {"properties": dict(own)}],
    }
