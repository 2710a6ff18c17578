"""The officer's receipt of a shared score: the fact that starts the clock toward DOJ.

A share is received once. The time of receipt is between the sharing and now (Penal Code
290.09(b)(2); the Board's standards page counts from receipt).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError


@dataclass(frozen=True)
class SharedScore:
    """A score that a provider shared with the officer. The score itself stays in scoring."""

    id: UUID
    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: date
    provider_id: UUID
    program_id: UUID
    agency: str
    unit: str | None
    officer_id: UUID
    shared_at: datetime


@dataclass(frozen=True)
class ScoreReceipt:
    """A recorded receipt of a shared score. `evidence` is the agency's own reference."""

    id: UUID
    share: SharedScore
    officer_id: UUID
    received_at: datetime
    evidence: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class InboxItem:
    """A shared score in the inbox of a unit. `received_at` is None until it is received."""

    share: SharedScore
    received_at: datetime | None


def receipt_time(
    share: SharedScore,
    *,
    stated_at: datetime | None,
    earlier: ScoreReceipt | None,
    now: datetime,
) -> datetime:
    """Return when a share was received: the stated time, or now if none is stated.

    Refuses a second receipt, and a stated time in the future or before the sharing. Without a
    stated time the result is never before the sharing, even if the clocks of two hosts differ.
    """
    if earlier is not None:
        raise ConflictError(
            f"this score is already received, at {earlier.received_at.isoformat()}, "
            f"by receipt {earlier.id}",
            code="already-received",
            members={"score_receipt_id": str(earlier.id)},
        )
    if stated_at is None:
        return max(now, share.shared_at)
    if stated_at > now:
        raise _impossible("must not be in the future")
    if stated_at < share.shared_at:
        raise _impossible(f"must not be before the sharing at {share.shared_at.isoformat()}")
    return stated_at


def _impossible(words: str) -> InvalidInputError:
    return InvalidInputError(
        f"the time of receipt {words}",
        code="impossible-receipt-time",
        faults=[Fault("received_at", words)],
    )
