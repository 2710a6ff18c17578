"""A user lists duties, whichever service keeps them."""

from collections.abc import Sequence

from shared.database.transaction import Transaction
from supervision.domain.owed_duties import OwedDuty
from supervision.storage import audit_record, known_duties
from supervision.storage.duty_filters import OwedDutyFilter
from supervision.storage.known_duties import Place


async def list_owed_duties(
    tx: Transaction, narrowed: OwedDutyFilter, *, after: Place | None, limit: int
) -> Sequence[OwedDuty]:
    """List up to `limit` + 1 duties, soonest due first.

    Each case whose duties are shown is in the audit record, once per page.
    """
    found = await known_duties.listed(tx, narrowed, after=after, limit=limit)

    cases = {duty.case.id: duty.case for duty in found[:limit] if duty.case is not None}
    audit_record.of_owing_cases(tx, "duty.listed", cases.values())
    return found
