"""How long to wait before the next step toward DOJ: soon at first, then longer, less near the due.

The lengths are this system's configuration; the law only sets the due date.
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
    """Return the wait after so many tries in vain: doubled each time, up to a limit.

    The limit is a sixtieth of the time left until the due, within five seconds and five minutes.
    """
    limit = LONGEST if due_at is None else (due_at - now) / SHARE_OF_TIME_LEFT
    limit = min(max(limit, LONGEST_WHEN_DUE), LONGEST)
    doubled: timedelta = FIRST * 2 ** min(tries, MOST_DOUBLINGS)
    return min(doubled, limit)


def notice_delay(tries: int) -> timedelta:
    """Return the wait until a notice is looked at again: doubled each time, up to an hour.

    Each look asks who the person is, and is on that person's audit record.
    """
    doubled: timedelta = FIRST * 2 ** min(tries, MOST_DOUBLINGS)
    return min(doubled, LONGEST_OF_NOTICES)


def heeded(asked_for: timedelta, now: datetime, due_at: datetime | None) -> timedelta:
    """Return how long DOJ is left alone where it asks for so long (`Retry-After`).

    At most half of the time left until the due, within five minutes and one hour.
    """
    limit = LONGEST_HEEDED if due_at is None else (due_at - now) / 2
    limit = min(max(limit, LONGEST_HEEDED_WHEN_DUE), LONGEST_HEEDED)
    return min(asked_for, limit)


@dataclass(frozen=True)
class AskingPolicy:
    """How often DOJ is asked where a submission stands, and how far its clock may differ from ours.

    For the acknowledgment at first every `first`, then less often. Once acknowledged, every
    `then_every` until `then_for` has passed, since DOJ may still reject what it acknowledged.
    """

    first: timedelta
    then_every: timedelta = timedelta(days=1)
    then_for: timedelta = timedelta(days=30)
    clock_tolerance: timedelta = timedelta(minutes=5)

    def delay(self, asked: int) -> timedelta:
        """Return the wait after so many questions without an acknowledgment."""
        longest = max(self.first, LONGEST_BETWEEN_QUESTIONS)
        slower: timedelta = self.first * ASKED_SLOWER ** min(asked, MOST_DOUBLINGS * 2)
        return min(slower, longest)

    def delay_once_acknowledged(
        self, acknowledged_at: datetime | None, now: datetime
    ) -> timedelta | None:
        """Return the wait until DOJ is asked again; None where it is asked no more."""
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
    """Return the wait until the submission's next step; None where there is no other.

    `due_at` is the end of the day on which the score is due; None where nobody owes it.
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
