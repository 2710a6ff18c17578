"""The public page of processing times for the last twelve months."""

from datetime import timedelta

from fastapi import Response

from certification.domain.applications import Kind, Purpose
from certification.domain.processing_times import FEWEST_FILES, Days, GroupTimes, period_of
from certification.pages.page_route import page, page_router
from certification.use_cases.report_processing_times import report_processing_times
from shared.http.routes import CurrentTransaction

router = page_router()

METHODS = ["GET", "HEAD"]
OF_PURPOSE = {
    Purpose.NEW: "New applications",
    Purpose.RENEWAL: "Renewals",
    Purpose.UPGRADE: "Upgrades",
}
OF_KIND = {Kind.PROGRAM: "programs", Kind.PROVIDER: "providers"}


@router.api_route("/processing-times", methods=METHODS)
async def get_processing_times(tx: CurrentTransaction) -> Response:
    """Show the decisions of the twelve months before today."""
    period = period_of(None, None, tx.today)
    groups = await report_processing_times(tx, period)
    return page(
        "processing_times.html",
        tx.now,
        first_day=period.since,
        last_day=period.until - timedelta(days=1),
        fewest=FEWEST_FILES,
        groups=[(_headline(each), _sentences(each)) for each in groups],
    )


def _headline(times: GroupTimes) -> str:
    decisions = "1 decision" if times.files == 1 else f"{times.files} decisions"
    return f"{OF_PURPOSE[times.purpose]} of {OF_KIND[times.kind]}: {decisions}"


def _sentences(times: GroupTimes) -> list[tuple[str, str]]:
    """Return what is measured and the times; empty if there are too few decisions."""
    measured = (
        ("From the day on which the last required item arrived", times.from_complete),
        ("From the day on which the application was submitted", times.from_received),
    )
    return [(name, _words(days)) for name, days in measured if days is not None]


def _words(days: Days) -> str:
    shortest = "1 day" if days.minimum == 1 else f"{days.minimum} days"
    median = f"{round(days.median, 1):g}"
    return f"shortest {shortest}, median {median}, longest {days.maximum}"
