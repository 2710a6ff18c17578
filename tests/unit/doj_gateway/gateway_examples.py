"""Examples of what the gateway decides about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from doj_gateway.domain.form_facts import (
    FormCase,
    FormFacts,
    FormPerson,
    FormResult,
    FormSubmission,
)
from doj_gateway.domain.notices import DojNotice, Expectation, ExpectationState, NoticeState
from doj_gateway.domain.obligations import Sides
from doj_gateway.domain.submissions import Submission, SubmissionState

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
DUE = NOW + timedelta(days=11)
ASSESSED_ON = date(2026, 11, 16)
ASSESSMENT, CASE, OFFICER, PROVIDER, PROGRAM, SUBMISSION, CORRELATION = (
    UUID(int=number) for number in range(1, 8)
)
SIDES = Sides("sacramento-probation", OFFICER, PROVIDER, PROGRAM)


def a_submission(state: SubmissionState, **changes: Any) -> Submission:  # noqa: ANN401 - any field
    """Make a submission in a state."""
    values: dict[str, Any] = {
        "id": SUBMISSION,
        "assessment_id": ASSESSMENT,
        "version": 1,
        "case_id": CASE,
        "instrument": "sra-fv",
        "assessed_on": ASSESSED_ON,
        "agency": "sacramento-probation",
        "provider_id": PROVIDER,
        "program_id": PROGRAM,
        "reference": f"CASOMB-{ASSESSMENT}-1",
        "state": state,
        "score_receipt_id": None,
        "received_at": NOW,
        "queued_at": NOW,
        "sent_on": date(2026, 11, 20),
        "correlation_id": CORRELATION,
    }
    return Submission(**values | changes)


def an_expectation(number: int, **changes: Any) -> Expectation:  # noqa: ANN401 - any field
    """Make an open expectation; a higher number opened later."""
    values: dict[str, Any] = {
        "id": UUID(int=100 + number),
        "assessment_id": ASSESSMENT,
        "version": 1,
        "case_id": CASE,
        "instrument": "ls-cmi",
        "assessed_on": ASSESSED_ON,
        "agency": "sacramento-probation",
        "provider_id": PROVIDER,
        "program_id": PROGRAM,
        "state": ExpectationState.OPEN,
        "opened_at": NOW + timedelta(hours=number),
    }
    return Expectation(**values | changes)


def a_notice(state: NoticeState = NoticeState.RECEIVED, **changes: Any) -> DojNotice:  # noqa: ANN401 - any field
    """Make a notice in a state."""
    values: dict[str, Any] = {
        "id": UUID(int=200),
        "doj_notice_id": "doj-1",
        "instrument": "ls-cmi",
        "assessed_on": ASSESSED_ON,
        "seen_at": NOW,
        "state": state,
        "received_at": NOW,
        "correlation_id": CORRELATION,
    }
    return DojNotice(**values | changes)


def form_facts() -> FormFacts:
    """Make the facts of a form about a person who does not exist."""
    return FormFacts(
        FormPerson("Avery", None, "Example", date(1980, 2, 29), None, "12345678", None),
        FormCase(
            *("22FE001234", date(2022, 5, 2), "Sacramento", "Yolo", "formal-probation"),
            *("Sacramento County Probation", "R. Officer"),
        ),
        FormResult(
            *("sra-fv", "1", 2.5, "moderate", {"self-management": 1.0}, "initial"),
            *(ASSESSED_ON, PROVIDER, PROGRAM),
        ),
        FormSubmission("CASOMB-1", NOW.date(), NOW.date()),
    )
