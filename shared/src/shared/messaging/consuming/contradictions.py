"""Partitions stopped because an event was applied that is not in their log."""

from shared.messaging import metrics
from shared.messaging.consuming.progress import Progress
from shared.messaging.consuming.stopped import named
from shared.messaging.log.positions import Position
from shared.messaging.wire.partition import Partition
from shared.process.logging import logger

LOG = logger(__name__)


class Contradictions:
    """The contradictions found by one consumer, by partition."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._found: dict[Partition, Position] = {}

    def add(self, partition: Partition, at: Position) -> None:
        """Record that the log has another event, or none, at the sequence of an applied event."""
        if self._found.get(partition) != at:
            LOG.error("applied_what_the_log_has_not", **named(partition), at=str(at))
        self._found[partition] = at
        self._count()

    def of(self, partition: Partition, progress: Progress) -> str | None:
        """Why a partition cannot be read on from its position; None if it can.

        A position before that place, or in another epoch, means that the partition was rebuilt.
        """
        at = self._found.get(partition)
        if at is None:
            return None
        if progress.epoch == at.epoch and progress.last_sequence >= at.sequence:
            return f"the log does not have what was applied at {at}: rebuild what came of it"
        self.clear(partition)
        return None

    def clear(self, partition: Partition) -> None:
        """Remove it, because the log has the event applied last."""
        if self._found.pop(partition, None) is not None:
            self._count()

    def _count(self) -> None:
        metrics.CONTRADICTED.labels(self._service).set(len(self._found))
