"""Giving a score to the officer, and the receipt that meets the duty at its own time."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from integration.scoring.scene import Scene
from shared.errors import NotFoundError, NotYetKnownError

IN_TIME = datetime(2026, 12, 21, 7, 59, tzinfo=UTC)  # December 20, a minute before midnight
LATE = datetime(2026, 12, 21, 8, 0, tzinfo=UTC)


async def test_a_finalized_score_is_shared_with_the_officer_of_the_case(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    share = await scene.shared(assessment_id)

    (row,) = await scene.rows(
        "SELECT type FROM outbox WHERE subject_id = :s", s=UUID(share["share_id"])
    )
    assert share["officer_id"] == str(scene.officer_id)
    assert share["received_at"] is None
    assert row[0] == "scoring.share.made"


async def test_after_a_new_officer_took_over_the_share_goes_to_the_new_one(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")
    new_officer = uuid4()
    await scene.tell(scene.team(officer_id=new_officer, effective_from="2026-11-20"))

    share = await scene.shared(assessment_id)

    assert share["officer_id"] == str(new_officer)


async def test_one_version_is_shared_once(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")
    await scene.shared(assessment_id)

    answer = await scene.post("provider", "/v1/shares", {"assessment_id": assessment_id})

    kept = await scene.rows("SELECT 1 FROM shares WHERE assessment_id = :a", a=UUID(assessment_id))
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("already-shared")
    assert len(kept) == 1


async def test_a_draft_is_not_shared(scene: Scene) -> None:
    draft = await scene.drafted("provider", "sra-fv")

    answer = await scene.post("provider", "/v1/shares", {"assessment_id": draft})

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("assessment-state")


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("officer", 403)])
async def test_only_the_scorer_shares(scene: Scene, who: str, status: int) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")

    answer = await scene.post(who, "/v1/shares", {"assessment_id": assessment_id})

    assert answer.status_code == status


async def test_a_receipt_in_time_meets_the_duty_at_its_own_time(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")
    share = await scene.shared(assessment_id)

    receipt = scene.receipt(share, IN_TIME)
    await scene.tell(receipt)

    duty = await scene.duty_of(assessment_id)
    history = (await scene.get("provider", f"/v1/duties/{duty['duty_id']}")).json()["changes"]
    shown = (await scene.get("officer", f"/v1/shares/{share['share_id']}")).json()
    assert (duty["state"], duty["met_on"]) == ("met", "2026-12-20")
    assert history[-1]["evidence"] == f"score receipt {receipt.score_receipt_id}"
    assert datetime.fromisoformat(shown["received_at"]) == IN_TIME


async def test_a_receipt_after_the_last_day_meets_it_late(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "ls-cmi")
    share = await scene.shared(assessment_id)

    await scene.tell(scene.receipt(share, LATE))

    duty = await scene.duty_of(assessment_id)
    assert (duty["state"], duty["met_on"]) == ("met-late", "2026-12-21")


async def test_a_second_receipt_changes_nothing(scene: Scene) -> None:
    assessment_id = await scene.finalized("provider", "sra-fv")
    share = await scene.shared(assessment_id)
    await scene.tell(scene.receipt(share, IN_TIME))

    await scene.tell(scene.receipt(share, LATE))

    announced = await scene.rows(
        "SELECT type FROM outbox WHERE subject_id = :d ORDER BY id",
        d=UUID((await scene.duty_of(assessment_id))["duty_id"]),
    )
    assert [row[0] for row in announced] == ["scoring.duty.opened", "scoring.duty.met"]


async def test_a_receipt_of_an_unknown_share_is_refused(scene: Scene) -> None:
    share = await scene.shared(await scene.finalized("provider", "sra-fv"))

    with pytest.raises(NotFoundError):
        await scene.tell(scene.receipt({**share, "share_id": str(uuid4())}, IN_TIME))


async def test_a_team_before_its_case_waits(empty_scene: Scene) -> None:
    with pytest.raises(NotYetKnownError):
        await empty_scene.tell(empty_scene.team())


async def test_events_told_twice_are_kept_once(scene: Scene) -> None:
    team = scene.team()
    await scene.tell(team)

    await scene.tell(team)
    await scene.open_case()

    kept = await scene.rows("SELECT 1 FROM teams WHERE id = :t", t=team.team_id)
    assert len(kept) == 1


async def test_a_share_of_anothers_case_is_not_found(scene: Scene) -> None:
    share = await scene.shared(await scene.finalized("provider", "sra-fv"))

    answer = await scene.get("elsewhere", f"/v1/shares/{share['share_id']}")
    unknown = await scene.get("officer", f"/v1/shares/{uuid4()}")

    assert (answer.status_code, unknown.status_code) == (404, 404)


async def test_the_explanation_counts_every_day_from_the_day_of_scoring(scene: Scene) -> None:
    duty = await scene.duty_of(await scene.finalized("provider", "sra-fv"))

    answer = await scene.get("provider", f"/v1/duties/{duty['duty_id']}/explanation")

    counted = [day for day in answer.json()["days"] if day["counted"]]
    assert len(counted) == 30
    assert counted[-1]["on"] == "2026-12-20"


async def test_a_view_of_a_duty_is_on_the_audit_record(scene: Scene) -> None:
    duty = await scene.duty_of(await scene.finalized("provider", "sra-fv"))

    await scene.get("provider", f"/v1/duties/{duty['duty_id']}")

    entries = await scene.rows(
        "SELECT action, authority FROM audit_entries"
        " WHERE subject_id = :c AND action LIKE 'duty.%' ORDER BY id",
        c=scene.case_id,
    )
    assert [tuple(each) for each in entries] == [
        ("duty.listed", "team-member"),
        ("duty.read", "team-member"),
    ]
