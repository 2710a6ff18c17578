"""An application's status in sentences for its applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.domain.appeals import Appeal, AppealOutcome
from certification.domain.application_moves import ApplicationState
from certification.domain.decisions import Outcome
from certification.pages.rendering import day_words
from certification.use_cases.show_status import FileStatus
from shared.clock import california_date

HEADLINES: Mapping[ApplicationState, str] = {
    ApplicationState.DRAFT: "Your application is a draft: you have not submitted it yet",
    ApplicationState.SUBMITTED: (
        "The Board has your application and is checking that it is complete"
    ),
    ApplicationState.INCOMPLETE: "The Board is checking your application again",
    ApplicationState.WAITING_ON_APPLICANT: "The Board is waiting for you",
    ApplicationState.COMPLETE: "Your application is complete and waiting in line for review",
    ApplicationState.IN_REVIEW: "A reviewer is looking at your application",
    ApplicationState.DECIDED: "The Board has decided your application",
    ApplicationState.WITHDRAWN: "Your application was withdrawn",
    ApplicationState.ABANDONED: "Your application was closed because a notice was not answered in "
    "time",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.GRANTED: "Granted",
    Outcome.GRANTED_WITH_CONDITIONS: "Granted with conditions",
    Outcome.DENIED: "Denied. To read the reasons, open your application where you applied",
}
APPEAL_OPEN = "The Board has not decided your appeal yet"
APPEAL_OUTCOMES: Mapping[AppealOutcome, str] = {
    AppealOutcome.UPHELD: "The Board upheld the denial",
    AppealOutcome.REVERSED: "The Board reversed the denial and will decide your application again",
}


@dataclass(frozen=True)
class StatusView:
    """The content of the status page; `forecast` is empty if there is none.

    `missing` contains each missing item with the reason it was requested, if any; `answer` is how
    to send the items.
    """

    headline: str
    facts: list[tuple[str, str]]
    missing: list[tuple[str, str]]
    answer: str
    forecast: str
    as_of: date


def status_view(status: FileStatus, titles: Mapping[str, str]) -> StatusView:
    """Put a status into sentences."""
    return StatusView(
        headline=HEADLINES[status.application.state],
        facts=list(_facts(status).items()),
        missing=[(titles[item], status.reasons.get(item, "")) for item in status.missing],
        answer=_answer(status),
        forecast=_forecast(status),
        as_of=california_date(status.as_of),
    )


def _facts(status: FileStatus) -> dict[str, str]:
    application = status.application
    said = {
        "Application": f"{application.purpose} {application.kind} certification".capitalize(),
        "Received": _day(application.received_on),
        "Answer due": _day(status.answer_due_on),
        "Complete since": _day(application.completed_on),
        "Place in line": str(status.queue_position or ""),
        "Decision due": _day(status.due_on),
        "Decision": OUTCOMES[status.outcome] if status.outcome else "",
        "You may appeal until": _day(status.appeal_open_until),
        "Appealed": _appealed(status.appeal),
    }
    return {name: value for name, value in said.items() if value}


def _answer(status: FileStatus) -> str:
    """Return how to send the missing items, and the due date if there is one."""
    if status.application.state is ApplicationState.DRAFT:
        return "Add the missing items where you applied, then submit your application."
    until = f" by {day_words(status.answer_due_on)}" if status.answer_due_on else ""
    return f"Add the missing items to your application where you applied{until}."


def _appealed(appeal: Appeal | None) -> str:
    if appeal is None:
        return ""
    came_of_it = APPEAL_OUTCOMES[appeal.outcome] if appeal.outcome else APPEAL_OPEN
    return f"{day_words(appeal.filed_on)}. {came_of_it}"


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


def _forecast(status: FileStatus) -> str:
    said = status.forecast
    reached = said.prospect.reached if said and said.prospect else None
    if reached is None or reached.earliest is None or reached.median is None:
        return ""
    when = _between(reached.earliest, reached.median, reached.latest)
    return (
        f"At the pace of recent weeks, the Board will decide your application {when}. This is a "
        "forecast, not a promise."
    )


def _between(earliest: date, median: date, latest: date | None) -> str:
    if earliest == latest:
        return f"on {day_words(median)}"
    until = day_words(latest) if latest else "much later"
    return f"between {day_words(earliest)} and {until}, most likely about {day_words(median)}"
