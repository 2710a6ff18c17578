"""Freezing an assessment: who may score is checked on the day of scoring."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from integration.scoring.scene import HELD, TODAY, Scene, fields
from shared.events.certification import ProgramProviderEnded
from shared.testing.clocks import FixedClock

LAPSED = (date(2024, 1, 1), date(2026, 1, 1))


async def test_a_finalized_dynamic_score_opens_the_thirty_day_duty(scene: Scene) -> None:
    assessment_id = await scene.drafted("provider", "sra-fv")

    answer = await scene.finalize("provider", assessment_id)

    duty = await scene.duty_of(assessment_id)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/assessments/{assessment_id}"
    assert answer.headers["etag"] == '"2"'
    assert answer.json()["share_due_on"] == "2026-12-20"
    assert (duty["rule"], duty["due_on"], duty["state"]) == ("share-score", "2026-12-20", "open")
    assert duty["duty_id"] == answer.json()["share_duty_id"]


async def test_the_duty_counts_from_the_day_of_scoring_not_of_finalizing(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "ls-cmi", assessed_on="2026-11-10")

    assert (await scene.duty_of(assessment_id))["due_on"] == "2026-12-10"


async def test_static_99r_by_the_supervising_agency_owes_nobody_a_share(scene: Scene) -> None:
    assessment_id = await scene.drafted("officer", "static-99r")

    answer = await scene.finalize("officer", assessment_id)

    assert answer.status_code == 201, answer.text
    assert answer.json()["share_duty_id"] is None
    assert (await scene.get("auditor", "/v1/duties", subject_id=assessment_id)).json()[
        "items"
    ] == []


async def test_what_is_announced_holds_ids_codes_and_dates_alone(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    rows = await scene.rows(
        "SELECT type, convert_from(data, 'UTF8') FROM outbox WHERE correlation_id ="
        " (SELECT correlation_id FROM outbox WHERE subject_id = :a) ORDER BY id",
        a=UUID(assessment_id),
    )
    assert [row[0] for row in rows] == ["scoring.assessment.finalized", "scoring.duty.opened"]
    assert not any(word in row[1] for row in rows for word in ("moderate", "total", "items"))


async def test_a_score_by_a_lapsed_scorer_is_refused(empty_scene: Scene) -> None:
    scene = empty_scene
    await scene.open_case()
    await scene.tell(scene.team())
    await scene.certify("provider")
    await scene.certify("program")
    await scene.link()
    await scene.credential(scene.provider_id, "sra-fv", LAPSED)
    await scene.credential(scene.provider_id, "ls-cmi")

    answer = await scene.finalize("provider", await scene.drafted("provider", "sra-fv"))

    assert answer.status_code == 409
    assert answer.json()["rule"] == "scorer-eligibility"
    assert answer.json()["faults"] == [
        {
            "field": "scorer_credential",
            "message": "no scorer credential for sra-fv since 2026-01-01",
        }
    ]


async def test_every_missing_piece_is_named(empty_scene: Scene) -> None:
    await empty_scene.open_case()
    await empty_scene.tell(empty_scene.team())
    await empty_scene.certify("program", LAPSED)

    draft = await empty_scene.drafted("provider", "ls-cmi")
    answer = await empty_scene.finalize("provider", draft)

    assert answer.status_code == 409
    assert [fault["message"] for fault in answer.json()["faults"]] == [
        "no scorer credential for ls-cmi is recorded",
        "no provider certification is recorded",
        "no program certification since 2026-01-01",
        "the provider does not work in the program: no link is recorded",
    ]


async def test_a_provider_who_left_the_program_before_scoring_is_told_since_when(
    empty_scene: Scene,
) -> None:
    scene = empty_scene
    await scene.open_case()
    await scene.tell(scene.team())
    await scene.certify("provider")
    await scene.certify("program")
    await scene.credential(scene.provider_id, "sra-fv")
    link = (await scene.link((HELD[0], None))).model_dump(exclude={"effective_until"})
    await scene.tell(ProgramProviderEnded(**link, effective_until=TODAY))
    yesterday = (TODAY - timedelta(days=1)).isoformat()

    before = await scene.finalize(
        "provider", await scene.drafted("provider", "sra-fv", assessed_on=yesterday)
    )
    after = await scene.finalize("provider", await scene.drafted("provider", "sra-fv"))

    assert before.status_code == 201
    assert after.status_code == 409
    assert [fault["message"] for fault in after.json()["faults"]] == [
        "the provider does not work in the program: no link since 2026-11-20"
    ]


async def test_a_refused_finalization_leaves_the_draft_and_announces_nothing(
    empty_scene: Scene,
) -> None:
    await empty_scene.open_case()
    await empty_scene.tell(empty_scene.team())
    draft = await empty_scene.drafted("provider", "sra-fv")

    await empty_scene.finalize("provider", draft)

    seen = (await empty_scene.get("provider", f"/v1/assessments/{draft}")).json()
    announced = await empty_scene.rows("SELECT 1 FROM outbox WHERE subject_id = :a", a=UUID(draft))
    assert seen["state"] == "draft"
    assert announced == []


async def test_what_was_held_on_the_day_of_scoring_counts_not_what_is_held_today(
    empty_scene: Scene, clock: FixedClock
) -> None:
    scene = empty_scene
    await scene.everything()
    draft = await scene.drafted("provider", "sra-fv", assessed_on="2026-11-19")
    clock.set(clock.now().replace(year=2028, month=2))

    answer = await scene.finalize("provider", draft)

    assert HELD[1] < clock.now().date()
    assert answer.status_code == 201, answer.text


async def test_a_provider_replaced_in_the_team_is_told_since_when(scene: Scene) -> None:
    draft = await scene.drafted("provider", "sra-fv")
    await scene.tell(scene.team(provider_id=uuid4(), effective_from=TODAY))

    answer = await scene.finalize("provider", draft)

    assert answer.status_code == 409
    assert fields(answer) == ["team"]
    assert "since 2026-11-20" in answer.json()["faults"][0]["message"]


async def test_who_was_in_the_team_on_the_day_of_scoring_enters_it_after_the_hand_over(
    scene: Scene,
) -> None:
    await scene.tell(scene.team(provider_id=uuid4(), effective_from=TODAY))
    yesterday = (TODAY - timedelta(days=1)).isoformat()

    entered = await scene.post(
        "provider", "/v1/assessments", scene.body("sra-fv", assessed_on=yesterday)
    )
    finalized = await scene.finalize("provider", entered.json()["assessment_id"])
    of_today = await scene.post("provider", "/v1/assessments", scene.body("sra-fv"))

    assert (entered.status_code, finalized.status_code) == (201, 201)
    assert of_today.status_code == 404


async def test_static_99r_by_an_agency_that_may_not_score_it_is_refused(
    empty_scene: Scene,
) -> None:
    await empty_scene.open_case(agency_kind="federal")
    await empty_scene.credential(empty_scene.officer_id, "static-99r")

    draft = await empty_scene.drafted("officer", "static-99r")
    answer = await empty_scene.finalize("officer", draft)

    assert answer.status_code == 409
    assert fields(answer) == ["agency"]
    assert "scored by agencies of kind probation or parole" in answer.json()["faults"][0]["message"]


async def test_static_99r_by_an_agency_that_gave_the_case_away_is_refused(scene: Scene) -> None:
    draft = await scene.drafted("officer", "static-99r")
    await scene.tell(scene.team(agency="yolo-probation", unit=None, effective_from=TODAY))

    answer = await scene.finalize("officer", draft)

    assert answer.status_code == 409
    assert "does not supervise this case" in answer.json()["faults"][0]["message"]


async def test_a_finalized_assessment_is_not_finalized_again(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    path = f"/v1/assessments/{assessment_id}/finalizations"
    answer = await scene.post("provider", path, {}, If_Match='"2"')

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("assessment-state")


async def test_a_stale_etag_is_refused(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    answer = await scene.finalize("provider", assessment_id)

    assert answer.status_code == 412


async def test_a_missing_etag_is_refused(scene: Scene) -> None:
    draft = await scene.drafted("provider", "sra-fv")

    answer = await scene.post("provider", f"/v1/assessments/{draft}/finalizations", {})

    assert answer.status_code == 428


async def test_a_finalization_takes_no_unknown_field(scene: Scene) -> None:
    draft = await scene.drafted("provider", "sra-fv")
    path = f"/v1/assessments/{draft}/finalizations"

    answer = await scene.post("provider", path, {"level": "low"}, If_Match='"1"')

    assert answer.status_code == 422
    assert fields(answer) == ["body.level"]


async def test_only_the_scorer_finalizes(scene: Scene) -> None:
    draft = await scene.drafted("officer", "static-99r")

    by_colleague = await scene.finalize("colleague", draft)
    unknown = await scene.finalize("provider", str(uuid4()))

    assert (by_colleague.status_code, unknown.status_code) == (404, 404)
