"""A broker that answers as it is told: to records by their sequences, or to all of a partition."""

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.messaging.kafka import producer as sending_side
from shared.messaging.kafka.producer import Outgoing

Answers = dict[int | None, type[KafkaError]]
"""By the sequence of a record; that of None is the answer to a watermark."""


def answering(monkeypatch: pytest.MonkeyPatch, answers: Answers) -> None:
    """Refuse every batch that holds one of the records, with the answer to the first of them."""
    fits, send_batch = sending_side._fits, AIOKafkaProducer.send_batch  # noqa: SLF001 - the edge to the library

    def note(batch: Any, record: Outgoing) -> bool:  # noqa: ANN401 - the library has no types
        is_in = fits(batch, record)
        if is_in and (sequence := _sequence(record)) in answers and not hasattr(batch, "answer"):
            batch.answer = answers[sequence]
        return is_in

    async def send(client: Any, batch: Any, *place: Any, **more: Any) -> Any:  # noqa: ANN401 - the same
        sent = await send_batch(client, _emptied(client, batch), *place, **more)
        if hasattr(batch, "answer"):
            sent.cancel()
            sent = asyncio.get_running_loop().create_future()
            sent.set_exception(batch.answer())
        return sent

    monkeypatch.setattr(sending_side, "_fits", note)
    monkeypatch.setattr(AIOKafkaProducer, "send_batch", send)


def _emptied(client: Any, batch: Any) -> Any:  # noqa: ANN401 - the library has no types
    """Return the batch, or an empty one in place of a batch that is to be refused."""
    if not hasattr(batch, "answer"):
        return batch
    empty = client.create_batch()
    empty.close()
    return empty


def _sequence(record: Outgoing) -> int | None:
    told = dict(record.headers).get("ce_sequence")
    return None if told is None else int(told)
