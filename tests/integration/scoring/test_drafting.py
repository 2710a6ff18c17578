"""Drafting an assessment through the HTTP API."""

from datetime import timedelta
from uuid import uuid4

import pytest

from integration.scoring.scene import SRA_FV_ITEMS, TODAY, Scene, fields


async def test_totals_are_computed_from_item_codes(scene: Scene) -> None:
    answer = await scene.post("provider", "/v1/assessments", scene.body("sra-fv"))

    body = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/assessments/{body['assessment_id']}"
    assert answer.headers["etag"] == '"1"'
    assert (body["state"], body["total"], body["level"]) == ("draft", 3, "moderate")
    assert body["domains"] == {
        "sexual-interests": 1,
        "relational-style": 2,
        "self-management": 0,
    }


async def test_the_levels_that_a_scorer_records_are_listed_and_named_in_a_refusal(
    scene: Scene,
) -> None:
    listed = await scene.get("provider", "/v1/instruments/sra-fv")
    refused = await scene.post("provider", "/v1/assessments", scene.body("sra-fv", level="banana"))

    assert (listed.json()["levels"], listed.json()["recorded_levels"]) == (
        [],
        ["low", "moderate", "high"],
    )
    assert "one of low, moderate, high" in refused.json()["faults"][0]["message"]


async def test_a_level_is_computed_where_its_bounds_are_known(scene: Scene) -> None:
    answer = await scene.post("officer", "/v1/assessments", scene.body("static-99r"))

    assert (answer.json()["total"], answer.json()["level"]) == (8, "IVb")
    assert answer.json()["level_basis"] == "computed"


async def test_an_override_keeps_the_computed_level_beside_it(scene: Scene) -> None:
    override = {"level": "high", "reason": "recent pattern"}

    answer = await scene.post(
        "provider", "/v1/assessments", scene.body("ls-cmi", override=override)
    )

    body = answer.json()
    assert (body["total"], body["level"], body["computed_level"]) == (16, "high", "medium")
    assert body["override_reason"] == "recent pattern"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"items": SRA_FV_ITEMS | {"self-management-1": 3}}, ["body.items.self-management-1"]),
        ({"items": SRA_FV_ITEMS | {"item-1": 0}}, ["body.items.item-1"]),
        (
            {"items": {k: v for k, v in SRA_FV_ITEMS.items() if k != "relational-style-2"}},
            ["body.items.relational-style-2"],
        ),
        ({"level": None}, ["body.level"]),
        ({"level": "banana"}, ["body.level"]),
        ({"level": "High"}, ["body.level"]),
        ({"override": {"level": "high", "reason": "why"}}, ["body.override"]),
        ({"tool": "saratso-online"}, ["body.tool"]),
        ({"instrument": "tea-leaves"}, ["body.instrument"]),
        ({"assessed_on": "2012-06-30"}, ["body.instrument"]),
        ({"assessed_on": (TODAY + timedelta(days=1)).isoformat()}, ["body.assessed_on"]),
        ({"assessed_on": "2026-02-30"}, ["body.assessed_on"]),
        ({"items": SRA_FV_ITEMS | {"self-management-1": "1"}}, ["body.items.self-management-1"]),
        ({"items": SRA_FV_ITEMS | {"self-management-1": True}}, ["body.items.self-management-1"]),
        ({"reason": "because"}, ["body.reason"]),
        ({"weight": 1}, ["body.weight"]),
    ],
)
async def test_a_wrong_entry_is_refused_by_name_and_nothing_is_kept(
    scene: Scene, changed: dict[str, object], named: list[str]
) -> None:
    answer = await scene.post("provider", "/v1/assessments", scene.body("sra-fv", **changed))

    kept = await scene.rows("SELECT id FROM assessments WHERE case_id = :c", c=scene.case_id)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert fields(answer) == named
    assert kept == []


