"""What DOJ says late, or to a sender that has been replaced, and what becomes of the duties."""

from datetime import timedelta

import pytest

from doj_gateway.domain.delays import AskingPolicy
from doj_gateway.domain.outcomes import Accepted, NotThere, Outcome, Rejected
from doj_gateway.domain.submissions import SubmissionState
from doj_gateway.storage import submissions
from doj_gateway.storage.claims import ClaimLostError
from doj_gateway.storage.forms import FilledForm
from doj_gateway.storage.submissions import ClaimedSubmission
from doj_gateway.use_cases.prepare_attempt import prepare_attempt
from doj_gateway.use_cases.record_outcome import record_outcome
from integration.doj_gateway.gateway_world import RECEIVED_AT, Score, World
from shared.law.duty import ledger
from shared.law.in_force import load_law
from shared.security.personal_fields import PersonalFields

SEND, ACKNOWLEDGMENT = "dynamic-score-to-doj", "doj-acknowledgment"
AT = RECEIVED_AT + timedelta(seconds=5)
A_MOMENT = timedelta(milliseconds=1)
LAW, ASKING = load_law("standards-2012"), AskingPolicy(A_MOMENT)


async def take(world: World, score: Score, length: timedelta = A_MOMENT) -> ClaimedSubmission:
    """Take the score's submission up; its turn comes within a moment."""
    row = await world.submission(score)
    while True:
        async with world.database.transaction(world.cause()) as tx:
            found = await submissions.take(tx, limit=100, length=length)
        for each in found:
            if each.submission.id == row["id"]:
                return each


async def attempt(world: World, taken: ClaimedSubmission) -> None:
    """Record an attempt."""
    async with world.database.transaction(world.cause()) as tx:
        fields = PersonalFields(world.settings)
        form = FilledForm(1, b"a form") if taken.form_sealed is None else None
        await prepare_attempt(tx, taken.claim, form, fields, A_MOMENT)


async def record(world: World, taken: ClaimedSubmission, outcome: Outcome) -> None:
    """Record what came of it."""
    async with world.database.transaction(world.cause()) as tx:
        await record_outcome(tx, LAW, ASKING, taken.claim, outcome)


async def test_a_rejection_after_acceptance_takes_send_back_with_its_due_date(
    world: World,
) -> None:
    score = await world.queued()
    due_on = (await world.duties(score))[SEND]["due_on"]
    taken = await take(world, score)
    await attempt(world, taken)
    await record(world, taken, Accepted(AT, f"DOJ-{score.case_id}"))

    await record(world, await take(world, score), Rejected("withdrawn-by-doj"))

    duties = await world.duties(score)
    assert (duties[SEND]["state"], duties[SEND]["due_on"]) == ("reopened", due_on)
    assert duties[ACKNOWLEDGMENT]["state"] == "canceled"
    assert (await world.submission(score))["receipt_number"] == f"DOJ-{score.case_id}"


async def test_a_rejection_after_acceptance_is_recorded_where_nobody_owes_the_score_any_more(
    world: World,
) -> None:
    score = await world.queued()
    async with world.database.transaction(world.cause()) as tx:
        await ledger.cancel_duty(tx, SEND, score.assessment_id, reason="entered in error")
    taken = await take(world, score)
    await attempt(world, taken)
    await record(world, taken, Accepted(AT, f"DOJ-{score.case_id}"))

    await record(world, await take(world, score), Rejected("withdrawn-by-doj"))

    duties = await world.duties(score)
    assert (await world.submission(score))["state"] == "rejected"
    assert (duties[SEND]["state"], duties[ACKNOWLEDGMENT]["state"]) == ("canceled", "canceled")


async def test_what_a_replaced_sender_says_is_not_heard(world: World) -> None:
    score = await world.queued()
    slow = await take(world, score)
    await attempt(world, slow)
    next_one = await take(world, score)

    with pytest.raises(ClaimLostError):
        await record(world, slow, Rejected("too-late"))

    assert next_one.submission.state is SubmissionState.SENDING
    assert (await world.submission(score))["state"] == "sending"


async def test_a_sender_killed_after_its_claim_leaves_the_score_to_the_next(world: World) -> None:
    score = await world.queued()
    await take(world, score)

    next_one = await take(world, score)

    assert next_one.submission.state is SubmissionState.QUEUED
    assert await world.attempts(score) == []


async def test_a_claim_keeps_others_away_while_it_lasts(world: World) -> None:
    score = await world.queued()
    mine = await take(world, score, timedelta(hours=1))

    async with world.database.transaction(world.cause()) as tx:
        others = await submissions.take(tx, limit=100, length=A_MOMENT)

    assert mine.submission.id not in {each.submission.id for each in others}


async def test_the_form_is_written_once_whatever_is_filled_in_later(world: World) -> None:
    score = await world.queued()
    taken = await take(world, score)
    await attempt(world, taken)
    first = (await world.submission(score))["content_hash"]
    await record(world, taken, NotThere("status-503"))

    mine = await take(world, score)
    async with world.database.transaction(world.cause()) as tx:
        fields = PersonalFields(world.settings)
        await prepare_attempt(tx, mine.claim, FilledForm(2, b"another"), fields, A_MOMENT)

    row = await world.submission(score)
    assert (row["content_hash"], row["form_version"]) == (first, 1)


async def test_a_receipt_that_doj_no_longer_finds_stands(world: World) -> None:
    score = await world.queued()
    taken = await take(world, score)
    await attempt(world, taken)
    await record(world, taken, Accepted(AT, f"DOJ-{score.case_id}"))

    await record(world, await take(world, score), NotThere("not-known-to-doj"))

    assert (await world.submission(score))["state"] == "sent"
