"""A team is formed of certified members; what is missing is named piece by piece."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from integration.supervision.world import Case, World, granted, linked, standing
from shared.events.certification import ProgramProviderEnded
from shared.security.principals import Role


async def test_a_certified_team_is_formed_and_announced(world: World, case: Case) -> None:
    await world.certify_team()

    answer = await world.form_team(case, "2026-11-23")

    team = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/teams/{team['team_id']}"
    assert team["provider_id"] == str(world.provider_id)
    assert team["officer_id"] == str(world.officer_id)
    assert (await world.published(case.id))[-1] == "supervision.team.changed"
    assert (await world.get(f"/v1/cases/{case.id}", world.officer)).headers["etag"] == '"2"'


async def test_a_team_of_the_whole_month_owes_the_months_contact(world: World, case: Case) -> None:
    await world.certify_team()

    await world.form_team(case, "2026-11-01")

    duty = await world.duty(case, "monthly-contact")
    assert (duty["started_on"], duty["due_on"]) == ("2026-11-01", "2026-11-30")


@pytest.mark.parametrize(
    ("starts_on", "teamed_from"), [("2026-11-01", "2026-11-30"), ("2026-11-02", "2026-11-01")]
)
async def test_a_month_in_which_the_case_was_not_active_throughout_owes_no_contact(
    world: World, starts_on: str, teamed_from: str
) -> None:
    await world.certify_team()
    case = await world.open_case(starts_on=starts_on)

    formed = await world.form_team(case, teamed_from)

    duties = await world.get(f"/v1/duties?case_id={case.id}&rule=monthly-contact", world.officer)
    assert formed.status_code == 201
    assert duties.json()["items"] == []


async def test_a_team_that_follows_another_in_mid_month_owes_the_months_contact(
    world: World, case: Case
) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-10-15")

    await world.form_team(case, "2026-11-20")

    assert (await world.duty(case, "monthly-contact"))["due_on"] == "2026-11-30"


async def test_a_team_of_nobody_certified_is_refused_with_all_three_pieces(
    world: World, case: Case
) -> None:
    answer = await world.form_team(case, "2026-11-23")

    problem = answer.json()
    assert answer.status_code == 409
    assert problem["type"].endswith(":team-incomplete")
    assert problem["citation"].startswith("Penal Code 290.09")
    assert [fault["field"] for fault in problem["faults"]] == [
        "body.provider_id",
        "body.program_id",
        "body.examiner_id",
    ]
    assert f"provider {world.provider_id} has no certification on 2026-11-23" in problem["detail"]
    assert await world.published(case.id) == ["supervision.case.opened"]


async def test_a_provider_who_does_not_work_in_the_program_is_refused_saying_since_when(
    world: World, case: Case
) -> None:
    await world.certify_team()
    link = linked(world.provider_id, world.program_id)
    body = world.team_body(case, "2026-11-23")

    unlinked = await world.post("/v1/teams", body, world.officer)
    await world.hear(link)
    await world.hear(
        ProgramProviderEnded(
            **link.model_dump(exclude={"effective_until"}), effective_until=date(2026, 11, 20)
        )
    )
    left = await world.post("/v1/teams", body, world.officer)
    still_there = await world.post("/v1/teams", world.team_body(case, "2026-11-19"), world.officer)

    assert (unlinked.status_code, left.status_code) == (409, 409)
    assert [fault["field"] for fault in left.json()["faults"]] == ["body.program_id"]
    assert "no link is recorded" in unlinked.json()["detail"]
    assert "no link since 2026-11-20" in left.json()["detail"]
    assert still_there.status_code == 201


async def test_an_uncertified_provider_alone_is_named(world: World, case: Case) -> None:
    await world.hear(granted("program", world.program_id))
    await world.hear(standing(world.examiner_id))
    await world.hear(granted("program", world.provider_id))

    answer = await world.form_team(case)

    assert [fault["field"] for fault in answer.json()["faults"]] == ["body.provider_id"]


async def test_a_lapsed_certification_is_named_since_when(world: World, case: Case) -> None:
    await world.certify_team()
    world.provider_id = uuid4()
    lapsed = (date(2023, 6, 1), date(2025, 6, 1))
    await world.hear(granted("provider", world.provider_id, lapsed))

    answer = await world.form_team(case)

    (fault,) = answer.json()["faults"]
    assert fault["message"].endswith("none since 2025-06-01")


async def test_the_next_team_ends_the_one_before(world: World, case: Case) -> None:
    await world.certify_team()
    first = (await world.form_team(case, "2026-11-01")).json()
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))

    second = (await world.form_team(case, "2026-11-15")).json()

    ended = (await world.get(f"/v1/teams/{first['team_id']}", world.officer)).json()
    standing_team = (await world.get(f"/v1/cases/{case.id}/team", world.officer)).json()
    assert ended["effective_until"] == "2026-11-15"
    assert standing_team == second


async def test_history_is_not_rewritten_by_an_earlier_team(world: World, case: Case) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-11-15")

    answer = await world.form_team(case, "2026-11-01")

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":team-before-current")


async def test_a_team_that_has_not_begun_is_replaced_from_an_earlier_day(
    world: World, case: Case
) -> None:
    await world.certify_team()
    first = (await world.form_team(case, "2026-11-01")).json()
    mistyped = (await world.form_team(case, "2027-06-01")).json()
    to_come = world.provider
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))

    right = await world.form_team(case, "2026-11-23")

    assert right.status_code == 201
    spans = {
        each: (found["effective_from"], found["effective_until"])
        for each in (first["team_id"], mistyped["team_id"], right.json()["team_id"])
        for found in [(await world.get(f"/v1/teams/{each}", world.officer)).json()]
    }
    assert list(spans.values()) == [
        ("2026-11-01", "2026-11-23"),
        ("2027-06-01", "2027-06-01"),
        ("2026-11-23", None),
    ]
    assert (await world.get(f"/v1/cases/{case.id}", to_come)).status_code == 404
    assert (await world.get(f"/v1/cases/{case.id}", world.provider)).status_code == 200


async def test_no_monthly_contact_is_owed_where_program_duties_do_not_bind(world: World) -> None:
    await world.certify_team()
    case = await world.open_case(supervision_type="prcs")

    await world.form_team(case)

    duties = await world.get(f"/v1/duties?case_id={case.id}&rule=monthly-contact", world.officer)
    assert duties.json()["items"] == []


async def test_a_case_without_a_team_says_so(world: World, case: Case) -> None:
    answer = await world.get(f"/v1/cases/{case.id}/team", world.officer)

    assert answer.status_code == 404
    assert answer.json()["type"].endswith(":team-not-found")


async def test_a_team_is_not_found_by_those_it_does_not_concern(world: World, case: Case) -> None:
    await world.certify_team()
    team = (await world.form_team(case)).json()
    stranger = world.issuer.authorization(Role.PROVIDER, provider=uuid4())

    assert (await world.get(f"/v1/teams/{team['team_id']}", stranger)).status_code == 404
    assert (await world.get(f"/v1/teams/{uuid4()}", world.officer)).status_code == 404


async def test_a_certification_heard_twice_is_kept_once(world: World) -> None:
    certification = granted("provider", world.provider_id)
    recorded = standing(world.examiner_id)

    for event in (certification, certification, recorded, recorded):
        await world.hear(event)

    kept = await world.rows(
        "SELECT id FROM certifications WHERE holder_id = :id", id=world.provider_id
    )
    assert len(kept) == 1


async def test_a_team_works_and_sees_the_case_until_the_next_one_takes_over(
    world: World, case: Case
) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-11-01")
    leaving = world.provider
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))

    await world.form_team(case, "2026-12-01")

    sees_now = [await world.get(f"/v1/cases/{case.id}", who) for who in (leaving, world.provider)]
    world.clock.set(datetime(2026, 12, 1, 18, tzinfo=UTC))
    sees_then = [await world.get(f"/v1/cases/{case.id}", who) for who in (leaving, world.provider)]
    assert [answer.status_code for answer in sees_now] == [200, 200]
    assert [answer.status_code for answer in sees_then] == [404, 200]


async def test_a_team_replaced_before_it_ever_worked_sees_nothing(world: World, case: Case) -> None:
    await world.certify_team()
    await world.form_team(case, "2026-12-01")
    replaced = world.provider
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))

    await world.form_team(case, "2026-12-01")

    assert (await world.get(f"/v1/cases/{case.id}", replaced)).status_code == 404


async def test_anothers_team_is_answered_like_one_that_does_not_exist(
    world: World, case: Case
) -> None:
    await world.certify_team()
    team_id = (await world.form_team(case)).json()["team_id"]
    stranger, unknown_id = world.issuer.authorization(Role.PROVIDER, provider=uuid4()), uuid4()

    foreign = (await world.get(f"/v1/teams/{team_id}", stranger)).json()
    unknown = (await world.get(f"/v1/teams/{unknown_id}", stranger)).json()

    assert foreign["type"] == unknown["type"]
    assert foreign["detail"] == unknown["detail"].replace(str(unknown_id), team_id)
