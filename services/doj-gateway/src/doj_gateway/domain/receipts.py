"""Checks whether a receipt from DOJ is plausible. If not, DOJ is asked again; nothing is stored.

DOJ's own time decides whether a duty was met in time, so a time before the score was owed or in the
future would give a wrong result. This is the project's rule; no source states one.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from doj_gateway.domain.outcomes import Acknowledged, Receipt
from doj_gateway.domain.submissions import Submission
from shared.clock import CALIFORNIA

LONGEST_NUMBER = 64
_NUMBER = re.compile(r"[A-Za-z0-9]+([-._/:][A-Za-z0-9]+)*")
_DIGIT = re.compile(r"[0-9]")
_SSN = re.compile(r"(?<![0-9])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9])")


@dataclass(frozen=True)
class Receiving:
    """When an answer arrived, and the tolerance for DOJ's clock."""

    now: datetime
    tolerance: timedelta


def doubt(submission: Submission, receipt: Receipt, receiving: Receiving) -> str | None:
    """Return a code that says why a receipt is not plausible; None if it is."""
    is_kept = receipt.receipt_number == submission.receipt_number
    if not is_kept and not _is_number(receipt.receipt_number):
        return "receipt-number-unreadable"
    if not is_kept and submission.receipt_number is not None:
        return "receipt-number-changed"
    return _doubt_of_times(_earliest(submission), receipt, receiving)


def _doubt_of_times(earliest: datetime, receipt: Receipt, receiving: Receiving) -> str | None:
    latest = receiving.now + receiving.tolerance
    if receipt.accepted_at < earliest - receiving.tolerance:
        return "accepted-before-it-was-owed"
    if receipt.accepted_at > latest:
        return "accepted-in-the-future"
    if not isinstance(receipt, Acknowledged):
        return None
    soonest = receipt.accepted_at - receiving.tolerance
    is_plausible = soonest <= receipt.acknowledged_at <= latest
    return None if is_plausible else "acknowledgment-time-unreadable"


def _is_number(text: str) -> bool:
    """Whether the text looks like a receipt number. It is published, so it must not be personal."""
    is_plain = len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None
    return is_plain and _DIGIT.search(text) is not None and _SSN.search(text) is None


def _earliest(submission: Submission) -> datetime:
    """Return the earliest possible submission: the officer's receipt, else the day of scoring."""
    if submission.received_at is not None:
        return submission.received_at
    return datetime.combine(submission.assessed_on, time(), CALIFORNIA).astimezone(UTC)
