"""Days until the decision, by kind and purpose, in one statement for a period."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, text

from certification.domain.applications import Kind, Purpose
from certification.domain.processing_times import GROUPS, Days, GroupTimes, ReportPeriod
from shared.clock import end_of_day
from shared.database.transaction import Transaction

ONE_DAY = timedelta(days=1)
_TAKEN = text(
    """
    WITH taken AS (
        SELECT applications.kind, applications.purpose,
               decisions.decided_on - applications.completed_on AS complete,
               decisions.decided_on - applications.received_on AS received
        FROM decisions JOIN applications ON applications.id = decisions.application_id
        WHERE decisions.decided_at >= :since AND decisions.decided_at < :until
          AND decisions.superseded_at IS NULL
    )
    SELECT kind, purpose, count(*) AS files,
           min(complete) AS complete_min, max(complete) AS complete_max,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY complete) AS complete_median,
           min(received) AS received_min, max(received) AS received_max,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY received) AS received_median
    FROM taken GROUP BY kind, purpose
    """
)


async def of_period(tx: Transaction, period: ReportPeriod) -> list[GroupTimes]:
    """Return the times of every group, also of one without decisions in the period."""
    between = {
        "since": end_of_day(period.since - ONE_DAY),
        "until": end_of_day(period.until - ONE_DAY),
    }
    rows: Sequence[Row[Any]] = (await tx.execute(_TAKEN, between)).all()
    found = {(Kind(row.kind), Purpose(row.purpose)): row for row in rows}
    return [_times(kind, purpose, found.get((kind, purpose))) for kind, purpose in GROUPS]


def _times(kind: Kind, purpose: Purpose, row: Row[Any] | None) -> GroupTimes:
    if row is None:
        return GroupTimes(kind, purpose, 0)
    return GroupTimes(
        kind,
        purpose,
        row.files,
        Days(row.complete_min, row.complete_median, row.complete_max),
        Days(row.received_min, row.received_median, row.received_max),
    )
