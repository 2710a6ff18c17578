"""The AsyncAPI 3 document of one service, complete in itself."""

from functools import cache
from typing import Any

import yaml

from shared.events.releases import catalog_version, releases
from shared.events.schemas import present_schemas
from shared.messaging.asyncapi.headers import Json, header_schemas
from shared.messaging.asyncapi.messages import event_messages, watermark_message
from shared.messaging.wire.envelope import WATERMARK, source_of, topic_of
from shared.process.settings import KafkaSettings

_CHANNEL = "log"
_DESCRIPTION = """\
Every fact that the service announces, in CloudEvents 1.0, Kafka's binary mode. At least once; in
order per subject; with a sequence that has no holes. Events carry ids, codes and dates, nothing
personal.

Ignore types and fields that you do not know: a type may get more fields, which makes the next
version of its `ce_dataschema`. A change that breaks readers is a new type, published beside the
old one for a while.
"""


def asyncapi_document(service: str) -> Json:
    """Describe the service's topic and everything sent on it."""
    events, watermark = event_messages(service), f"{service}.{WATERMARK}"
    return {
        "asyncapi": "3.0.0",
        "id": source_of(service),
        "info": {
            "title": f"Events of {service}",
            "version": catalog_version(releases(), present_schemas()),
            "description": _DESCRIPTION,
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": _SERVER},
        "channels": {_CHANNEL: _channel(service, [*events, watermark])},
        "operations": {
            "announce": _sending("Publish a fact, once its transaction has committed.", *events),
            "mark": _sending(
                "State up to which sequence a quiet partition is complete.", watermark
            ),
        },
        "components": {
            "messages": events | {watermark: watermark_message(service)},
            "schemas": dict(header_schemas()),
        },
    }


@cache
def asyncapi_yaml(service: str) -> str:
    """The document as it is committed and served."""
    return yaml.dump(
        asyncapi_document(service),
        Dumper=_Readable,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )


_SERVER = {
    "host": "{bootstrap}",
    "protocol": "kafka",
    "description": "The broker of the deployment.",
    "variables": {
        "bootstrap": {
            "description": "host:port, as given by the operator of the deployment.",
            "default": "kafka:9092",
        }
    },
}


def _channel(service: str, messages: list[str]) -> Json:
    partitions = KafkaSettings.model_fields["kafka_partitions"].default
    return {
        "address": topic_of(service),
        "title": f"The event log of {service}",
        "description": (
            "The key is the subject's id, so one subject's events stand in one partition. The "
            f"number of partitions is the deployment's, {partitions} unless it chose another."
        ),
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {
            "kafka": {
                "topic": topic_of(service),
                "partitions": partitions,
                "bindingVersion": "0.5.0",
            }
        },
    }


def _sending(summary: str, *messages: str) -> Json:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{_CHANNEL}"},
        "summary": summary,
        "messages": [{"$ref": f"#/channels/{_CHANNEL}/messages/{name}"} for name in messages],
    }


class _Readable(yaml.SafeDumper):
    """Keeps paragraphs as they are, and repeats repeated values instead of using YAML anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - for no data at all
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        return self.represent_scalar(
            "tag:yaml.org,2002:str", data, style="|" if "\n" in data else None
        )


_Readable.add_representer(str, _Readable.represent_str)
