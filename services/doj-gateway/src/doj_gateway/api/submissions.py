"""Submissions: what goes to DOJ, and where it stands; never the form itself."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, status
from pydantic import BaseModel, ConfigDict, Field

from doj_gateway.api.readers import READERS, SENDERS
from doj_gateway.domain.submissions import SubmissionState
from doj_gateway.storage.submissions import SubmissionFilter
from doj_gateway.use_cases.accept_doj_copy import accept_doj_copy
from doj_gateway.use_cases.list_submissions import ShownSubmission, list_submissions
from doj_gateway.use_cases.release_submission import release_submission
from doj_gateway.use_cases.resend_submission import resend_submission
from doj_gateway.use_cases.show_submission import show_submission
from shared.http.etags import set_etag
from shared.http.paging import LARGEST_PAGE, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

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
    reference: str = Field(
        description="The reference at DOJ. A score sent again has another, ending in `-r2`, `-r3`."
    )
    assessment_id: UUID
    version: int = Field(description="Of the assessment.")
    round: int = Field(
        description="1 for the first submission of this assessment and version. Each time the "
        "score is sent again after a rejection, the round is one higher."
    )
    replaces_submission_id: UUID | None = Field(
        description="The submission of the round before; null in round 1."
    )
    case_id: UUID
    instrument: str
    assessed_on: date
    state: SubmissionState = Field(
        description="`held` waits for whoever owes the score to release it; `differs`: DOJ holds "
        "another form under this reference, and a person must decide."
    )
    score_receipt_id: UUID | None
    received_at: datetime | None
    due_at: datetime | None = Field(
        description="The end of the day on which the score is due at DOJ, from the duty that "
        "stands. Null if nobody owes the score."
    )
    queued_at: datetime = Field(description="When it was queued, or held if it was held first.")
    released_at: datetime | None = Field(
        description="When it was released; null if it was never held, or is held still."
    )
    content_hash: str | None = Field(
        description="SHA-256 of the form's bytes. Null until the form is filled in, and where DOJ "
        "held it before."
    )
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
async def get_submissions(
    tx: CurrentTransaction, query: Annotated[SubmissionQuery, Query()]
) -> Page[SubmissionAnswer]:
    """List the submissions you may see, the oldest first."""
    found = await list_submissions(
        tx,
        SubmissionFilter(query.case_id, query.assessment_id, query.state),
        after=decode_cursor(query.after, UUID)[0] if query.after else None,
        limit=query.limit,
    )
    shown, cursor = page_of(found, query.limit, lambda each: (each.submission.id,))
    return Page(
        items=[SubmissionAnswer.model_validate(_shown(each)) for each in shown], next=cursor
    )


@router.get("/{submission_id}", operation_id="show_submission", dependencies=[READERS])
async def get_submission(
    tx: CurrentTransaction, submission_id: UUID, response: Response
) -> SubmissionHistoryAnswer:
    """Show one submission and every attempt to send it; the look is audited."""
    history = await show_submission(tx, submission_id)
    set_etag(response, history.shown.submission.revision)
    attempts = [each.__dict__ for each in history.attempts]
    shown = _shown(history.shown) | {"attempts": attempts}
    return SubmissionHistoryAnswer.model_validate(shown)


@router.post(
    "/{submission_id}/releases",
    operation_id="release_submission",
    status_code=status.HTTP_201_CREATED,
    dependencies=[SENDERS],
)
async def post_release(
    tx: CurrentTransaction, submission_id: UUID, response: Response
) -> SubmissionAnswer:
    """Send a held score to DOJ. Whoever owes the score may do this, or an operator."""
    return _answer(await release_submission(tx, submission_id), response)


@router.post(
    "/{submission_id}/resends",
    operation_id="resend_submission",
    status_code=status.HTTP_201_CREATED,
    dependencies=[SENDERS],
)
async def post_resend(
    tx: CurrentTransaction, submission_id: UUID, response: Response
) -> SubmissionAnswer:
    """Send a rejected score again, under a new reference. The due date stays as it was.

    Correct first what DOJ rejected, where it is recorded: the form is filled in anew.
    """
    return _answer(await resend_submission(tx, submission_id), response)


@router.post(
    "/{submission_id}/doj-copy-acceptances",
    operation_id="accept_doj_copy",
    status_code=status.HTTP_201_CREATED,
    dependencies=[allow(Role.OPERATOR)],
)
async def post_doj_copy_acceptance(
    tx: CurrentTransaction, law: CurrentLaw, submission_id: UUID, response: Response
) -> SubmissionAnswer:
    """Count what DOJ holds under this reference as sent, though its form is another than ours."""
    return _answer(await accept_doj_copy(tx, law, submission_id), response)


def _answer(shown: ShownSubmission, response: Response) -> SubmissionAnswer:
    set_etag(response, shown.submission.revision)
    response.headers["Location"] = f"/v1/submissions/{shown.submission.id}"
    return SubmissionAnswer.model_validate(_shown(shown))


def _shown(shown: ShownSubmission) -> dict[str, object]:
    submission, duty = shown.submission, shown.duty
    told: dict[str, object] = {
        "submission_id": submission.id,
        "replaces_submission_id": submission.replaces_id,
        "due_at": duty.due_at if duty else None,
    }
    same = SubmissionAnswer.model_fields.keys() - told.keys()
    return {name: getattr(submission, name) for name in same} | told
