"""Batches that Kafka keeps and the client library cannot decode."""

import pytest
from aiokafka.producer import message_accumulator
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from shared.messaging.kafka.producer import Outgoing
from shared.testing.two_services import TwoServices


class _NoText(str):
    """A header's name that is no text; the protocol allows any bytes there."""

    __slots__ = ()

    def encode(self, *_: object) -> bytes:
        return b"ce_\xff\xfe"


async def send_unreadable(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch, partition: int, *records: Outgoing
) -> None:
    """Put records on the topic, in one batch, each with a header whose name is no UTF-8."""
    with monkeypatch.context() as patched:
        builder = _DefaultRecordBatchBuilderPy
        patched.setattr(message_accumulator, "DefaultRecordBatchBuilder", builder)
        named = [
            record._replace(headers=[*record.headers, (_NoText("ce_"), b"")]) for record in records
        ]
        await services.send(partition, *named)
