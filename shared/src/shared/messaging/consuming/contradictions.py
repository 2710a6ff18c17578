"""Partitions in which something was applied that their log does not have: said until rebuilt."""

from shared.messaging import metrics
from shared.messaging.consuming.stopped import named
from shared.messaging.wire.partition import Partition
from shared.operations.logging import logger

LOG = logger(__name__)


class Contradictions:
    """What was found in one consumer, by partition."""

    def __init__(self, service: str) -> None:
        self._service = service
        self.reasons: dict[Partition, str] = {}

    def add(self, partition: Partition, epoch: int, sequence: int) -> None:
        """Note that the log has another event at a sequence than was applied, or none."""
        topic, number = partition
        reason = f"{topic}[{number}] applied what the log does not have at {epoch}:{sequence}"
        if self.reasons.get(partition) != reason:
            LOG.error("applied_what_the_log_has_not", **named(partition), reason=reason)
        self.reasons[partition] = reason
        self._count()

    def clear(self, partition: Partition) -> None:
        """The partition stands where the log has an event that was applied as it is."""
        if self.reasons.pop(partition, None) is not None:
            self._count()

    def _count(self) -> None:
        metrics.CONTRADICTED.labels(self._service).set(len(self.reasons))
