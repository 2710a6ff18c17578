"""What came of an event that is in no log any more is undone, or told to a person."""

from doj_gateway.consumed import handlers
from integration.doj_gateway.gateway_world import Score, World
from shared.events.event import Event
from shared.law.in_force import load_law
from shared.testing.forgetting import forgotten

SEND = "dynamic-score-to-doj"
SEEN = "ls-cmi-seen"
ASSESSED = "SELECT id FROM assessments WHERE id = :id"


async def forget(world: World, event: Event) -> str | None:
    registry = handlers(load_law(world.edition), world.forwarding)
    return await forgotten(world.database, registry, event)


async def test_a_receipt_that_never_was_makes_nobody_owe_the_score_and_what_is_queued_is_told(
    world: World,
) -> None:
    score = Score()
    received = score.received()
    await world.happens(score.case_opened(), score.finalized(), received)
    submission = await world.submission(score)

    left = await forget(world, received)

    assert left == f"submission {submission['id']} of this assessment stays, in state queued"
    assert (await world.duties(score))[SEND]["state"] == "canceled"


async def test_another_receipt_than_the_one_that_started_the_clock_ends_nothing(
    world: World,
) -> None:
    score = await world.queued()

    assert await forget(world, score.received()) is None

    assert (await world.duties(score))[SEND]["state"] == "open"


async def test_an_assessment_that_never_was_is_gone(world: World) -> None:
    score = Score()
    await world.happens(score.case_opened(), score.finalized())

    assert await forget(world, score.finalized()) is None

    assert await world.rows(ASSESSED, id=score.assessment_id) == []


async def test_a_score_expected_at_doj_that_never_was_is_told_and_nobody_looks_for_it(
    world: World,
) -> None:
    score = Score(instrument="ls-cmi")
    await world.happens(score.case_opened(), score.finalized())

    left = await forget(world, score.finalized())

    assert left is not None
    assert left.endswith("of this assessment stays, in state open")
    assert (await world.duties(score))[SEEN]["state"] == "canceled"


async def test_under_the_later_law_an_assessment_that_never_was_is_owed_by_nobody(
    world: World,
) -> None:
    world.edition = "sb-1473"
    score = Score()
    await world.happens(score.case_opened(), score.finalized())

    left = await forget(world, score.finalized())

    assert left is not None
    assert (await world.duties(score))[SEND]["state"] == "canceled"


async def test_a_case_that_never_was_is_gone(world: World) -> None:
    score = Score()
    await world.happens(score.case_opened())

    assert await forget(world, score.case_opened()) is None

    assert await world.rows("SELECT id FROM cases WHERE id = :id", id=score.case_id) == []
