"""Submissions: what goes to DOJ, and where it stands; never the form itself."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field

from doj_gateway.api.readers import READERS
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.storage.submissions import SubmissionFilter
from doj_gateway.use_cases import list_submissions as listing
from doj_gateway.use_cases import show_submission as showing
from shared.http.etags import set_etag
from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, guarded_router

router = guarded_router("/v1/submissions", tags=["submissions"])


class SubmissionQuery(BaseModel):
    """How a list is narrowed and paged."""

    model_config = ConfigDict(extra="forbid")

    case_id: UUID | None = None
    assessment_id: UUID | None = None
    state: SubmissionState | None = None
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)
    after: str | None = None


class SubmissionAnswer(BaseModel):
    """One score on its way to DOJ; `accepted_at` and `acknowledged_at` are DOJ's own times."""

    submission_id: UUID
    reference: str = Field(description="The one reference of this assessment and version at DOJ.")
    assessment_id: UUID
    version: int = Field(description="Of the assessment.")
    case_id: UUID
    instrument: str
    assessed_on: date
    state: SubmissionState
    score_receipt_id: UUID | None
    received_at: datetime | None
    due_at: datetime
    queued_at: datetime
    content_hash: str | None = Field(description="SHA-256 of the form's bytes, once filled in.")
    accepted_at: datetime | None
    receipt_number: str | None
    acknowledged_at: datetime | None
    rejected_at: datetime | None
    reason_code: str | None


class AttemptAnswer(BaseModel):
    """One call that carried the form; without an outcome it is under way, or was cut off."""

    number: int
    began_at: datetime
    ended_at: datetime | None
    outcome: str | None = Field(examples=["accepted", "rejected", "not-there", "unknown"])
    reason_code: str | None


class SubmissionHistoryAnswer(SubmissionAnswer):
    """A submission with every attempt to send it."""

    attempts: list[AttemptAnswer]


@router.get("", operation_id="list_submissions", dependencies=[READERS])
async def list_submissions(
    tx: CurrentTransaction, query: Annotated[SubmissionQuery, Query()]
) -> Page[SubmissionAnswer]:
    """List the submissions you may see, the oldest first."""
    found = await listing.list_submissions(
        tx,
        SubmissionFilter(query.case_id, query.assessment_id, query.state),
        after=decode_cursor(query.after, UUID)[0] if query.after else None,
        limit=query.limit,
    )
    shown, cursor = page_of(found, query.limit, lambda submission: (submission.id,))
    return Page(
        items=[SubmissionAnswer.model_validate(_shown(each)) for each in shown], next=cursor
    )


@router.get("/{submission_id}", operation_id="show_submission", dependencies=[READERS])
async def show_submission(
    tx: CurrentTransaction, submission_id: UUID, response: Response
) -> SubmissionHistoryAnswer:
    """Show one submission and every attempt to send it; the look is audited."""
    history = await showing.show_submission(tx, submission_id)
    set_etag(response, history.submission.revision)
    attempts = [each.__dict__ for each in history.attempts]
    shown = _shown(history.submission) | {"attempts": attempts}
    return SubmissionHistoryAnswer.model_validate(shown)


def _shown(submission: Submission) -> dict[str, object]:
    same = SubmissionAnswer.model_fields.keys() - {"submission_id"}
    return {name: getattr(submission, name) for name in same} | {"submission_id": submission.id}
