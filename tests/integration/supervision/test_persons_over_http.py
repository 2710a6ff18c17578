"""Persons: sealed, recorded once, and shown whole to other services alone."""

import asyncio
from dataclasses import replace

import pytest

from faults.waiting import until
from integration.supervision.world import Case, World, person
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields
from shared.security.principals import Role, process_actor
from supervision.settings import Settings
from supervision.storage import persons

WAITING = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


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

    acts = await world.rows(
        "SELECT action, authority FROM audit_entries WHERE subject_id = :id ORDER BY id",
        id=person_id,
    )
    assert [tuple(act) for act in acts] == [
        ("person.recorded", "recording-agency"),
        ("person.read", "recording-agency"),
    ]


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
    assert answer.json()["person_id"] == str(person_id)


async def test_a_cii_number_recorded_elsewhere_is_refused_without_saying_whose(
    world: World,
) -> None:
    person_id = await world.record_person(cii_number="2223334445")
    other = await world.other_agency()

    answer = await world.post("/v1/persons", person(cii_number="2223334445"), other.officer)

    assert answer.status_code == 409
    assert str(person_id) not in answer.text


@pytest.mark.parametrize(
    "typed", ["00654321", "A654321", "M 654-321", "\uff16\uff15\uff14\uff13\uff12\uff11"]
)
async def test_one_cii_number_is_one_person_however_it_is_typed(world: World, typed: str) -> None:
    recorded = await world.http.post(
        "/v1/persons", json=person(cii_number="654321"), headers=world.officer
    )

    answer = await world.post("/v1/persons", person(cii_number=typed), world.officer)

    assert recorded.status_code in {201, 409}
    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":person-exists")


async def test_names_and_numbers_are_kept_in_one_form(world: World) -> None:
    person_id = await world.record_person(
        family_name="Pen\u0303a\u00a0 Lopez",
        cii_number="A0087654321",
        cdcr_number="\uff42\uff4b 0123",
        ssn="\uff11\uff12\uff13 \uff14\uff15 \uff16\uff17\uff18\uff19",
    )

    answer = (await world.get(f"/v1/persons/{person_id}", world.officer)).json()

    assert answer["family_name"] == "Peña Lopez"
    assert answer["cii_number"] == "87654321"
    assert answer["cdcr_number"] == "BK0123"
    assert answer["ssn"] == "***-**-6789"


@pytest.mark.parametrize(
    ("field", "sent", "accepted"),
    [
        (
            "cii_number",
            "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
            "must have 5 to 12 digits",
        ),
        ("cdcr_number", "AB\u0661\u0662\u0663\u0664", "followed by 3 to 8 digits"),
        ("ssn", "000-00-0000", "must not begin with 000, 666 or 9"),
        ("given_name", "\u200b\ufeff", "at least one visible letter"),
    ],
)
async def test_what_has_no_such_form_is_refused_with_what_is_accepted(
    world: World, field: str, sent: str, accepted: str
) -> None:
    answer = await world.post("/v1/persons", person(**{field: sent}), world.officer)

    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert fault["field"] == f"body.{field}"
    assert accepted in fault["message"]


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


async def test_what_was_recorded_wrongly_is_corrected_and_the_rest_stays(world: World) -> None:
    person_id = await world.record_person(family_name="Former", birth_date="1980-02-28")
    right = {"family_name": "Example", "birth_date": "1980-02-29", "cdcr_number": None}

    corrected = await world.post(
        f"/v1/persons/{person_id}/corrections", right | {"reason": "typed"}, world.officer
    )

    shown = (await world.get(f"/v1/persons/{person_id}", world.officer)).json()
    assert corrected.status_code == 201, corrected.text
    assert corrected.json()["corrected"] == ["birth_date", "cdcr_number", "family_name"]
    assert "Former" not in corrected.text
    assert {name: shown[name] for name in right} == right
    assert (shown["given_name"], shown["ssn"]) == (person()["given_name"], "***-**-6789")
    assert (await world.audited(person_id))[:2] == ["person.recorded", "person.corrected"]


