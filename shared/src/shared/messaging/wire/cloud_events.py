"""CloudEvents in JSON: how the feed writes an event, and how a reader converts it to a record.

The attributes are those of the Kafka headers without their prefix; numbers are JSON numbers, and
`data` is the same JSON. The code that reads the topic also reads the feed.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from shared.events.event import schema_uri
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import KafkaRecord, source_of, topic_of

BATCH_MEDIA = "application/cloudevents-batch+json"
_UNPREFIXED = {"datacontenttype": "content-type", "traceparent": "traceparent"}
_NOT_ON_THE_WIRE = {"data", "partition"}


def as_cloud_event(event: LoggedEvent, service: str, epoch: int) -> dict[str, Any]:
    """Return the event as a JSON object; its data is not parsed again."""
    optional = {
        "causationid": event.causation_id and str(event.causation_id),
        "traceparent": event.traceparent,
    }
    return {
        "specversion": "1.0",
        "id": str(event.event_id),
        "source": source_of(service),
        "type": event.type,
        "time": event.occurred_at.isoformat().replace("+00:00", "Z"),
        "subject": str(event.subject_id),
        "datacontenttype": "application/json",
        "dataschema": schema_uri(event.type, event.schema_version),
        "sequence": event.sequence,
        "previoussequence": event.previous_sequence,
        "logepoch": epoch,
        "partition": event.partition,
        "correlationid": str(event.correlation_id),
        **{name: value for name, value in optional.items() if value is not None},
        "data": orjson.Fragment(event.data),
    }


def as_record(event: Mapping[str, Any], service: str, offset: int) -> KafkaRecord:
    """Return an event of the feed as a record of the topic, without an offset."""
    headers = tuple(
        (_UNPREFIXED.get(name, f"ce_{name}"), str(value).encode())
        for name, value in event.items()
        if name not in _NOT_ON_THE_WIRE
    )
    data = orjson.dumps(event.get("data"))
    return KafkaRecord(topic_of(service), int(event["partition"]), offset, headers, data)
