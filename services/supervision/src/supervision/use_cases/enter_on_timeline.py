"""Something happened in another service, or in a ledger, that concerns a case: it is entered."""

from shared.database.transaction import Transaction
from supervision.domain.timeline import TimelineEntry
from supervision.storage import cases, timeline


async def enter_on_timeline(tx: Transaction, entry: TimelineEntry) -> None:
    """Enter it once, at its own time; NotYetKnownError until its case has arrived."""
    await cases.require_known(tx, entry.case_id)
    await timeline.insert_if_new(tx, entry)
