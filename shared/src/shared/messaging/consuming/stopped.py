"""Partitions that cannot continue for now: why, and when to check again."""

import time

from shared.messaging import metrics
from shared.messaging.wire.partition import Partition
from shared.process.logging import logger

LOG = logger(__name__)


class Stopped:
    """The stopped partitions of one consumer."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._again_at: dict[Partition, float] = {}
        self.reasons: dict[Partition, str] = {}

    def add(self, partition: Partition, reason: str, seconds: float) -> None:
        """Record that a partition has stopped, and log it once per reason."""
        if self.reasons.get(partition) != reason:
            LOG.error("partition_stopped", **named(partition), reason=reason)
        self.reasons[partition] = reason
        self._again_at[partition] = time.monotonic() + seconds
        self._count()

    def forget(self, partition: Partition) -> None:
        """Remove it, because it continues or belongs to another process."""
        self._again_at.pop(partition, None)
        if self.reasons.pop(partition, None) is not None:
            LOG.info("partition_goes_on", **named(partition))
            self._count()

    def due(self) -> list[Partition]:
        """Return those to check again, each one once until it stops again."""
        due = [partition for partition, at in self._again_at.items() if time.monotonic() >= at]
        for partition in due:
            del self._again_at[partition]
        return due

    def _count(self) -> None:
        metrics.STOPPED.labels(self._service).set(len(self.reasons))


def named(partition: Partition) -> dict[str, object]:
    """The fields that name a partition in a log line."""
    return {"topic": partition.topic, "partition": partition.number}
