"""When a day begins, a change that takes effect on it may cure a lapse, without any event.

Such a change is a reinstatement, a renewal or a new team that was announced earlier. The clerk
examines every case with an open work item at the start of a day, and every hour again in case a
commit failed.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from shared.database.transaction import Transaction
from shared.work_items import work_item_queries
from supervision.domain.lapses import KIND
from supervision.use_cases.follow_lapses import CASES_AT_ONCE, follow_cases

LOOK_AGAIN_AFTER = timedelta(hours=1)
FIRST = UUID(int=0)


class LookAtLapses:
    """The clerk's work on lapses, one batch of cases at a time."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._began_at: datetime | None = None
        self._looked_through: UUID | None = None

    async def __call__(self, tx: Transaction) -> int:
        """Examine the next batch of cases. Returns their number; less than a batch means done."""
        if self._is_to_begin(tx):
            self._day, self._began_at, self._looked_through = tx.today, tx.now, FIRST
        if self._looked_through is None:
            return 0
        case_ids = await work_item_queries.subjects_with_open(
            tx, KIND, "case", after=self._looked_through, limit=CASES_AT_ONCE
        )
        await follow_cases(tx, case_ids)
        is_last = len(case_ids) < CASES_AT_ONCE
        self._looked_through = None if is_last else case_ids[-1]
        return len(case_ids)

    def _is_to_begin(self, tx: Transaction) -> bool:
        if self._began_at is None or self._day != tx.today:
            return True
        return self._looked_through is None and tx.now - self._began_at >= LOOK_AGAIN_AFTER
