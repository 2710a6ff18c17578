"""From an application to its certification, with the clock that starts at completeness alone."""

from datetime import timedelta

from integration.certification.board_office import BoardOffice
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock

ALL_BUT_LIVE_SCAN = [
    *("application-form", "license-verification", "experience-log"),
    *("training-log", "attestation", "fee"),
]


async def test_an_application_says_at_once_what_is_missing(office: BoardOffice) -> None:
    body = office.provider_body(documents=ALL_BUT_LIVE_SCAN)

    answer = await office.http.post("/v1/applications", json=body, headers=office.applicant)

    submitted = answer.json()
    assert submitted["missing"] == ["live-scan-receipt"]
    assert submitted["received_on"] == "2026-11-20"
    assert answer.headers["location"] == f"/v1/applications/{submitted['application_id']}"
    assert answer.headers["etag"] == '"1"'
    assert "Avery" not in answer.text


async def test_a_deficiency_names_what_is_missing_and_waits_on_the_applicant(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body(documents=ALL_BUT_LIVE_SCAN))
    application_id = submitted["application_id"]

    answer = await office.http.post(
        f"/v1/applications/{application_id}/deficiencies", json={}, headers=office.reviewer
    )

    shown = await office.show(application_id)
    duties = await office.duties("answer-deficiency", answer.json()["deficiency_id"])
    assert answer.json()["items"] == ["live-scan-receipt"]
    assert answer.json()["answer_due_on"] == "2026-12-20"
    assert (shown["state"], shown["waiting_on"]) == ("waiting-on-applicant", "applicant")
    assert shown["deficiencies"][0]["items"][0]["reason"] == "not received"
    assert (duties[0]["owner_role"], duties[0]["state"]) == ("applicant", "open")
    assert duties[0]["owner_person"] == str(office.applicant_id)


async def test_an_application_with_a_missing_item_is_not_complete(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body(documents=ALL_BUT_LIVE_SCAN))
    url = f"/v1/applications/{submitted['application_id']}/completions"

    answer = await office.http.post(url, headers=office.reviewer)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:incomplete"
    assert answer.json()["faults"][0]["field"] == "documents.live-scan-receipt"
    assert await office.duties("decide-application", submitted["application_id"]) == []


async def test_the_last_missing_item_meets_the_duty_and_gives_the_turn_to_the_board(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body(documents=ALL_BUT_LIVE_SCAN))
    url = f"/v1/applications/{submitted['application_id']}"
    sent = await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)

    answer = await office.http.post(
        f"{url}/documents", json={"item": "live-scan-receipt"}, headers=office.applicant
    )

    shown = await office.show(submitted["application_id"])
    duties = await office.duties("answer-deficiency", sent.json()["deficiency_id"])
    assert answer.status_code == 201
    assert (answer.json()["missing"], answer.json()["waiting_on"]) == ([], "board")
    assert shown["deficiencies"][0]["items"][0]["cured_on"] == "2026-11-20"
    assert duties[0]["state"] == "met"


async def test_one_of_two_named_items_leaves_the_turn_with_the_applicant(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body(documents=ALL_BUT_LIVE_SCAN[1:]))
    url = f"/v1/applications/{submitted['application_id']}"
    sent = await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)

    answer = await office.http.post(
        f"{url}/documents", json={"item": "application-form"}, headers=office.applicant
    )

    duties = await office.duties("answer-deficiency", sent.json()["deficiency_id"])
    assert answer.json()["state"] == "waiting-on-applicant"
    assert duties[0]["state"] == "open"


async def test_an_item_that_the_notice_does_not_name_leaves_the_turn_with_the_applicant(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body(documents=ALL_BUT_LIVE_SCAN[1:]))
    url = f"/v1/applications/{submitted['application_id']}"
    named = {"items": [{"item": "live-scan-receipt", "reason": "the form is unreadable"}]}
    await office.http.post(f"{url}/deficiencies", json=named, headers=office.reviewer)

    answer = await office.http.post(
        f"{url}/documents", json={"item": "application-form"}, headers=office.applicant
    )

    assert answer.json()["waiting_on"] == "applicant"
    assert answer.json()["missing"] == ["live-scan-receipt"]


