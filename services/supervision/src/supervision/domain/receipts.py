"""The officer's receipt of a shared score: the fact that starts the clock toward DOJ.

One share is received once; the receipt keeps its own time, which lies between the sharing and
now (Penal Code 290.09(b)(2); the Board's standards page counts from receipt).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError


@dataclass(frozen=True)
class SharedScore:
    """A score that a provider shared with the officer; the score itself stays in scoring."""

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
    """That an officer holds a shared score; `evidence` is the agency's own reference."""

    id: UUID
    share: SharedScore
    officer_id: UUID
    received_at: datetime
    evidence: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class InboxItem:
    """A shared score as it lies in the inbox of a unit."""

    share: SharedScore
    received_at: datetime | None


def receipt_time(
    share: SharedScore,
    *,
    stated_at: datetime | None,
    earlier: ScoreReceipt | None,
    now: datetime,
) -> datetime:
    """Say when a share was received: at the time stated, else now.

    Refuses a second receipt, and a stated time in the future or before the sharing. Clocks of
    two hosts differ by moments, so a receipt of now is never before the sharing.
    """
    if earlier is not None:
        raise ConflictError(
            f"this score was received already, at {earlier.received_at.isoformat()}: "
            f"receipt {earlier.id}",
            code="already-received",
            members={"score_receipt_id": str(earlier.id)},
        )
    if stated_at is None:
        return max(now, share.shared_at)
    if stated_at > now:
        raise _impossible("lies in the future")
    if stated_at < share.shared_at:
        raise _impossible(f"lies before the sharing at {share.shared_at.isoformat()}")
    return stated_at


def _impossible(words: str) -> InvalidInputError:
    return InvalidInputError(
        f"the time of receipt {words}",
        code="impossible-receipt-time",
        faults=[Fault("received_at", words)],
    )