async def test_every_wrong_item_is_named_at_once(scene: Scene) -> None:
    items = SRA_FV_ITEMS | {"self-management-1": 3, "self-management-2": -1}

    answer = await scene.post("provider", "/v1/assessments", scene.body("sra-fv", items=items))

    assert fields(answer) == ["body.items.self-management-1", "body.items.self-management-2"]


async def test_an_item_without_a_code_is_said_to_be_missing(scene: Scene) -> None:
    items = {code: score for code, score in SRA_FV_ITEMS.items() if code != "self-management-1"}

    answer = await scene.post("provider", "/v1/assessments", scene.body("sra-fv", items=items))

    assert answer.json()["faults"] == [
        {"field": "body.items.self-management-1", "message": "is missing"}
    ]


@pytest.mark.parametrize(("who", "instrument"), [("officer", "sra-fv"), ("provider", "static-99r")])
async def test_the_other_sides_instrument_is_refused(
    scene: Scene, who: str, instrument: str
) -> None:
    answer = await scene.post(who, "/v1/assessments", scene.body(instrument))

    assert answer.status_code == 409
    assert answer.json()["rule"] == "scorer-eligibility"
    assert answer.json()["citation"]


async def test_a_case_that_has_not_arrived_is_not_found_with_a_hint(empty_scene: Scene) -> None:
    answer = await empty_scene.post("officer", "/v1/assessments", empty_scene.body("static-99r"))

    assert answer.status_code == 404
    assert "arrives here within seconds" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("who", "instrument"), [("outsider", "sra-fv"), ("elsewhere", "static-99r")]
)
async def test_a_case_whose_team_or_agency_one_is_not_in_is_not_found(
    scene: Scene, who: str, instrument: str
) -> None:
    answer = await scene.post(who, "/v1/assessments", scene.body(instrument))

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("case-not-found")


async def test_a_provider_whose_team_begins_tomorrow_is_not_in_it_today(
    empty_scene: Scene,
) -> None:
    await empty_scene.open_case()
    await empty_scene.tell(empty_scene.team(effective_from=TODAY + timedelta(days=1)))

    answer = await empty_scene.post("provider", "/v1/assessments", empty_scene.body("sra-fv"))

    assert answer.status_code == 404


async def test_a_team_told_last_stands_in_place_of_one_told_for_a_later_day(scene: Scene) -> None:
    await scene.tell(scene.team(provider_id=uuid4(), effective_from=TODAY))
    await scene.tell(scene.team(effective_from=TODAY - timedelta(days=1)))

    answer = await scene.post("provider", "/v1/assessments", scene.body("sra-fv"))

    assert answer.status_code == 201


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("applicant", 403), ("gateway", 403)])
async def test_only_scorers_draft(scene: Scene, who: str, status: int) -> None:
    answer = await scene.post(who, "/v1/assessments", scene.body("sra-fv"))

    assert answer.status_code == status


async def test_a_repeated_key_gives_the_stored_answer_and_one_draft(scene: Scene) -> None:
    body, key = scene.body("sra-fv"), str(uuid4())

    first = await scene.post("provider", "/v1/assessments", body, Idempotency_Key=key)
    again = await scene.post("provider", "/v1/assessments", body, Idempotency_Key=key)

    kept = await scene.rows("SELECT id FROM assessments WHERE case_id = :c", c=scene.case_id)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["etag"] == first.headers["etag"]
    assert len(kept) == 1


async def test_a_repeated_key_with_another_body_is_refused(scene: Scene) -> None:
    key = str(uuid4())
    await scene.post("provider", "/v1/assessments", scene.body("sra-fv"), Idempotency_Key=key)

    answer = await scene.post(
        "provider", "/v1/assessments", scene.body("ls-cmi"), Idempotency_Key=key
    )

    assert answer.status_code == 422
    assert fields(answer) == ["header.Idempotency-Key"]


async def test_a_draft_is_announced_to_nobody(scene: Scene) -> None:
    await scene.drafted("provider", "sra-fv")

    assert await scene.rows("SELECT 1 FROM outbox") == []
