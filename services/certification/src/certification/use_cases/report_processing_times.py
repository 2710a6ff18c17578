"""Anybody sees how long the Board takes to decide an application."""

from certification.domain.processing_times import GroupTimes, ReportPeriod, said
from certification.storage import processing_times
from shared.database.transaction import Transaction


async def report_processing_times(tx: Transaction, period: ReportPeriod) -> list[GroupTimes]:
    """Report the decisions of a period by kind and purpose."""
    return [said(each) for each in await processing_times.of_period(tx, period)]
