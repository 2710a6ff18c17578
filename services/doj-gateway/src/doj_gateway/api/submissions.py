"""Routes for submissions: scores on their way to DOJ. The form itself is never shown."""

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
from shared.http.paging import LARGEST_PAGE, Page, id_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/submissions", tags=["submissions"])


class SubmissionQuery(BaseModel):
    """Filters and paging of the list of submissions."""

    model_config = ConfigDict(extra="forbid")

    case_id: UUID | None = Field(default=None, description="Only submissions of this case.")
    assessment_id: UUID | None = Field(
        default=None, description="Only submissions of this assessment, in any round."
    )
    state: SubmissionState | None = Field(
        default=None, description="Only submissions in this state. If omitted, all states."
    )
    limit: int = Field(
        default=50, ge=1, le=LARGEST_PAGE, description="Maximum number of items on a page."
    )
    after: str | None = Field(
        default=None,
        description="The `next` value of the previous page. If omitted, the first page.",
    )


class SubmissionAnswer(BaseModel):
    """One score on its way to DOJ."""

    submission_id: UUID
    reference: str = Field(
        description="Reference of the form at DOJ. A score that is sent again gets a new reference "
        "that ends in `-r2`, `-r3` and so on."
    )
    assessment_id: UUID = Field(description="ID of the assessment in the scoring service.")
    version: int = Field(description="Version of the assessment.")
    round: int = Field(
        description="1 for the first submission of this assessment and version. Sending the score "
        "again after a rejection starts the next round."
    )
    replaces_submission_id: UUID | None = Field(
        description="ID of the submission of the previous round. Null in round 1."
    )
    case_id: UUID
    instrument: str = Field(description="Code of the risk assessment instrument.")
    assessed_on: date = Field(description="Day of scoring.")
    state: SubmissionState = Field(
        description="`held`: waiting to be released by whoever owes the score. `queued`: waiting "
        "to be sent. `sending`: a call to DOJ is under way. `unknown`: the call had no clear "
        "result, so DOJ is asked. `sent`: DOJ accepted the form. `acknowledged`: DOJ has taken it "
        "into its records. `differs`: DOJ has a different form under this reference, and an "
        "operator must decide. `rejected`: DOJ refused the form."
    )
    score_receipt_id: UUID | None = Field(
        description="ID of the officer's receipt that made the score due. Null if no receipt did."
    )
    received_at: datetime | None = Field(
        description="When the officer received the score. Null if no receipt made it due."
    )
    due_at: datetime | None = Field(
        description="End of the last day, in California, on which the score is at DOJ in time. "
        "Null if nobody owes the score."
    )
    queued_at: datetime = Field(
        description="When the submission was created: queued, or held if it was held first."
    )
    released_at: datetime | None = Field(
        description="When a held submission was released. Null if it is still held or never was."
    )
    content_hash: str | None = Field(
        description="SHA-256 of the bytes of the form. Null until the form is filled in, and if "
        "DOJ already had a form under this reference."
    )
    accepted_at: datetime | None = Field(
        description="When DOJ accepted the form, by DOJ's own time. Null until then."
    )
    receipt_number: str | None = Field(
        description="DOJ's receipt number. Null until DOJ accepts the form."
    )
    acknowledged_at: datetime | None = Field(
        description="When DOJ took the form into its records, by DOJ's own time. Null until then."
    )
    rejected_at: datetime | None = Field(
        description="When the rejection became known here. Null unless DOJ rejected the form."
    )
    reason_code: str | None = Field(
        description="DOJ's code for the rejection. Null unless DOJ rejected the form."
    )


class AttemptAnswer(BaseModel):
    """One call that sent the form to DOJ."""

    number: int = Field(description="1 for the first attempt of this submission.")
    began_at: datetime
    ended_at: datetime | None = Field(
        description="When the result was recorded. Null while the call is under way or if it was "
        "interrupted."
    )
    outcome: str | None = Field(
        examples=["accepted", "rejected", "not-there", "unknown"],
        description="`accepted`: DOJ has the form. `rejected`: DOJ refused it. `not-there`: DOJ "
        "does not have it. `unknown`: there was no clear answer. Null while there is no result.",
    )
    reason_code: str | None = Field(
        description="Code that explains the outcome. Null if there is none."
    )


class SubmissionHistoryAnswer(SubmissionAnswer):
    """A submission with all attempts to send it."""

    attempts: list[AttemptAnswer] = Field(description="All attempts to send the form.")


@router.get("", operation_id="list_submissions", dependencies=[READERS])
async def get_submissions(
    tx: CurrentTransaction, query: Annotated[SubmissionQuery, Query()]
) -> Page[SubmissionAnswer]:
    """List the submissions that the caller may see, oldest first."""
    found = await list_submissions(
        tx,
        SubmissionFilter(query.case_id, query.assessment_id, query.state),
        after=id_cursor(query.after),
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
    """Show a submission and all attempts to send it.

    Each view is recorded in the audit record.
    """
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
    """Release a held submission, so that it is sent to DOJ.

    Only users on the side that owes the score, and operators, may do this.
    """
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
    """Send a rejected score again, under a new reference. The due date does not change.

    First correct the wrong data in the service that records it, because the form is filled in
    again from there.
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
    """Accept the different form that DOJ has under this reference as the submitted one."""
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
