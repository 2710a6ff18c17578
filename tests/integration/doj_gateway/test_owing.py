"""Which fact makes whom owe a score to DOJ, and whether the gateway forwards it."""

from datetime import date, timedelta

import pytest

from doj_gateway.domain.owed_scores import Forwarding
from integration.doj_gateway.gateway_world import ASSESSED_ON, RECEIVED_AT, Score, World
from shared.clock import california_date
from shared.errors import NotYetKnownError

SEND = "dynamic-score-to-doj"


async def test_under_the_standards_the_officer_owes_it_from_the_receipt(world: World) -> None:
    score = await world.queued()

    duty = (await world.duties(score))[SEND]
    assert (duty["owner_role"], duty["owner_agency"]) == ("officer", score.agency)
    assert duty["owner_person"] == score.officer_id
    assert (duty["started_by"], duty["started_on"]) == ("receipt", california_date(RECEIVED_AT))
    assert duty["subject_id"] == score.assessment_id


async def test_a_submission_keeps_who_was_scored_when_and_when_the_officer_received_it(
    world: World,
) -> None:
    score = await world.queued()

    kept = await world.submission(score)
    assert (kept["case_id"], kept["instrument"]) == (score.case_id, "sra-fv")
    assert (kept["assessed_on"], kept["received_at"]) == (ASSESSED_ON, RECEIVED_AT)
    assert (kept["agency"], kept["provider_id"]) == (score.agency, score.provider_id)
    assert kept["program_id"] == score.program_id


async def test_under_the_standards_a_score_not_received_is_not_owed(world: World) -> None:
    score = Score()

    await world.happens(score.case_opened(), score.finalized())

    assert await world.duties(score) == {}


async def test_a_receipt_that_comes_before_its_assessment_waits(world: World) -> None:
    with pytest.raises(NotYetKnownError):
        await world.happens(Score().received())


async def test_where_the_owner_sends_it_the_duty_opens_and_the_score_is_held(
    world: World,
) -> None:
    world.forwarding = Forwarding.BY_THE_OWNER

    score = await world.queued()

    assert await world.events(score) == [
        "doj-gateway.duty.opened",
        "doj-gateway.submission.held",
    ]


async def test_under_the_later_law_the_provider_owes_it_from_the_assessment(world: World) -> None:
    world.edition = "sb-1473"
    score = Score()

    await world.happens(score.case_opened(), score.finalized())

    duty = (await world.duties(score))[SEND]
    assert (duty["owner_role"], duty["owner_person"]) == ("provider", score.provider_id)
    assert duty["owner_agency"] == str(score.program_id)
    assert duty["due_on"] == ASSESSED_ON + timedelta(days=30)
    assert (await world.submission(score))["state"] == "queued"


async def test_under_the_later_law_the_receipt_changes_nothing(world: World) -> None:
    world.edition = "sb-1473"

    score = await world.queued()

    assert await world.events(score) == [
        "doj-gateway.duty.opened",
        "doj-gateway.submission.queued",
    ]


async def test_a_score_from_before_the_rules_is_expected_at_doj_and_owed_by_nobody(
    world: World,
) -> None:
    score = Score(instrument="ls-cmi", assessed_on=date(2011, 3, 1))

    await world.happens(score.case_opened(), score.finalized())

    assert await world.duties(score) == {}
    assert await world.events(score) == ["doj-gateway.expectation.opened"]
