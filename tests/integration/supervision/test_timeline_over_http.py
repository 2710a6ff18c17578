"""The timeline of a case: own facts at once, other services' and duties' when they arrive."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from integration.supervision.world import Case, World
from shared.errors import NotYetKnownError
from shared.events.doj_gateway import NoticeAcknowledged, SubmissionSent
from shared.events.duties import DutyMet, DutyOpened
from shared.events.event import Event
from shared.security.principals import Role


def submission(world: World, case_id: UUID) -> SubmissionSent:
    return SubmissionSent(
        submission_id=uuid4(),
        assessment_id=uuid4(),
        version=1,
        case_id=case_id,
        instrument="sra-fv",
        reference="CASOMB-reference",
        accepted_at=world.clock.now(),
        receipt_number="R-1",
    )


def duty_facts(world: World, case_id: UUID | None) -> dict[str, object]:
    return {
        "duty_id": uuid4(),
        "version": 1,
        "rule": "dynamic-score-to-doj",
        "regime": "officer",
        "edition": "standards-2012",
        "about_kind": "assessment",
        "about_id": uuid4(),
        "case_id": case_id,
        "owner_role": "officer",
        "started_by": "receipt",
        "started_on": date(2026, 11, 20),
        "due_on": date(2026, 12, 1),
        "due_at": world.clock.now(),
        "state": "open",
    }


async def kinds(world: World, case: Case) -> list[str]:
    answer = await world.get(f"/v1/cases/{case.id}/timeline", world.officer)
    return [entry["kind"] for entry in answer.json()["items"]]


async def test_own_facts_are_on_the_timeline_at_once(world: World, case: Case) -> None:
    await world.certify_team()
    await world.form_team(case)
    body = {"case_id": str(case.id), "placed_on": "2026-11-20"}
    await world.post("/v1/placements", body, world.officer)

    assert await kinds(world, case) == [
        "supervision.case.opened",
        "supervision.team.changed",
        "supervision.placement.recorded",
    ]


async def test_what_others_announce_is_entered_in_words_of_codes_and_dates(
    world: World, case: Case
) -> None:
    sent = submission(world, case.id)
    notice = NoticeAcknowledged(
        notice_id=uuid4(),
        expectation_id=uuid4(),
        assessment_id=uuid4(),
        case_id=case.id,
        instrument="ls-cmi",
        acknowledged_at=world.clock.now(),
    )
    for event in (world.assessment(case.id), world.share(case.id), sent, notice):
        world.clock.advance(timedelta(minutes=1))
        await world.hear(event)

    answer = await world.get(f"/v1/cases/{case.id}/timeline", world.officer)

    assert [entry["summary"] for entry in answer.json()["items"]] == [
        "case opened: formal-probation",
        "static-99r of 2026-11-20 finalized",
        "sra-fv of 2026-11-18 shared with the officer",
        "DOJ accepted sra-fv, receipt R-1",
        "DOJ's notice of ls-cmi acknowledged",
    ]
    assert answer.json()["items"][3]["subject_id"] == str(sent.submission_id)


@pytest.mark.parametrize("ledger", ["supervision", "scoring", "doj-gateway"])
async def test_the_duties_of_every_ledger_are_entered(
    world: World, case: Case, ledger: str
) -> None:
    facts = duty_facts(world, case.id)

    await world.hear(DutyOpened.model_validate(facts), ledger)
    world.clock.advance(timedelta(minutes=1))
    met = DutyMet.model_validate(facts | {"state": "met", "met_on": date(2026, 11, 24)})
    await world.hear(met, ledger)

    answer = await world.get(f"/v1/cases/{case.id}/timeline", world.officer)
    assert [(entry["kind"], entry["summary"]) for entry in answer.json()["items"][1:]] == [
        (
            f"{ledger}.duty.opened",
            "duty dynamic-score-to-doj opened for the officer, due 2026-12-01",
        ),
        (f"{ledger}.duty.met", "duty dynamic-score-to-doj met on 2026-11-24"),
    ]


async def test_a_duty_of_no_case_is_on_no_timeline(world: World) -> None:
    await world.hear(DutyOpened.model_validate(duty_facts(world, None)), "scoring")


async def test_an_event_heard_twice_is_entered_once(world: World, case: Case) -> None:
    event, event_id = submission(world, case.id), uuid4()

    await world.hear(event, event_id=event_id)
    await world.hear(event, event_id=event_id)

    assert await kinds(world, case) == ["supervision.case.opened", "doj-gateway.submission.sent"]


async def test_an_event_about_a_case_that_has_not_arrived_waits(world: World) -> None:
    event: Event = submission(world, uuid4())

    with pytest.raises(NotYetKnownError):
        await world.hear(event)


async def test_the_timeline_is_read_in_pages_by_the_team_and_audited(
    world: World, case: Case
) -> None:
    await world.certify_team()
    await world.form_team(case)
    path = f"/v1/cases/{case.id}/timeline?limit=1"

    first = (await world.get(path, world.provider)).json()
    rest = (await world.get(f"{path}&after={first['next']}", world.provider)).json()

    assert first["items"][0]["kind"] == "supervision.case.opened"
    assert rest["items"][0]["kind"] == "supervision.team.changed"
    assert rest["next"] is None
    assert (await world.audited(case.person_id))[-2:] == ["timeline.read", "timeline.read"]


async def test_the_timeline_is_not_for_strangers(world: World, case: Case) -> None:
    path = f"/v1/cases/{case.id}/timeline"
    stranger = world.issuer.authorization(Role.PROVIDER, provider=uuid4())

    assert (await world.get(path, stranger)).status_code == 404
    assert (await world.get(path, world.issuer.authorization(Role.DOJ))).status_code == 403
    assert (await world.get(path, world.issuer.authorization(Role.AUDITOR))).status_code == 200
