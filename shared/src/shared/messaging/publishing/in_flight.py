"""Events sent to Kafka that are not acknowledged yet, in the order of the log.

Acknowledgments of different partitions come in any order; only what precedes the first missing one
counts as published.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from shared.messaging.kafka.producer import Sent
from shared.messaging.kafka.refusals import RecordsRefusedError, is_about_the_record
from shared.messaging.kafka.waiting import KafkaUnavailableError
from shared.process.bell import Bell


@dataclass
class Handed:
    """Events sent together: their future, and the last sequence of each partition."""

    through: int
    events: int
    lasts: Mapping[int, int]
    missing: int = 0
    at: float = field(default_factory=time.monotonic)


class InFlight:
    """Follows acknowledgments; `news` is set when some have come or one has failed."""

    def __init__(self, through: int) -> None:
        self._handed: deque[Handed] = deque()
        self._failure: Exception | None = None
        self.through = through
        self.news = Bell()

    def add(self, handed: Handed, sent: Iterable[Sent]) -> None:
        """Follow what was sent, after everything sent before."""
        self._handed.append(handed)
        for each in sent:
            handed.missing += 1
            each.acknowledgment.add_done_callback(partial(self._note, handed, each))
        if handed.missing == 0:  # all of it is withheld
            self.news.ring()

    def take_acknowledged(self, patience_seconds: float) -> list[Handed]:
        """Return what Kafka has acknowledged since the last call.

        Raises RecordsRefusedError if the broker refused records for their contents,
        KafkaUnavailableError if a send failed otherwise or the oldest waits too long: a broker that
        hangs acknowledges nothing and fails nothing.
        """
        if self._failure is not None:
            raise self._failure
        acknowledged = []
        while self._handed and self._handed[0].missing == 0:
            acknowledged.append(self._handed.popleft())
        if self._handed and time.monotonic() > self._handed[0].at + patience_seconds:
            raise KafkaUnavailableError(f"no answer within {patience_seconds:g} seconds")
        if acknowledged:
            self.through = acknowledged[-1].through
        return acknowledged

    def _note(self, handed: Handed, sent: Sent, done: "asyncio.Future[object]") -> None:
        handed.missing -= 1
        self._failure = self._failure or _failure(sent, done)
        if self._failure is not None or self._handed[0].missing == 0:
            self.news.ring()


def _failure(sent: Sent, done: "asyncio.Future[object]") -> Exception | None:
    if done.cancelled():
        return KafkaUnavailableError("a send was given up")
    if (error := done.exception()) is None:
        return None
    name = type(error).__name__
    if is_about_the_record(error):
        return RecordsRefusedError(*sent[1:], name)
    return KafkaUnavailableError(f"{name}: {error}")
