"""Queries for submissions: one per assessment, version and round."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text, update

from doj_gateway.domain.submissions import RESTING, Submission, SubmissionState
from doj_gateway.storage import claims
from doj_gateway.storage.claims import Claim
from doj_gateway.storage.tables import SUBMISSIONS
from doj_gateway.storage.visibility import seen_by
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

NAMES = tuple(field.name for field in fields(Submission))
FIXED = {"id", "content_hash"}
"""Columns that no move changes. Only `storage.forms` writes the content hash."""
_OF_ONE_NUMBER = text("SELECT pg_advisory_xact_lock(hashtextextended(:number, 0))")


@dataclass(frozen=True)
class SubmissionFilter:
    """Filters of a list of submissions. None does not filter."""

    case_id: UUID | None = None
    assessment_id: UUID | None = None
    state: SubmissionState | None = None


@dataclass(frozen=True)
class ClaimedSubmission:
    """A claimed submission, with its encrypted form; None if no form is filled in yet."""

    claim: Claim
    submission: Submission
    form_sealed: bytes | None


async def insert(tx: Transaction, submission: Submission) -> None:
    """Insert a submission. The first step of a queued one is due at once."""
    values = {name: getattr(submission, name) for name in NAMES}
    now = None if submission.state in RESTING else func.clock_timestamp()
    await tx.insert(SUBMISSIONS, **values, next_step_at=now, claim_term=0)


async def of_assessment(tx: Transaction, assessment_id: UUID, version: int) -> Submission | None:
    """Read the newest submission of an assessment version, without an access check."""
    statement = (
        select(SUBMISSIONS)
        .where(SUBMISSIONS.c.assessment_id == assessment_id, SUBMISSIONS.c.version == version)
        .order_by(SUBMISSIONS.c.round.desc())
        .limit(1)
    )
    row = (await tx.execute(statement)).mappings().first()
    return None if row is None else _submission(row)


async def of_receipt(tx: Transaction, receipt_id: UUID) -> Submission | None:
    """Read the submission that an officer's receipt queued, without an access check."""
    statement = select(SUBMISSIONS).where(SUBMISSIONS.c.score_receipt_id == receipt_id)
    row = (await tx.execute(statement)).mappings().first()
    return None if row is None else _submission(row)


async def is_number_of_another(tx: Transaction, submission: Submission, number: str) -> bool:
    """Whether DOJ gave this receipt number to another submission. Senders check one at a time."""
    await tx.execute(_OF_ONE_NUMBER, {"number": number})
    statement = select(SUBMISSIONS.c.id).where(
        SUBMISSIONS.c.receipt_number == number, SUBMISSIONS.c.id != submission.id
    )
    return (await tx.execute(statement)).first() is not None


async def take(tx: Transaction, *, limit: int, length: timedelta) -> Sequence[ClaimedSubmission]:
    """Claim submissions whose next step is due."""
    rows = await claims.take(tx, SUBMISSIONS, limit=limit, length=length)
    return [
        ClaimedSubmission(claims.claim_on(row), _submission(row), row["form_sealed"])
        for row in rows
    ]


async def claimed(tx: Transaction, claim: Claim) -> Submission:
    """Lock a claimed submission. Raises ClaimLostError."""
    return _submission(await claims.locked(tx, SUBMISSIONS, claim))


async def change(tx: Transaction, submission: Submission, wait: timedelta | None) -> None:
    """Store the current state of a locked submission. `wait` is None if no step follows."""
    values = {name: getattr(submission, name) for name in NAMES if name not in FIXED}
    next_step_at = None if wait is None else claims.after(wait)
    statement = update(SUBMISSIONS).where(SUBMISSIONS.c.id == submission.id)
    await tx.execute(statement.values(**values, next_step_at=next_step_at))


async def change_at_once(tx: Transaction, submission: Submission) -> None:
    """Store the current state of a locked submission whose next step is due at once."""
    await change(tx, submission, timedelta())


async def replacing(tx: Transaction, submission_id: UUID) -> UUID | None:
    """Return the ID of the submission of the next round; None if there is none."""
    statement = select(SUBMISSIONS.c.id).where(SUBMISSIONS.c.replaces_id == submission_id)
    found: UUID | None = (await tx.execute(statement)).scalar_one_or_none()
    return found


async def visible(tx: Transaction, submission_id: UUID) -> Submission:
    """Read a submission that the actor may see. Raises NotFoundError otherwise."""
    condition = (SUBMISSIONS.c.id == submission_id) & seen_by(tx.actor, SUBMISSIONS)
    row = (await tx.execute(select(SUBMISSIONS).where(condition))).mappings().first()
    if row is None:
        raise NotFoundError(f"there is no submission {submission_id}", code="submission-not-found")
    return _submission(row)


async def locked_visible(tx: Transaction, submission_id: UUID) -> Submission:
    """Lock a submission that the actor may see. Raises NotFoundError otherwise."""
    await visible(tx, submission_id)
    row = await tx.lock(SUBMISSIONS, submission_id)
    if row is None:
        raise TypeError("a submission is never deleted")
    return _submission(row)


async def listed(
    tx: Transaction, narrowed: SubmissionFilter, *, after: UUID | None, limit: int
) -> Sequence[Submission]:
    """Read up to `limit` + 1 submissions that the actor may see, oldest first."""
    given = {name: value for name, value in narrowed.__dict__.items() if value is not None}
    statement = (
        select(SUBMISSIONS)
        .where(seen_by(tx.actor, SUBMISSIONS))
        .where(*(SUBMISSIONS.c[name] == value for name, value in given.items()))
        .order_by(SUBMISSIONS.c.id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(SUBMISSIONS.c.id > after)
    return [_submission(row) for row in (await tx.execute(statement)).mappings()]


def _submission(row: RowMapping) -> Submission:
    values = {name: row[name] for name in NAMES}
    return Submission(**values | {"state": SubmissionState(row["state"])})
