"""Persons: sealed, recorded once, and shown whole to other services alone."""

from integration.supervision.world import Case, World, person
from shared.security.principals import Role


async def test_a_person_is_recorded_without_an_echo_of_anything_personal(world: World) -> None:
    answer = await world.post("/v1/persons", person(), world.officer)

    person_id = answer.json()["person_id"]
    assert answer.status_code == 201
    assert answer.json() == {"person_id": person_id}
    assert answer.headers["location"] == f"/v1/persons/{person_id}"


async def test_nothing_personal_is_stored_in_the_clear(world: World) -> None:
    person_id = await world.record_person(given_name="Unmistakable", cii_number="7775551234")

    ((stored,),) = await world.rows(
        "SELECT encode(value, 'escape') FROM ("
        " SELECT given_name_sealed || family_name_sealed || cii_number_sealed || ssn_sealed"
        " || birth_date_sealed || cdcr_number_sealed || cii_index AS value"
        " FROM persons WHERE id = :id) AS sealed",
        id=person_id,
    )
    assert not any(plain in stored for plain in ("Unmistakable", "7775551234", "123456789", "1980"))


async def test_an_officer_sees_the_ssn_masked(world: World) -> None:
    person_id = await world.record_person()

    answer = await world.get(f"/v1/persons/{person_id}", world.officer)

    assert answer.json()["ssn"] == "***-**-6789"
    assert answer.json()["cdcr_number"] == "AB12345"
    assert answer.json()["birth_date"] == "1980-02-29"


async def test_every_reading_of_a_person_is_on_the_audit_record(world: World) -> None:
    person_id = await world.record_person()

    await world.get(f"/v1/persons/{person_id}", world.officer)

    assert await world.audited(person_id) == ["person.recorded", "person.read"]


async def test_a_person_of_another_agency_is_not_found(world: World) -> None:
    person_id = await world.record_person()
    other = await world.other_agency()

    answer = await world.get(f"/v1/persons/{person_id}", other.officer)

    assert answer.status_code == 404
    assert await world.audited(person_id) == ["person.recorded"]


async def test_a_cii_number_already_recorded_is_refused_with_the_persons_id(world: World) -> None:
    person_id = await world.record_person(cii_number="1112223334")

    answer = await world.post("/v1/persons", person(cii_number="111-222-3334"), world.officer)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":person-exists")
    assert str(person_id) in answer.json()["detail"]


async def test_a_cii_number_recorded_elsewhere_is_refused_without_saying_whose(
    world: World,
) -> None:
    person_id = await world.record_person(cii_number="2223334445")
    other = await world.other_agency()

    answer = await world.post("/v1/persons", person(cii_number="2223334445"), other.officer)

    assert answer.status_code == 409
    assert str(person_id) not in answer.text


async def test_impossible_fields_are_named_and_never_repeated(world: World) -> None:
    body = person(cii_number="not-digits", ssn="12", birth_date="1980-02-30", nickname="Q")

    answer = await world.post("/v1/persons", body, world.officer)

    assert answer.status_code == 422
    named = {fault["field"] for fault in answer.json()["faults"]}
    assert named == {"body.cii_number", "body.ssn", "body.birth_date", "body.nickname"}
    assert "not-digits" not in answer.text


async def test_a_birth_date_to_come_is_refused(world: World) -> None:
    answer = await world.post("/v1/persons", person(birth_date="2026-11-24"), world.officer)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "body.birth_date"


async def test_an_officer_whom_the_agency_has_not_recorded_is_refused(world: World) -> None:
    stranger = world.of_agency(Role.OFFICER)

    answer = await world.post("/v1/persons", person(), stranger)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":officer-unknown")


async def test_a_client_that_is_no_person_is_no_officer(world: World) -> None:
    client = world.of_agency(Role.OFFICER, sub="batch-client")

    answer = await world.post("/v1/persons", person(), client)

    assert answer.status_code == 409


async def test_a_persons_cases_are_found_by_all_identifiers_together(
    world: World, case: Case
) -> None:
    known = (await world.get(f"/v1/persons/{case.person_id}", world.officer)).json()
    asked = {name: known[name] for name in ("cii_number", "birth_date")}

    found = await world.post(
        "/v1/person-identifications",
        asked | {"family_name": "REGISTRANT", "instrument": "ls-cmi"},
        world.gateway,
    )
    mistaken = await world.post(
        "/v1/person-identifications", asked | {"family_name": "Other"}, world.gateway
    )

    assert found.json() == {"cases": [{"case_id": str(case.id), "person_id": str(case.person_id)}]}
    assert (mistaken.status_code, mistaken.json()) == (200, {"cases": []})
    assert (await world.audited(case.person_id))[-1] == "person.identified"


async def test_unknown_identifiers_find_nothing(world: World) -> None:
    asked = {"cii_number": "9998887776", "birth_date": "1980-02-29", "family_name": "Nobody"}

    answer = await world.post("/v1/person-identifications", asked, world.gateway)

    assert answer.json() == {"cases": []}


async def test_the_form_gets_person_case_agency_and_officer(world: World, case: Case) -> None:
    answer = await world.get(f"/v1/cases/{case.id}/form-identity", world.gateway)

    form = answer.json()
    assert form["ssn"] == "123456789"
    assert form["case_number"] == "21FE001234"
    assert form["county_of_residence"] == "Yolo"
    assert (form["agency"], form["agency_name"]) == (world.agency, "Probation")
    assert form["officer_name"] == "Olga Officer"
    (read,) = await world.rows(
        "SELECT actor, authority FROM audit_entries"
        " WHERE subject_id = :id AND action = 'form-identity.read'",
        id=case.person_id,
    )
    assert (read.actor, read.authority) == ("service:doj-gateway", "doj-form")


async def test_the_form_is_for_services_alone(world: World, case: Case) -> None:
    answer = await world.get(f"/v1/cases/{case.id}/form-identity", world.officer)

    assert answer.status_code == 403
