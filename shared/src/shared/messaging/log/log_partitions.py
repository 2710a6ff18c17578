"""Partitions of the event log, made ahead of the sequences that will need them."""

from shared.database.unpooled_connections import Connection

EVENTS_PER_PARTITION = 1_000_000


class LogPartitions:
    """Keeps one whole partition ready beyond the one in use."""

    def __init__(self, connection: Connection, size: int = EVENTS_PER_PARTITION) -> None:
        self._connection = connection
        self._size = size
        self._made_through = 0

    async def prepare(self, sequence: int) -> None:
        """Make sure that this sequence and a whole partition beyond it have a place."""
        if sequence + self._size <= self._made_through:
            return
        current = sequence // self._size
        for number in (current, current + 1):
            await self._make(number)
        self._made_through = (current + 2) * self._size

    async def _make(self, number: int) -> None:
        name = f"event_log_{number:08d}"
        if await self._connection.fetchval("SELECT to_regclass($1)", name) is not None:
            return
        # Created first and then attached: PARTITION OF would lock out readers of the whole log.
        async with self._connection.transaction():
            await self._connection.execute(
                f"CREATE TABLE {name} (LIKE event_log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
            )
            await self._connection.execute(
                f"ALTER TABLE {name} ADD CONSTRAINT uq_{name}_event_id UNIQUE (event_id)"
            )
            first = number * self._size
            await self._connection.execute(
                f"ALTER TABLE event_log ATTACH PARTITION {name}"
                f" FOR VALUES FROM ({first}) TO ({first + self._size})"
            )
