"""How long to wait before the next step toward DOJ: soon at first, then longer, less near the due.

The lengths are this system's configuration; the law only sets the due date.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from doj_gateway.domain.submissions import FINAL, Submission, SubmissionState

FIRST = timedelta(milliseconds=250)
LONGEST = timedelta(minutes=5)
LONGEST_WHEN_DUE = timedelta(seconds=5)
SHARE_OF_TIME_LEFT = 60
MOST_DOUBLINGS = 16

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


@dataclass(frozen=True)
class AskingPolicy:
    """How often DOJ is asked for its acknowledgment: at first every `first`, then less often."""

    first: timedelta

    def delay(self, asked: int) -> timedelta:
        """Return the wait after so many questions without an acknowledgment."""
        longest = max(self.first, LONGEST_BETWEEN_QUESTIONS)
        slower: timedelta = self.first * ASKED_SLOWER ** min(asked, MOST_DOUBLINGS * 2)
        return min(slower, longest)


def next_step(submission: Submission, now: datetime, asking: AskingPolicy) -> timedelta | None:
    """Return the wait until the submission's next step; None where there is no other."""
    if submission.state in FINAL:
        return None
    if submission.state == SubmissionState.SENT:
        return asking.delay(submission.tries)
    return retry_delay(submission.tries, now, submission.due_at)
