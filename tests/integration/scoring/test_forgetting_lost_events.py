"""What came of an event that is in no log any more is undone, or told to a person."""

from datetime import UTC, date, datetime
from uuid import UUID

from integration.scoring.scene import Scene
from scoring.consumed import handlers
from shared.events.event import Event
from shared.testing.forgetting import forgotten

RECEIVED_AT = datetime(2026, 11, 20, 18, tzinfo=UTC)


async def forget(scene: Scene, event: Event) -> str | None:
    return await forgotten(scene.database, handlers(), event)


async def test_a_receipt_that_never_was_leaves_the_share_and_its_duty_open(scene: Scene) -> None:
    share = await scene.shared(await scene.finalized("provider", "sra-fv"))
    receipt = scene.receipt(share, RECEIVED_AT)
    await scene.tell(receipt)

    assert await forget(scene, receipt) is None

    (state,) = await scene.rows(
        "SELECT state FROM duties WHERE subject_id = :a AND state <> 'canceled'",
        a=UUID(share["assessment_id"]),
    )
    (kept,) = await scene.rows(
        "SELECT received_at FROM shares WHERE id = :s", s=UUID(share["share_id"])
    )
    assert (state[0], kept[0]) == ("reopened", None)


async def test_a_case_that_never_was_is_gone(empty_scene: Scene) -> None:
    await empty_scene.open_case()

    assert await forget(empty_scene, empty_scene.case_opened()) is None

    kept = await empty_scene.rows("SELECT 1 FROM cases WHERE id = :c", c=empty_scene.case_id)
    assert kept == []


async def test_a_case_in_which_somebody_scored_stays_and_is_told(scene: Scene) -> None:
    await scene.drafted("provider", "sra-fv")

    left = await forget(scene, scene.case_opened())

    assert left == f"case {scene.case_id} stays, because it has assessments here"


async def test_without_a_team_that_never_was_the_one_before_it_stands(scene: Scene) -> None:
    later = scene.team(officer_id=UUID(int=7), effective_from=date(2026, 11, 20))
    await scene.tell(later)

    assert await forget(scene, later) is None

    share = await scene.shared(await scene.finalized("provider", "sra-fv"))
    assert share["officer_id"] == str(scene.officer_id)


async def test_by_a_credential_that_never_was_nobody_scores(empty_scene: Scene) -> None:
    await empty_scene.open_case()
    await empty_scene.tell(empty_scene.team())
    await empty_scene.certify("provider")
    await empty_scene.certify("program")
    await empty_scene.link()
    credential = await empty_scene.credential(empty_scene.provider_id, "sra-fv")
    draft = await empty_scene.drafted("provider", "sra-fv")

    assert await forget(empty_scene, credential) is None

    refused = await empty_scene.finalize("provider", draft)
    assert [fault["message"] for fault in refused.json()["faults"]] == [
        "no scorer credential for sra-fv is recorded"
    ]


async def test_by_a_certification_that_never_was_nobody_scores(empty_scene: Scene) -> None:
    await empty_scene.open_case()
    await empty_scene.tell(empty_scene.team())
    certification = await empty_scene.certify("provider")
    await empty_scene.certify("program")
    await empty_scene.link()
    await empty_scene.credential(empty_scene.provider_id, "sra-fv")
    draft = await empty_scene.drafted("provider", "sra-fv")

    assert await forget(empty_scene, certification) is None

    refused = await empty_scene.finalize("provider", draft)
    assert [fault["message"] for fault in refused.json()["faults"]] == [
        "no provider certification is recorded"
    ]


async def test_a_link_that_never_was_lets_nobody_score(empty_scene: Scene) -> None:
    scene = empty_scene
    await scene.open_case()
    await scene.tell(scene.team())
    await scene.certify("provider")
    await scene.certify("program")
    await scene.credential(scene.provider_id, "sra-fv")
    link = await scene.link()

    assert await forget(scene, link) is None

    refused = await scene.finalize("provider", await scene.drafted("provider", "sra-fv"))
    assert [fault["message"] for fault in refused.json()["faults"]] == [
        "the provider does not work in the program: no link is recorded"
    ]
