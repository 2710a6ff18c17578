"""Sets a leader's gauges every few seconds: what waits, how long, and what slows it down."""

from shared.database.unpooled_connections import Connection
from shared.messaging import metrics
from shared.messaging.log.publication import Publication

_GAUGES = """
    SELECT waiting.count, waiting.age, published_through,
           (SELECT count(*) FROM withheld_records) AS withheld,
           (SELECT extract(epoch FROM clock_timestamp() - occurred_at)::float
            FROM event_log WHERE sequence > published_through
            ORDER BY sequence LIMIT 1) AS unpublished_age,
           (SELECT max(extract(epoch FROM clock_timestamp() - xact_start))::float
            FROM pg_stat_activity WHERE datname = current_database()) AS transaction_age
    FROM published, (
        SELECT count(*) AS count,
               extract(epoch FROM clock_timestamp() - min(occurred_at))::float AS age
        FROM (SELECT occurred_at FROM outbox ORDER BY id LIMIT 10000) AS first
    ) AS waiting
"""


async def tell(connection: Connection, publication: Publication, service: str) -> None:
    """Read the figures and set the gauges; an age is 0 if nothing waits."""
    row = await connection.fetchrow(_GAUGES)
    if row is None:
        return
    behind = publication.sequenced_through - row["published_through"]
    figures = {
        metrics.OUTBOX_WAITING: row["count"],
        metrics.OUTBOX_OLDEST: row["age"],
        metrics.UNPUBLISHED: behind,
        metrics.OLDEST_UNPUBLISHED: row["unpublished_age"],
        metrics.OLDEST_TRANSACTION: row["transaction_age"],
        metrics.WITHHELD: row["withheld"],
    }
    for gauge, figure in figures.items():
        gauge.labels(service).set(max(figure or 0.0, 0.0))
