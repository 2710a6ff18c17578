"""Cases: opened by an officer under the own agency, seen by those concerned."""

from uuid import uuid4

import pytest

from integration.supervision.world import Case, World, case_body
from shared.security.principals import Role


async def test_a_case_opens_with_its_duty_event_and_timeline(world: World) -> None:
    person_id = await world.record_person()

    answer = await world.post("/v1/cases", case_body(person_id), world.officer)

    opened = answer.json()
    case = Case(opened["case_id"], person_id)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.headers["location"] == f"/v1/cases/{case.id}"
    assert (opened["agency"], opened["unit"]) == (world.agency, "adult")
    assert "case_number" not in opened
    assert await world.published(opened["case_id"]) == ["supervision.case.opened"]
    duty = await world.duty(case, "static-99r-before-placement")
    assert (duty["due_on"], duty["owner_role"]) == ("2026-12-01", "officer")
    assert duty["owner_person"] == str(world.officer_id)
    assert await world.published(duty["duty_id"]) == ["supervision.duty.opened"]


async def test_a_repeated_key_opens_one_case(world: World) -> None:
    body = case_body(await world.record_person())
    headers = world.officer | {"Idempotency-Key": "once"}

    first = await world.post("/v1/cases", body, headers)
    again = await world.post("/v1/cases", body, headers)
    other = await world.post("/v1/cases", body | {"case_number": "2"}, headers)

    assert again.json() == first.json()
    assert other.status_code == 422
    assert len((await world.get("/v1/cases", world.officer)).json()["items"]) == 1


async def test_the_agency_reads_the_whole_file(world: World, case: Case) -> None:
    answer = await world.get(f"/v1/cases/{case.id}", world.officer)

    file = answer.json()
    assert file["conviction"] == {
        "case_number": "21FE001234",
        "sentenced_on": "2026-10-01",
        "county_of_conviction": "Sacramento",
        "another_because": None,
    }
    assert file["placement"] is None
    assert (await world.audited(case.person_id))[-1] == "case.read"


async def test_a_case_in_a_list_is_on_the_audit_record(world: World, case: Case) -> None:
    await world.get("/v1/cases", world.officer)

    assert (await world.audited(case.person_id))[-1] == "case.listed"


async def test_the_team_reads_the_case_without_the_conviction(world: World, case: Case) -> None:
    await world.certify_team()
    await world.form_team(case)
    representative = world.issuer.authorization(
        Role.PROGRAM_REPRESENTATIVE, program=world.program_id
    )
    examiner = world.issuer.authorization(Role.EXAMINER, sub=world.examiner_id)

    for member in (world.provider, representative, examiner):
        answer = await world.get(f"/v1/cases/{case.id}", member)

        assert answer.status_code == 200
        assert answer.json()["conviction"] is None


async def test_a_case_is_not_found_by_those_it_does_not_concern(world: World, case: Case) -> None:
    other = await world.other_agency()
    other_unit = world.issuer.authorization(
        Role.UNIT_SUPERVISOR, agency=world.agency, unit="juvenile"
    )
    examiner = world.issuer.authorization(Role.EXAMINER, sub="not-an-id")
    provider_with_agency = world.of_agency(Role.PROVIDER)

    for stranger in (other.officer, other_unit, world.provider, examiner, provider_with_agency):
        answer = await world.get(f"/v1/cases/{case.id}", stranger)

        assert answer.status_code == 404
        assert answer.json()["type"].endswith(":case-not-found")


async def test_supervisor_lead_and_auditor_read_the_case(world: World, case: Case) -> None:
    readers = (
        world.of_agency(Role.UNIT_SUPERVISOR, unit="adult"),
        world.of_agency(Role.AGENCY_LEAD),
        world.issuer.authorization(Role.AUDITOR),
    )

    for reader in readers:
        assert (await world.get(f"/v1/cases/{case.id}", reader)).status_code == 200


async def test_an_agency_role_without_an_agency_sees_nothing(world: World, case: Case) -> None:
    nobodys = world.issuer.authorization(Role.OFFICER)

    answer = await world.get("/v1/cases", nobodys)

    assert answer.json() == {"items": [], "next": None}


