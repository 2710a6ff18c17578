"""A scoring is on record once, however often it is sent, unless it takes the place of another."""

import asyncio
from datetime import timedelta

from integration.scoring.scene import TODAY, Scene, fields


async def test_the_same_scoring_sent_twice_is_refused_naming_the_first(scene: Scene) -> None:
    first = await scene.drafted("provider", "sra-fv")

    again = await scene.post("provider", "/v1/assessments", scene.body("sra-fv"))

    assert again.status_code == 409
    assert again.json()["type"].endswith(":already-scored")
    assert again.json()["assessment_id"] == first


async def test_of_the_same_scoring_sent_twice_at_once_one_is_kept(scene: Scene) -> None:
    answers = await asyncio.gather(
        *(scene.post("provider", "/v1/assessments", scene.body("sra-fv")) for _ in range(4))
    )

    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]


async def test_another_instrument_and_another_day_are_other_scorings(scene: Scene) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    await scene.drafted("provider", "sra-fv")

    violence = await scene.post("provider", "/v1/assessments", scene.body("ls-cmi"))
    before = await scene.post(
        "provider", "/v1/assessments", scene.body("sra-fv", assessed_on=yesterday)
    )

    assert (violence.status_code, before.status_code) == (201, 201)


async def test_a_draft_in_whose_place_another_was_entered_is_not_finalized_any_more(
    scene: Scene,
) -> None:
    wrong = await scene.drafted("provider", "sra-fv")

    anew = await scene.post("provider", "/v1/assessments", scene.body("sra-fv", rescores=wrong))
    of_wrong = await scene.finalize("provider", wrong)
    of_anew = await scene.finalize("provider", anew.json()["assessment_id"])

    assert (anew.status_code, anew.json()["rescores"]) == (201, wrong)
    assert of_wrong.status_code == 409
    assert of_wrong.json()["type"].endswith(":scored-anew")
    assert of_wrong.json()["assessment_id"] == anew.json()["assessment_id"]
    assert of_anew.status_code == 201


async def test_only_the_latest_scoring_of_that_day_is_scored_anew(scene: Scene) -> None:
    first = await scene.drafted("provider", "sra-fv")
    await scene.post("provider", "/v1/assessments", scene.body("sra-fv", rescores=first))

    again = await scene.post("provider", "/v1/assessments", scene.body("sra-fv", rescores=first))
    of_nothing = await scene.post(
        "provider", "/v1/assessments", scene.body("ls-cmi", rescores=first)
    )

    assert (again.status_code, fields(again)) == (422, ["body.rescores"])
    assert again.json()["type"] == "urn:casomb:problem:not-the-latest-scoring"
    assert (of_nothing.status_code, fields(of_nothing)) == (422, ["body.rescores"])