async def test_only_completeness_starts_the_clock_and_only_the_decision_meets_it(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body(documents=ALL_BUT_LIVE_SCAN))
    application_id = submitted["application_id"]
    assert await office.duties("decide-application", application_id) == []
    clock.advance(timedelta(days=10))
    await office.http.post(
        f"/v1/applications/{application_id}/documents",
        json={"item": "live-scan-receipt"},
        headers=office.applicant,
    )

    completed = await office.complete(application_id)
    open_duty = await office.duties("decide-application", application_id)
    clock.advance(timedelta(days=45))
    await office.decide(application_id)
    met_duty = await office.duties("decide-application", application_id)

    assert (completed["completed_on"], completed["due_on"]) == ("2026-11-30", "2027-01-14")
    assert "Complete on November 30, 2026" in completed["explanation"]["text"]
    assert completed["explanation"]["start"]["evidence"] == (
        f"application {application_id}, found complete on 2026-11-30"
    )
    assert open_duty[0]["state"] == "open"
    assert open_duty[0]["duty_id"] == completed["duty_id"]
    assert (met_duty[0]["state"], met_duty[0]["met_on"]) == ("met", "2027-01-14")


async def test_a_decision_after_the_45_days_meets_the_duty_late(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    clock.advance(timedelta(days=46))

    await office.decide(submitted["application_id"])

    duties = await office.duties("decide-application", submitted["application_id"])
    assert duties[0]["state"] == "met-late"


async def test_a_grant_certifies_for_two_years_and_announces_it(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])

    answer = await office.decide(submitted["application_id"])

    decided = answer.json()
    shown = await office.http.get(answer.headers["location"], headers=office.reviewer)
    assert decided["number"].startswith("PRV-")
    assert (decided["effective_from"], decided["effective_until"]) == ("2026-11-20", "2028-11-20")
    assert shown.json()["holder_id"] == submitted["holder_id"]
    assert shown.json()["holds_today"] is True
    assert await office.announced(submitted["application_id"]) == [
        "certification.application.submitted",
        "certification.application.completed",
        "certification.application.decided",
    ]
    assert await office.announced(decided["certification_id"]) == [
        "certification.certification.granted"
    ]


async def test_a_denial_says_why_and_certifies_nobody(office: BoardOffice) -> None:
    submitted = await office.submit(office.program_body())
    await office.complete(submitted["application_id"])

    answer = await office.decide(
        submitted["application_id"], outcome="denied", reasons=["no polygraph examiner"]
    )

    shown = await office.show(submitted["application_id"])
    program = await office.http.get(
        f"/v1/programs/{submitted['holder_id']}", headers=office.reviewer
    )
    assert answer.status_code == 201
    assert answer.json()["certification_id"] is None
    assert answer.headers["location"].startswith("/v1/applications/")
    assert shown["decision"]["reasons"] == ["no polygraph examiner"]
    assert (shown["state"], shown["waiting_on"]) == ("decided", None)
    assert program.status_code == 404


async def test_a_grant_may_take_effect_on_a_later_day(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])

    answer = await office.decide(
        submitted["application_id"],
        outcome="granted-with-conditions",
        conditions=["a log each quarter"],
        effective_on="2026-12-01",
    )

    shown = await office.http.get(answer.headers["location"], headers=office.reviewer)
    assert answer.json()["effective_until"] == "2028-12-01"
    assert shown.json()["holds_today"] is False


async def test_an_assigned_reviewer_owes_the_decision(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    reviewer = str(new_id())

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/assignments",
        json={"reviewer": reviewer},
        headers=office.holding(Role.BOARD_MANAGER),
    )

    duties = await office.duties("decide-application", submitted["application_id"])
    assert answer.status_code == 201
    assert duties[0]["owner_person"] == reviewer
    assert (await office.show(submitted["application_id"]))["reviewer_id"] == reviewer


async def test_an_application_assigned_before_it_is_complete_is_owed_by_its_reviewer(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())
    reviewer = str(new_id())
    await office.http.post(
        f"/v1/applications/{submitted['application_id']}/assignments",
        json={"reviewer": reviewer},
        headers=office.holding(Role.BOARD_MANAGER),
    )

    await office.complete(submitted["application_id"])

    duties = await office.duties("decide-application", submitted["application_id"])
    assert duties[0]["owner_person"] == reviewer
