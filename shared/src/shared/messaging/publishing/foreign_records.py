"""Reports foreign records that a publisher found at the end of its topic and skipped."""

from collections.abc import Sequence

from shared.database.leases import LeaseLostError
from shared.database.unpooled_connections import Connection
from shared.messaging import metrics
from shared.messaging.log.publication import Publication
from shared.process.logging import logger

LOG = logger(__name__)

_MOST_TOLD = 20
_KEEP = """
    UPDATE publication SET foreign_records = $1 WHERE term = $2 AND epoch = $3 RETURNING term
"""


async def tell(
    connection: Connection, publication: Publication, service: str, found: Sequence[str]
) -> None:
    """Report what was found: to the log, the metric, and the database for `log status`.

    Only the first few are written, and the number of the others.
    """
    told = list(found[:_MOST_TOLD])
    if len(found) > len(told):
        told.append(f"and {len(found) - len(told)} more")
    kept = (told, publication.term, publication.epoch)
    if await connection.fetchval(_KEEP, *kept) is None:
        raise LeaseLostError(f"term {publication.term} has ended")
    metrics.FOREIGN.labels(service).set(len(found))
    if found:
        LOG.warning("foreign_records", count=len(found), records=told)
