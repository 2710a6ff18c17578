"""Decides what to do about records that the broker refused, with a new producer for each.

A producer cannot be used after a refusal: the broker expects the refused records' numbers.
"""

from shared.database.unpooled_connections import Connection
from shared.messaging.kafka.producer import Outgoing, Producer, acknowledged
from shared.messaging.kafka.refusals import PartitionRefusedError, RecordsRefusedError
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.publication import Publication
from shared.messaging.publishing import withholding
from shared.messaging.publishing.sending import WATERMARK_PLACE, outgoing
from shared.messaging.publishing.watermarks import watermark
from shared.messaging.publishing.withholding import Doubts
from shared.messaging.wire.envelope import topic_of
from shared.process.logging import logger
from shared.process.settings import KafkaSettings

LOG = logger(__name__)


class Refusals:
    """Finds the record at fault and withholds it; retries what an operator asks for."""

    def __init__(
        self, service: str, kafka: KafkaSettings, connection: Connection, publication: Publication
    ) -> None:
        self._service = service
        self._kafka = kafka
        self._connection = connection
        self._publication = publication

    async def look_into(self, refused: RecordsRefusedError, doubts: Doubts) -> None:
        """Withhold a record that was refused alone; of several, send each one alone.

        Raises PartitionRefusedError if the partition accepts nothing else either.
        """
        where = {"partition": refused.partition, "reason": refused.reason}
        if refused.last == WATERMARK_PLACE:
            doubts.silent.add(refused.partition)
            LOG.error("watermark_refused", **where)
        elif refused.first < refused.last:
            doubts.add(refused)
            LOG.warning("records_refused", first=refused.first, last=refused.last, **where)
        else:
            (event,) = await event_log.read_after(self._connection, refused.first - 1, 1)
            await self._withhold(event, refused.reason)

    async def send_again(self) -> None:
        """Retry what an operator asked for; what is refused again is withheld again."""
        for event in await withholding.to_be_resent(self._connection):
            record = outgoing(event, self._service, self._publication.epoch)
            try:
                await self._send(event.partition, record)
            except RecordsRefusedError as refused:
                await self._withhold(event, refused.reason)
            else:
                await withholding.release(self._connection, event)
                LOG.info("record_resent", sequence=event.sequence, partition=event.partition)

    async def _withhold(self, event: LoggedEvent, reason: str) -> None:
        await self._require_partition(event, reason)
        attempts = await withholding.withhold(self._connection, self._publication, event, reason)
        LOG.error(
            "record_withheld",
            sequence=event.sequence,
            partition=event.partition,
            type=event.type,
            reason=reason,
            attempts=attempts,
        )

    async def _require_partition(self, event: LoggedEvent, reason: str) -> None:
        """Try a watermark: if it is refused too, the record is not at fault."""
        epoch = self._publication.epoch
        probe = watermark(self._service, event.previous_sequence, epoch)
        try:
            await self._send(event.partition, probe)
        except RecordsRefusedError as refused:
            raise PartitionRefusedError(
                f"Kafka refuses whatever is sent to partition {event.partition}: {reason} of"
                f" sequence {event.sequence}, {refused.reason} of a watermark"
            ) from refused

    async def _send(self, partition: int, record: Outgoing) -> None:
        producer = Producer(self._kafka, topic_of(self._service))
        await producer.start()
        try:
            await acknowledged(await producer.send(partition, [record], first_alone=False))
        finally:
            await producer.stop()
