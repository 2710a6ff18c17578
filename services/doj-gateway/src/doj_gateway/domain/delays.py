"""Delays before the next call to DOJ: short at first, then longer, shorter near the due date.

The delays are this system's configuration; the law sets only the due date.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from doj_gateway.domain.submissions import RESTING, Submission, SubmissionState

FIRST = timedelta(milliseconds=250)
LONGEST = timedelta(minutes=5)
LONGEST_WHEN_DUE = timedelta(seconds=5)
SHARE_OF_TIME_LEFT = 60
MOST_DOUBLINGS = 16

LONGEST_OF_NOTICES = timedelta(hours=1)
LONGEST_HEEDED = timedelta(hours=1)
LONGEST_HEEDED_WHEN_DUE = LONGEST

LONGEST_BETWEEN_QUESTIONS = timedelta(minutes=15)
ASKED_SLOWER = 1.5


def retry_delay(tries: int, now: datetime, due_at: datetime | None) -> timedelta:
    """Return the delay after a number of failed tries: doubled each time, up to a limit.

    The limit is a sixtieth of the time left until `due_at`, but at least five seconds and at most
    five minutes. It is five minutes if `due_at` is None.
    """
    limit = LONGEST if due_at is None else (due_at - now) / SHARE_OF_TIME_LEFT
    limit = min(max(limit, LONGEST_WHEN_DUE), LONGEST)
    doubled: timedelta = FIRST * 2 ** min(tries, MOST_DOUBLINGS)
    return min(doubled, limit)


def notice_delay(tries: int) -> timedelta:
    """Return the delay before a notice is tried again: doubled each time, up to an hour.

    Each try looks up the person, which adds an audit entry about them.
    """
    doubled: timedelta = FIRST * 2 ** min(tries, MOST_DOUBLINGS)
    return min(doubled, LONGEST_OF_NOTICES)


def heeded(asked_for: timedelta, now: datetime, due_at: datetime | None) -> timedelta:
    """Return the delay that is respected when DOJ asks for one (`Retry-After`).

    At most half of the time left until `due_at`; that limit is at least five minutes and at most
    one hour.
    """
    limit = LONGEST_HEEDED if due_at is None else (due_at - now) / 2
    limit = min(max(limit, LONGEST_HEEDED_WHEN_DUE), LONGEST_HEEDED)
    return min(asked_for, limit)


@dataclass(frozen=True)
class AskingPolicy:
    """How often DOJ is asked for the status of a submission, and the tolerance for its clock.

    Until the acknowledgment the interval is `first`, then it grows. After it DOJ is asked every
    `then_every` until `then_for` has passed, because DOJ may still reject an acknowledged form.
    """

    first: timedelta
    then_every: timedelta = timedelta(days=1)
    then_for: timedelta = timedelta(days=30)
    clock_tolerance: timedelta = timedelta(minutes=5)

    def delay(self, asked: int) -> timedelta:
        """Return the delay after a number of status requests without an acknowledgment."""
        longest = max(self.first, LONGEST_BETWEEN_QUESTIONS)
        slower: timedelta = self.first * ASKED_SLOWER ** min(asked, MOST_DOUBLINGS * 2)
        return min(slower, longest)

    def delay_once_acknowledged(
        self, acknowledged_at: datetime | None, now: datetime
    ) -> timedelta | None:
        """Return the delay before the next status request; None if there is none."""
        if acknowledged_at is None or now + self.then_every > acknowledged_at + self.then_for:
            return None
        return self.then_every


def next_step(
    submission: Submission,
    now: datetime,
    asking: AskingPolicy,
    due_at: datetime | None,
    retry_after: timedelta | None = None,
) -> timedelta | None:
    """Return the delay before the next step of a submission; None if there is no next step.

    `due_at` is the end of the day on which the score is due; None if nobody owes it.
    """
    if submission.state in RESTING:
        return None
    if submission.state is SubmissionState.ACKNOWLEDGED:
        return asking.delay_once_acknowledged(submission.acknowledged_at, now)
    if submission.state is SubmissionState.SENT:
        wait = asking.delay(submission.tries)
    else:
        wait = retry_delay(submission.tries, now, due_at)
    return wait if retry_after is None else max(wait, heeded(retry_after, now, due_at))
