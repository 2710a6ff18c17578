"""Board staff see where the time of a period's decided files went, and what bounced."""

from datetime import date, timedelta

from certification.storage import queue_reports
from certification.storage.queue_reports import QueueReport
from shared.clock import end_of_day
from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError


async def report_queue(tx: Transaction, since: date, until: date) -> QueueReport:
    """Report a period; its last day is the one before `until`."""
    if until <= since:
        fault = Fault("until", "must be after since")
        raise InvalidInputError("the period has no days", code="empty-period", faults=[fault])
    return await queue_reports.of_period(
        tx,
        end_of_day(since - timedelta(days=1)),
        end_of_day(until - timedelta(days=1)),
        {"since_on": since, "until_on": until},
    )
