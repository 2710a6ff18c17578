"""Counts and logs the steps toward DOJ, and raises an alarm for undefined answers."""

import traceback

from doj_gateway.domain.outcomes import Outcome, is_promised
from doj_gateway.domain.submissions import Submission
from doj_gateway.sender.metrics import QUEUED_SECONDS, STEPS, UNPROMISED
from doj_gateway.use_cases.record_outcome import Recorded, outcome_code
from shared.process.logging import logger

LOG = logger(__name__)


def watch_step(step: str, before: Submission, recorded: Recorded) -> None:
    """Count and log a step, using only codes and IDs."""
    stands, outcome = recorded.submission, recorded.outcome
    STEPS.labels(step, outcome_code(outcome)).inc()
    if stands.accepted_at and before.accepted_at is None:
        since = stands.released_at or stands.queued_at
        QUEUED_SECONDS.observe((stands.accepted_at - since).total_seconds())
    if not is_promised(outcome):
        _sound_alarm(step, stands, outcome)
    log = LOG.debug if stands.state is before.state else LOG.info
    log(
        "submission_step",
        step=step,
        outcome=outcome_code(outcome),
        reason_code=_reason_code(outcome),
        submission_id=str(stands.id),
        state=stands.state,
    )


def _sound_alarm(step: str, stands: Submission, outcome: Outcome) -> None:
    reason_code = _reason_code(outcome)
    UNPROMISED.labels(step, reason_code).inc()
    LOG.error(
        "doj_answer_not_promised",
        step=step,
        reason_code=reason_code,
        submission_id=str(stands.id),
        answers_in_a_row=stands.doubted,
    )


def _reason_code(outcome: Outcome) -> str | None:
    return getattr(outcome, "reason_code", None)


def watch_failure(error: BaseException) -> None:
    """Count and log an unexpected failure by type and place. Its text may contain DOJ's data."""
    STEPS.labels("any", "failed").inc()
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else None
    LOG.error("step_failed", error=type(error).__name__, place=place)
