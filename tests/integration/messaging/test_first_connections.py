"""A client of Kafka whose start is given up in the middle leaves nothing open behind it."""

import asyncio

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.conn import AIOKafkaConnection
from aiokafka.protocol.metadata import MetadataRequest

from first_connections import first_connections_closed
from shared.messaging.kafka.waiting import KafkaUnavailableError, bounded


async def test_a_first_connection_is_closed_after_a_start_that_was_given_up(
    kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[AIOKafkaConnection] = []
    send = AIOKafkaConnection.send

    def unanswered(
        connection: AIOKafkaConnection, request: object, *, expect_response: bool = True
    ) -> "asyncio.Future[object]":
        if isinstance(request, MetadataRequest):
            asked.append(connection)
            return asyncio.get_running_loop().create_future()
        found: asyncio.Future[object] = send(connection, request, expect_response)
        return found

    monkeypatch.setattr(AIOKafkaConnection, "send", unanswered)
    client = AIOKafkaProducer(bootstrap_servers=kafka)

    with first_connections_closed():
        with pytest.raises(KafkaUnavailableError):
            await bounded(client.start(), 0.5)
        await client.stop()
        was_open = [each.connected() for each in asked]

    assert was_open == [True]
    assert not asked[0].connected()