async def test_cases_are_listed_in_pages_and_narrowed(world: World) -> None:
    cases = [await world.open_case() for _ in range(3)]

    first = (await world.get("/v1/cases?limit=2", world.officer)).json()
    rest = (await world.get(f"/v1/cases?limit=2&after={first['next']}", world.officer)).json()
    narrowed = await world.get(f"/v1/cases?person_id={cases[1].person_id}", world.officer)

    listed = [each["case_id"] for each in first["items"] + rest["items"]]
    assert listed == [str(case.id) for case in cases]
    assert rest["next"] is None
    assert [each["case_id"] for each in narrowed.json()["items"]] == [str(cases[1].id)]


async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    answer = await world.get("/v1/cases?after=nonsense", world.officer)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("difference", "status", "field"),
    [
        ({"county_of_residence": "Clark"}, 422, "body.county_of_residence"),
        ({"sentenced_on": "2026-11-24"}, 422, "body.sentenced_on"),
        ({"expected_end_on": "2026-11-01"}, 422, "body.expected_end_on"),
        ({"starts_on": "2026-02-30"}, 422, "body.starts_on"),
        ({"starts_on": "0001-01-01"}, 422, "body.starts_on"),
        ({"starts_on": "2028-11-24"}, 422, "body.starts_on"),
        ({"placement_on": "2200-01-01"}, 422, "body.placement_on"),
        ({"expected_end_on": "2126-11-03"}, 422, "body.expected_end_on"),
        ({"supervision_type": "house-arrest"}, 422, "body.supervision_type"),
        ({"supervision_type": "parole"}, 409, "body.supervision_type"),
    ],
)
async def test_a_wrong_case_is_refused_by_its_field_and_nothing_is_written(
    world: World, difference: dict[str, str], status: int, field: str
) -> None:
    person_id = await world.record_person()

    answer = await world.post("/v1/cases", case_body(person_id, **difference), world.officer)

    assert answer.status_code == status
    assert field in [fault["field"] for fault in answer.json()["faults"]]
    assert (await world.get("/v1/cases", world.officer)).json()["items"] == []


async def test_a_case_of_an_unknown_person_is_refused(world: World) -> None:
    answer = await world.post("/v1/cases", case_body(uuid4()), world.officer)

    assert answer.status_code == 404


async def test_malformed_json_is_refused(world: World) -> None:
    answer = await world.http.post("/v1/cases", content=b"{", headers=world.officer)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_case_is_opened_by_an_officer_alone(world: World) -> None:
    no_token = await world.http.post("/v1/cases", json={})
    wrong_role = await world.post("/v1/cases", {}, world.provider)
    foreign = world.issuer.authorization(Role.OFFICER, aud="elsewhere")

    assert no_token.status_code == 401
    assert wrong_role.status_code == 403
    assert (await world.post("/v1/cases", {}, foreign)).status_code == 401


async def test_every_view_is_on_the_record_with_the_authority_that_allowed_it(
    world: World, case: Case
) -> None:
    await world.certify_team()
    await world.form_team(case)
    lead = world.of_agency(Role.AGENCY_LEAD)
    auditor = world.issuer.authorization(Role.AUDITOR)

    for who in (world.officer, lead, world.provider, auditor):
        await world.get(f"/v1/cases/{case.id}", who)

    seen = await world.rows(
        "SELECT authority FROM audit_entries WHERE subject_id = :id AND action = 'case.read'"
        " ORDER BY id",
        id=case.person_id,
    )
    assert [row.authority for row in seen] == [
        *("team-member", "supervisor", "team-member", "auditor")
    ]


async def test_nothing_about_a_person_is_on_the_record_without_an_authority(
    world: World, case: Case
) -> None:
    await world.certify_team()
    await world.form_team(case)
    await world.get(f"/v1/persons/{case.person_id}", world.officer)
    await world.get(f"/v1/cases/{case.id}/form-identity", world.gateway)
    await world.get(f"/v1/cases/{case.id}/timeline", world.provider)

    bare = await world.rows(
        "SELECT action FROM audit_entries WHERE subject_id = :id AND authority IS NULL",
        id=case.person_id,
    )
    assert bare == []
