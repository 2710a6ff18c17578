"""An event of another service or of a ledger concerns a case: it is added to the timeline."""

from shared.database.transaction import Transaction
from supervision.domain.timeline import TimelineEntry
from supervision.storage import cases, timeline


async def enter_on_timeline(tx: Transaction, entry: TimelineEntry) -> None:
    """Add an event once, at its own time. Raises NotYetKnownError until its case is known here."""
    await cases.require_known(tx, entry.case_id)
    await timeline.insert_if_new(tx, entry)
