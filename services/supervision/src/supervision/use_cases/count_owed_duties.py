"""A user sees how many duties are due when."""

from shared.database.transaction import Transaction
from supervision.domain.duty_counts import DutyCounts
from supervision.storage import audit_record, duty_counts, known_duties
from supervision.storage.duty_filters import OwedDutyFilter


async def count_owed_duties(tx: Transaction, narrowed: OwedDutyFilter) -> DutyCounts:
    """Count what is overdue, due on each of the next 30 days, later, or paused.

    Counting the duties of one person or case is recorded in the audit record.
    """
    counts = await duty_counts.counted(tx, narrowed)

    if counts.unmet and (narrowed.person_id or narrowed.case_id):
        cases = await known_duties.owing_cases(tx, narrowed)
        audit_record.of_owing_cases(tx, "duty.counted", cases)
    return counts
