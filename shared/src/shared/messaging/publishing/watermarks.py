"""Watermarks (heartbeats) tell a quiet partition from a dead one.

A watermark has no sequence of its own. It names the last sequence acknowledged in its partition, so
that a reader knows whether it has missed something.
"""

import time
from collections.abc import Collection, Mapping

from shared.messaging.kafka.producer import Outgoing
from shared.messaging.log.publication import Publication
from shared.messaging.wire.envelope import watermark_headers

_NOTHING = b"{}"


class Watermarks:
    """The end of each partition, as acknowledged in one sending session."""

    def __init__(self, service: str, publication: Publication, start: int, every: float) -> None:
        self._service = service
        self._epoch = publication.epoch
        self._every = every
        # If a partition has events after the start, the first of them sets its end; until that
        # event is acknowledged, the partition is not quiet.
        self._ends = [tail if tail <= start else None for tail in publication.tails]
        self._carried_at = [time.monotonic()] * publication.partition_count

    def carried(self, partition: int) -> None:
        """Record that something was just sent to the partition."""
        self._carried_at[partition] = time.monotonic()

    def acknowledged(self, lasts: Mapping[int, int]) -> None:
        """Note the last sequence that each of these partitions is known to hold."""
        for partition, sequence in lasts.items():
            self._ends[partition] = sequence

    def due(self, but: Collection[int] = ()) -> dict[int, Outgoing]:
        """Return the record for each partition that has been quiet too long."""
        late = time.monotonic() - self._every
        return {
            partition: watermark(self._service, end, self._epoch)
            for partition, end in enumerate(self._ends)
            if end is not None and self._carried_at[partition] <= late and partition not in but
        }


def watermark(service: str, end: int, epoch: int) -> Outgoing:
    """Return the record which says that nothing followed a sequence in its partition so far."""
    headers = watermark_headers(service, previous_sequence=end, epoch=epoch)
    return Outgoing(None, _NOTHING, headers)
