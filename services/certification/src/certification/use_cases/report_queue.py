"""Reports where the time of decided applications went, and which items were requested."""

from datetime import date, timedelta

from certification.storage import queue_reports
from certification.storage.queue_reports import QueueReport
from shared.clock import end_of_day
from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError


async def report_queue(tx: Transaction, since: date, until: date) -> QueueReport:
    """Report a period; `until` is the first day after it."""
    if until <= since:
        fault = Fault("until", "must be after since")
        raise InvalidInputError("the period is empty", code="empty-period", faults=[fault])
    return await queue_reports.of_period(
        tx,
        end_of_day(since - timedelta(days=1)),
        end_of_day(until - timedelta(days=1)),
        {"since_on": since, "until_on": until},
    )
