"""What belongs to a unit is that unit's: its duties too, and every view of them is on record."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest

from integration.supervision.world import Case, Headers, World, case_body
from shared.security.principals import Role

RULE = "static-99r-before-placement"
EVERYTHING_OF_A_CASE = (
    *("/v1/cases?person_id={person}", "/v1/duties?case_id={case}", "/v1/inbox"),
    *("/v1/owed-duties?case_id={case}", "/v1/work-items?case_id={case}"),
)


def colleagues(world: World) -> Sequence[Headers]:
    """Officers and supervisors who work for another unit, or whose token names none."""
    return [
        world.of_agency(Role.OFFICER, unit="juvenile"),
        world.of_agency(Role.UNIT_SUPERVISOR, unit="juvenile"),
        world.of_agency(Role.OFFICER),
        world.of_agency(Role.UNIT_SUPERVISOR),
    ]


def of_the_case(world: World) -> Sequence[Headers]:
    """Those of the case's unit, and those who say that they work for every unit."""
    return [
        world.of_agency(Role.OFFICER, sub=world.officer_id),
        world.of_agency(Role.OFFICER, unit="adult"),
        world.of_agency(Role.OFFICER, unit="*"),
        world.of_agency(Role.UNIT_SUPERVISOR, unit="*"),
        world.of_agency(Role.AGENCY_LEAD),
    ]


async def duty_id(world: World, case: Case) -> UUID:
    return UUID((await world.duty(case, RULE))["duty_id"])


async def test_another_units_people_and_those_of_no_unit_see_nothing_of_a_units_case(
    world: World, case: Case
) -> None:
    duty = await duty_id(world, case)
    await world.hear(world.share(case.id))
    lists = [path.format(person=case.person_id, case=case.id) for path in EVERYTHING_OF_A_CASE]
    single = (f"/v1/cases/{case.id}", f"/v1/duties/{duty}", f"/v1/duties/{duty}/explanation")

    for headers in colleagues(world):
        assert [(await world.get(path, headers)).json()["items"] for path in lists] == [[]] * 5
        assert [(await world.get(path, headers)).status_code for path in single] == [404] * 3


async def test_the_cases_unit_its_officer_and_who_works_for_every_unit_see_its_duties(
    world: World, case: Case
) -> None:
    duty = await duty_id(world, case)
    paths = (f"/v1/cases/{case.id}", f"/v1/duties/{duty}", f"/v1/duties/{duty}/explanation")

    for headers in of_the_case(world):
        assert [(await world.get(path, headers)).status_code for path in paths] == [200] * 3


async def test_every_view_of_a_cases_duty_is_on_the_audit_record_with_its_authority(
    world: World, case: Case
) -> None:
    duty = await duty_id(world, case)
    lead = world.of_agency(Role.AGENCY_LEAD)
    before = await world.audited(case.person_id)

    await world.get(f"/v1/duties?case_id={case.id}", lead)
    await world.get(f"/v1/duties/{duty}", lead)
    await world.get(f"/v1/duties/{duty}/explanation", world.of_agency(Role.OFFICER, unit="adult"))
    await world.get(f"/v1/duties/{duty}", world.of_agency(Role.OFFICER))

    found = await world.rows(
        "SELECT action, authority FROM audit_entries WHERE subject_id = :id ORDER BY id",
        id=case.person_id,
    )
    assert [tuple(each) for each in found[len(before) :]] == [
        ("duty.listed", "supervisor"),
        ("duty.read", "supervisor"),
        ("duty.explained", "supervising-unit"),
    ]


async def test_a_case_of_no_unit_is_its_whole_agencys(world: World) -> None:
    await world.http.put(
        f"/v1/officers/{world.officer_id}",
        json={"name": "Olga Officer", "agency": world.agency},
        headers=world.operator,
    )
    person_id = await world.record_person()
    officer = world.of_agency(Role.OFFICER, sub=world.officer_id)
    opened = await world.post("/v1/cases", case_body(person_id), officer)

    assert (opened.status_code, opened.json()["unit"]) == (201, None)
    for headers in colleagues(world):
        path = f"/v1/cases/{opened.json()['case_id']}"
        assert (await world.get(path, headers)).status_code == 200


async def test_a_case_is_not_opened_under_a_unit_that_the_agency_has_not_recorded(
    world: World,
) -> None:
    person_id = await world.record_person()
    officer = world.of_agency(Role.OFFICER, sub=world.officer_id, unit="nosuch")

    answer = await world.post("/v1/cases", case_body(person_id), officer)

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:casomb:problem:unit-unknown")


async def test_who_works_for_every_unit_opens_a_case_in_the_unit_on_record(world: World) -> None:
    person_id = await world.record_person()
    officer = world.of_agency(Role.OFFICER, sub=world.officer_id, unit="*")

    answer = await world.post("/v1/cases", case_body(person_id), officer)

    assert (answer.status_code, answer.json()["unit"]) == (201, "adult")


@pytest.mark.parametrize("sub", [uuid4(), "batch-client"])
async def test_officers_who_are_not_on_record_do_not_act(
    world: World, case: Case, sub: UUID | str
) -> None:
    await world.certify_team()
    await world.form_team(case)
    stranger = world.of_agency(Role.OFFICER, sub=sub, unit="adult")
    contact = {
        "case_id": str(case.id),
        "month": "2026-11",
        "contacted_on": "2026-11-20",
        "mode": "in-person",
        "topics": ["progress"],
    }
    attempts = {
        "/v1/placements": {"case_id": str(case.id), "placed_on": "2026-11-20"},
        "/v1/teams": world.team_body(case, "2026-11-20"),
        "/v1/contact-attestations": contact,
    }

    answers = [await world.post(path, body, stranger) for path, body in attempts.items()]

    assert [each.status_code for each in answers] == [409] * 3
    assert {each.json()["type"] for each in answers} == {"urn:casomb:problem:officer-unknown"}
