"""Converts decisions of the gateway to events."""

from datetime import datetime
from typing import Any

from doj_gateway.domain.notices import DojNotice, Expectation
from doj_gateway.domain.submissions import Submission
from shared.events.doj_gateway import (
    ExpectationMet,
    ExpectationOpened,
    NoticeAcknowledged,
    SubmissionAcknowledged,
    SubmissionDiffers,
    SubmissionHeld,
    SubmissionQueued,
    SubmissionRejected,
    SubmissionSent,
    SubmissionUnknown,
)


def queued(submission: Submission) -> SubmissionQueued:
    """Build the event of a score that is waiting to be sent."""
    return SubmissionQueued(
        **_of_submission(submission), replaces_submission_id=submission.replaces_id
    )


def held(submission: Submission) -> SubmissionHeld:
    """Build the event of a score that its owner must release."""
    return SubmissionHeld(**_of_submission(submission))


def differs(submission: Submission) -> SubmissionDiffers:
    """Build the event of a different form at DOJ under the reference."""
    return SubmissionDiffers(
        **_of_submission(submission), accepted_at=_known(submission.accepted_at)
    )


def sent(submission: Submission) -> SubmissionSent:
    """Build the event of DOJ's acceptance."""
    return SubmissionSent(
        **_of_submission(submission),
        accepted_at=_known(submission.accepted_at),
        receipt_number=_known(submission.receipt_number),
    )


def acknowledged(submission: Submission) -> SubmissionAcknowledged:
    """Build the event of DOJ's acknowledgment."""
    return SubmissionAcknowledged(
        **_of_submission(submission), acknowledged_at=_known(submission.acknowledged_at)
    )


def rejected(submission: Submission) -> SubmissionRejected:
    """Build the event of DOJ's rejection."""
    return SubmissionRejected(
        **_of_submission(submission),
        rejected_at=_known(submission.rejected_at),
        reason_code=_known(submission.reason_code),
    )


def unknown(submission: Submission, attempted_at: datetime) -> SubmissionUnknown:
    """Build the event that it is not known whether a submission arrived."""
    return SubmissionUnknown(**_of_submission(submission), attempted_at=attempted_at)


def expectation_opened(expectation: Expectation) -> ExpectationOpened:
    """Build the event of a score that is expected at DOJ."""
    return ExpectationOpened(**_of_expectation(expectation))


def expectation_met(expectation: Expectation) -> ExpectationMet:
    """Build the event that DOJ saw an expected score."""
    return ExpectationMet(
        **_of_expectation(expectation),
        notice_id=_known(expectation.notice_id),
        seen_at=_known(expectation.seen_at),
    )


def notice_acknowledged(notice: DojNotice, expectation: Expectation) -> NoticeAcknowledged:
    """Build the event that DOJ took our acknowledgment of a notice."""
    return NoticeAcknowledged(
        notice_id=notice.id,
        expectation_id=expectation.id,
        assessment_id=expectation.assessment_id,
        case_id=expectation.case_id,
        instrument=expectation.instrument,
        acknowledged_at=_known(notice.acknowledged_at),
    )


def _of_submission(submission: Submission) -> dict[str, Any]:
    return {
        "submission_id": submission.id,
        "assessment_id": submission.assessment_id,
        "version": submission.version,
        "case_id": submission.case_id,
        "instrument": submission.instrument,
        "reference": submission.reference,
    }


def _of_expectation(expectation: Expectation) -> dict[str, Any]:
    return {
        "expectation_id": expectation.id,
        "assessment_id": expectation.assessment_id,
        "version": expectation.version,
        "case_id": expectation.case_id,
        "instrument": expectation.instrument,
        "assessed_on": expectation.assessed_on,
    }


def _known(value: Any) -> Any:  # noqa: ANN401 - whatever the field is, it is there in this state
    if value is None:
        raise TypeError("announced before it happened")
    return value
