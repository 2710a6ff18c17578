"""Opens and resolves work items about a submission.

DOJ rejected it, has a different form under its reference or gives answers that its interface does
not define, or steps fail here. Whoever owes the score corrects a rejected one; operators settle the
others.
"""

from dataclasses import replace
from uuid import UUID, uuid5

from doj_gateway.domain.obligations import OFFICER
from doj_gateway.domain.outcomes import NotThere, Outcome, Unknown, is_promised
from doj_gateway.domain.submissions import Submission, SubmissionState
from doj_gateway.storage import cases, send_duties
from shared.database.transaction import Transaction
from shared.law.duty.duties import Subject
from shared.security.principals import Role
from shared.work_items import keeping, work_item_queries
from shared.work_items.work_items import Evidence, Opening, WorkItemOwner

REJECTED, DIFFERS = "submission-rejected", "submission-differs"
DOUBTED, STUCK = "doj-answer-not-promised", "submission-stuck"
DOUBTED_ANSWERS, FAILED_STEPS = 5, 10
OPERATORS = WorkItemOwner(Role.OPERATOR)
CONTENT_DIFFERS = "content-differs"


async def flag_move(tx: Transaction, submission: Submission, fact_id: UUID) -> None:
    """Open a work item for a rejection or for a different form at DOJ."""
    if submission.state is SubmissionState.REJECTED:
        owner = await _who_owes(tx, submission)
        reason = submission.reason_code or SubmissionState.REJECTED
        opening = _opening(REJECTED, submission, owner, reason, fact_id)
    else:
        opening = _opening(DIFFERS, submission, OPERATORS, CONTENT_DIFFERS, fact_id)
    await keeping.open_work_items(tx, [opening])


async def unflag(tx: Transaction, submission: Submission, resolution: str) -> None:
    """Resolve the work items that a decision about the submission has settled."""
    for kind in (REJECTED, DIFFERS, DOUBTED, STUCK):
        await _resolve(tx, kind, submission, resolution)


async def flag_doubts(tx: Transaction, submission: Submission, outcome: Outcome) -> None:
    """Open a work item after several answers that DOJ's interface does not define."""
    if is_promised(outcome) or submission.doubted != DOUBTED_ANSWERS:
        return
    if isinstance(outcome, Unknown | NotThere):
        await _tell_operators(tx, DOUBTED, submission, outcome.reason_code)


async def flag_stuck(tx: Transaction, submission: Submission, because: str) -> None:
    """Open a work item after several failed steps."""
    if submission.failed == FAILED_STEPS:
        await _tell_operators(tx, STUCK, submission, because)


async def unflag_settled(tx: Transaction, before: Submission, after: Submission) -> None:
    """Resolve the work items that a clear status from DOJ has settled."""
    if before.doubted >= DOUBTED_ANSWERS and not after.doubted:
        await _resolve(tx, DOUBTED, before, "doj-answered")
    if before.failed >= FAILED_STEPS and not after.failed:
        await _resolve(tx, STUCK, before, "doj-answered")


async def _tell_operators(tx: Transaction, kind: str, submission: Submission, because: str) -> None:
    fact_id = uuid5(submission.id, f"{because} {submission.revision}")
    opening = _opening(kind, submission, OPERATORS, because, fact_id)
    await keeping.open_work_items(tx, [opening])


async def _resolve(tx: Transaction, kind: str, submission: Submission, resolution: str) -> None:
    found = await work_item_queries.open_about(tx, kind, [submission.id])
    if found:
        await keeping.resolve_by_facts(tx, {item.id: resolution for item in found})


async def _who_owes(tx: Transaction, submission: Submission) -> WorkItemOwner:
    """Return the owner of the duty to send, with the officer's unit; operators without one."""
    duty = await send_duties.of_assessment(tx, submission.assessment_id)
    if duty is None or duty.owner.role is None:
        return OPERATORS
    owner = WorkItemOwner(duty.owner.role, duty.owner.agency, None, duty.owner.person)
    case = await cases.by_id(tx, submission.case_id)
    if case is None or owner.role != OFFICER:
        return owner
    return replace(owner, agency=case.agency, unit=case.unit, person=case.officer_id)


def _opening(
    kind: str, submission: Submission, owner: WorkItemOwner, because: str, fact_id: UUID
) -> Opening:
    return Opening(
        kind=kind,
        subject=Subject("submission", submission.id),
        case_id=submission.case_id,
        owner=owner,
        because=because,
        evidence=Evidence("submission", submission.id),
        fact_id=fact_id,
    )
