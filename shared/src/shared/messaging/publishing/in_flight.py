"""What was handed to Kafka and is not acknowledged yet, in the order of the log.

Acknowledgments of different partitions come in any order; only what lies before the first that is
missing counts as published.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shared.messaging.bell import Bell
from shared.messaging.kafka.producer import Acknowledgment
from shared.messaging.kafka.waiting import KafkaUnavailableError


@dataclass
class Handed:
    """Events handed over together: their end, the last sequence of each of their partitions."""

    through: int
    events: int
    lasts: Mapping[int, int]
    missing: int = 0
    at: float = field(default_factory=time.monotonic)


class InFlight:
    """Follows acknowledgments; `news` rings when some have come or one has failed."""

    def __init__(self, through: int) -> None:
        self._handed: deque[Handed] = deque()
        self._failure: BaseException | None = None
        self.through = through
        self.news = Bell()

    def add(self, handed: Handed, acknowledgments: Iterable[Acknowledgment]) -> None:
        """Follow what was handed over, after everything that was before."""
        self._handed.append(handed)
        for acknowledgment in acknowledgments:
            handed.missing += 1
            acknowledgment.add_done_callback(lambda done: self._note(handed, done))

    def take_acknowledged(self, patience_seconds: float) -> list[Handed]:
        """Return what Kafka has acknowledged since this was last asked.

        Raises KafkaUnavailableError when a send failed, or when the oldest waits too long: a
        broker that stands still acknowledges nothing and fails nothing.
        """
        if self._failure is not None:
            name = type(self._failure).__name__
            raise KafkaUnavailableError(f"{name}: {self._failure}") from self._failure
        acknowledged = []
        while self._handed and self._handed[0].missing == 0:
            acknowledged.append(self._handed.popleft())
        if self._handed and time.monotonic() > self._handed[0].at + patience_seconds:
            raise KafkaUnavailableError(f"no answer within {patience_seconds:g} seconds")
        if acknowledged:
            self.through = acknowledged[-1].through
        return acknowledged

    def _note(self, handed: Handed, done: "asyncio.Future[object]") -> None:
        handed.missing -= 1
        if done.cancelled():
            self._failure = self._failure or KafkaUnavailableError("a send was given up")
        else:
            self._failure = self._failure or done.exception()
        if self._failure is not None or self._handed[0].missing == 0:
            self.news.ring()
