"""Who sees a score, and that every view is on the audit record with its authority."""

from uuid import UUID

import pytest

from integration.scoring.scene import Scene


@pytest.mark.parametrize(
    ("who", "authority"),
    [
        ("provider", "team-member"),
        ("officer", "team-member"),
        ("colleague", "supervising-unit"),
        ("supervisor", "supervisor"),
        ("examiner", "team-member"),
        ("auditor", "auditor"),
    ],
)
async def test_a_view_of_a_score_is_recorded_with_its_authority(
    scene: Scene, who: str, authority: str
) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    answer = await scene.get(who, f"/v1/assessments/{assessment_id}")

    entries = await scene.rows(
        "SELECT actor, authority FROM audit_entries"
        " WHERE subject_id = :a AND action = 'score.read'",
        a=UUID(assessment_id),
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"2"'
    assert answer.json()["total"] == 3
    assert [tuple(entry) for entry in entries] == [(scene.people[who].subject, authority)]


@pytest.mark.parametrize("who", ["outsider", "elsewhere"])
async def test_a_score_of_anothers_case_is_not_found(scene: Scene, who: str) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    answer = await scene.get(who, f"/v1/assessments/{assessment_id}")

    assert answer.status_code == 404


async def test_a_draft_is_not_shown_to_the_team(scene: Scene) -> None:
    draft = await scene.drafted("provider", "sra-fv")

    of_officer = await scene.get("officer", f"/v1/assessments/{draft}")
    of_scorer = await scene.get("provider", f"/v1/assessments/{draft}")

    assert (of_officer.status_code, of_scorer.status_code) == (404, 200)


async def test_a_list_names_assessments_without_their_scores(scene: Scene) -> None:
    finalized = await scene.finalized("provider", "sra-fv")
    await scene.drafted("provider", "ls-cmi")

    answer = await scene.get("officer", "/v1/assessments", case_id=str(scene.case_id))

    (item,) = answer.json()["items"]
    assert item["assessment_id"] == finalized
    assert {"total", "level", "domains", "items", "reasons"}.isdisjoint(item)


async def test_a_list_comes_in_pages_with_ones_own_drafts(scene: Scene) -> None:
    later = await scene.finalized("provider", "sra-fv", assessed_on="2026-11-19")
    earlier = await scene.drafted("provider", "ls-cmi", assessed_on="2026-11-18")
    case = str(scene.case_id)

    first = await scene.get("provider", "/v1/assessments", case_id=case, limit="1")
    cursor = first.json()["next"]
    second = await scene.get("provider", "/v1/assessments", case_id=case, limit="1", after=cursor)

    assert [each["assessment_id"] for each in first.json()["items"]] == [earlier]
    assert [each["assessment_id"] for each in second.json()["items"]] == [later]
    assert second.json()["next"] is None


async def test_an_auditor_lists_everyones_drafts(scene: Scene) -> None:
    draft = await scene.drafted("provider", "ls-cmi")

    answer = await scene.get("auditor", "/v1/assessments", case_id=str(scene.case_id))

    assert [each["assessment_id"] for each in answer.json()["items"]] == [draft]


async def test_a_list_of_anothers_case_is_not_found(scene: Scene) -> None:
    answer = await scene.get("elsewhere", "/v1/assessments", case_id=str(scene.case_id))

    assert answer.status_code == 404


async def test_the_gateway_gets_a_finalized_result_for_dojs_form(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    answer = await scene.get("gateway", f"/v1/assessments/{assessment_id}/form-result")

    body = answer.json()
    (seen,) = await scene.rows(
        "SELECT actor, authority FROM audit_entries"
        " WHERE subject_id = :a AND action = 'score.read'",
        a=UUID(assessment_id),
    )
    assert (body["instrument"], body["total"], body["level"]) == ("sra-fv", 3, "moderate")
    assert body["program_id"] == str(scene.program_id)
    assert "items" not in body
    assert tuple(seen) == ("service:doj-gateway", "doj-form")


async def test_a_draft_is_no_result_for_dojs_form(scene: Scene) -> None:
    draft = await scene.drafted("provider", "sra-fv")

    answer = await scene.get("gateway", f"/v1/assessments/{draft}/form-result")

    assert answer.status_code == 404


async def test_people_do_not_fetch_results_for_the_form(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    answer = await scene.get("provider", f"/v1/assessments/{assessment_id}/form-result")

    assert answer.status_code == 403


async def test_instruments_are_shown_to_everyone_with_a_token(scene: Scene) -> None:
    listed = await scene.get("applicant", "/v1/instruments")
    shown = await scene.get("applicant", "/v1/instruments/static-99r", as_of="2020-01-01")
    unknown = await scene.get("applicant", "/v1/instruments/tea-leaves")
    without_token = await scene.get("nobody", "/v1/instruments")

    assert [each["code"] for each in listed.json()["items"]] == ["ls-cmi", "sra-fv", "static-99r"]
    assert shown.json()["items"][0] == {
        "code": "age-at-release",
        "domain": None,
        "values": [1, 0, -1, -3],
    }
    assert (unknown.status_code, without_token.status_code) == (404, 401)