async def test_what_stood_there_is_kept_and_nothing_of_it_in_the_clear(world: World) -> None:
    person_id = await world.record_person(family_name="Unmistakable")
    body = {"family_name": "Example", "reason": "Inconceivable"}
    await world.post(f"/v1/persons/{person_id}/corrections", body, world.officer)

    ((names, kept),) = await world.rows(
        "SELECT corrected, encode(former_sealed || reason_sealed, 'escape')"
        " FROM person_corrections WHERE person_id = :id",
        id=person_id,
    )
    assert names == ["family_name"]
    assert "Unmistakable" not in kept
    assert "Inconceivable" not in kept


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "nothing-corrected", "body"),
        ({"family_name": "Example"}, "nothing-corrected", "body"),
        ({"family_name": None}, "malformed-request", "body.family_name"),
        ({"birth_date": "2027-01-01"}, "birth-date-not-past", "body.birth_date"),
    ],
)
async def test_a_correction_that_corrects_nothing_or_cannot_be_is_refused(
    world: World, body: dict[str, object], code: str, field: str
) -> None:
    person_id = await world.record_person(family_name="Example")

    answer = await world.post(
        f"/v1/persons/{person_id}/corrections", body | {"reason": "typed"}, world.officer
    )

    assert answer.status_code == 422
    assert answer.json()["type"] == f"urn:casomb:problem:{code}"
    assert answer.json()["faults"][0]["field"] == field


async def test_a_cii_number_is_not_corrected_to_another_persons(world: World) -> None:
    other_id = await world.record_person(cii_number="1112223399")
    person_id = await world.record_person()
    body = {"cii_number": "1112223399", "reason": "typed"}

    answer = await world.post(f"/v1/persons/{person_id}/corrections", body, world.officer)

    assert answer.status_code == 409, answer.text
    assert str(other_id) in answer.json()["detail"]


async def test_a_cii_number_that_becomes_anothers_in_the_moment_of_a_correction_is_refused(
    world: World, settings: Settings
) -> None:
    person_id, other_id = await world.record_person(), await world.record_person()
    fields, cause = PersonalFields(settings), Cause(process_actor("tests"), new_id())
    body = {"cii_number": "1112223311", "reason": "typed"}

    async with world.database.transaction(cause) as tx:
        other = await persons.by_id(tx, other_id, fields)
        right = replace(other.identity, cii_number="1112223311")
        assert await persons.rewrite(tx, replace(other, identity=right), fields)
        correcting = asyncio.create_task(
            world.post(f"/v1/persons/{person_id}/corrections", body, world.officer)
        )

        async def is_waiting() -> bool:
            return correcting.done() or bool(await world.rows(WAITING))

        await until(is_waiting)

    answer = await correcting
    assert (answer.status_code, answer.json()["person_id"]) == (409, str(other_id))


async def test_two_corrections_at_once_are_both_kept(world: World, settings: Settings) -> None:
    person_id = await world.record_person(given_name="First", family_name="Last")
    fields, cause = PersonalFields(settings), Cause(process_actor("tests"), new_id())
    body = {"family_name": "Example", "reason": "typed"}

    async with world.database.transaction(cause) as tx:
        await persons.lock(tx, person_id)
        person = await persons.by_id(tx, person_id, fields)
        right = replace(person.identity, given_name="Avery")
        correcting = asyncio.create_task(
            world.post(f"/v1/persons/{person_id}/corrections", body, world.officer)
        )

        async def is_waiting() -> bool:
            return correcting.done() or bool(await world.rows(WAITING))

        await until(is_waiting)
        assert await persons.rewrite(tx, replace(person, identity=right), fields)

    assert (await correcting).status_code == 201
    shown = (await world.get(f"/v1/persons/{person_id}", world.officer)).json()
    assert (shown["given_name"], shown["family_name"]) == ("Avery", "Example")


async def test_a_person_of_another_agency_is_not_corrected(world: World) -> None:
    person_id = await world.record_person()
    other = await world.other_agency()
    body = {"family_name": "Other", "reason": "typed"}

    answer = await world.post(f"/v1/persons/{person_id}/corrections", body, other.officer)

    assert answer.status_code == 404


async def test_doj_gets_what_was_corrected(world: World, case: Case) -> None:
    found = (await world.get(f"/v1/cases/{case.id}", world.officer)).json()
    body = {"family_name": "Corrected", "reason": "typed"}
    await world.post(f"/v1/persons/{found['person_id']}/corrections", body, world.officer)

    form = await world.get(f"/v1/cases/{case.id}/form-identity", world.gateway)

    assert form.json()["family_name"] == "Corrected"


async def test_an_officer_who_is_not_on_record_corrects_nobody(world: World) -> None:
    person_id = await world.record_person()
    body = {"family_name": "Other", "reason": "typed"}
    stranger = world.of_agency(Role.OFFICER, unit="adult")

    answer = await world.post(f"/v1/persons/{person_id}/corrections", body, stranger)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":officer-unknown")
