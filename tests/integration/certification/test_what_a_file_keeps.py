"""What was said of a file and what was decided on it is shown as it was said."""

from datetime import timedelta

from sqlalchemy import text

from integration.certification.board_office import BoardOffice
from shared.testing.clocks import FixedClock


async def test_a_file_shows_its_fee_what_the_program_is_in_law_and_how_far_its_check_is(
    office: BoardOffice,
) -> None:
    body = office.program_body(client_band="1-10", entity_type="nonprofit")
    submitted = await office.submit(body)
    url = f"/v1/applications/{submitted['application_id']}/live-scan-statuses"

    answer = await office.http.post(url, json={"status": "sent"}, headers=office.reviewer)

    shown = await office.show(submitted["application_id"])
    assert answer.status_code == 201, answer.text
    assert (shown["fee_usd"], shown["entity_type"], shown["live_scan"]) == (90, "nonprofit", "sent")


async def test_a_decision_keeps_its_conditions_and_the_documents_it_was_made_on(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.program_body())
    await office.complete(submitted["application_id"])

    decided = await office.decide(
        submitted["application_id"],
        outcome="granted-with-conditions",
        conditions=["reports each year"],
        public_conditions=["adults only"],
    )

    statement = text("SELECT inputs FROM decisions WHERE id = :id")
    async with office.database.engine.connect() as connection:
        inputs = (
            await connection.execute(statement, {"id": decided.json()["decision_id"]})
        ).scalar_one()
    shown = (await office.show(submitted["application_id"]))["decision"]
    assert (shown["conditions"], shown["public_conditions"]) == (
        *(["reports each year"], ["adults only"]),
    )
    assert inputs["documents"] == {
        "application-form": "2026-11-20",
        "representative-attestation": "2026-11-20",
        "provider-list": "2026-11-20",
        "polygraph-arrangement": "2026-11-20",
        "fee": "2026-11-20",
    }


async def test_the_clock_of_a_decision_says_when_the_file_was_found_complete(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    identity = submitted["application_id"]
    clock.advance(timedelta(days=3))
    await office.complete(identity)
    (duty,) = await office.duties("decide-application", identity)

    answer = await office.http.get(
        f"/v1/duties/{duty['duty_id']}/explanation", headers=office.reviewer
    )

    assert answer.json()["start"]["evidence"] == (
        f"application {identity}, found complete on 2026-11-23, 3 days later"
    )


async def test_a_denial_is_appealed_once_and_its_appeal_decided_once(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"], outcome="denied", reasons=["no license"])
    appeals = f"/v1/applications/{submitted['application_id']}/appeals"
    filed = await office.http.post(appeals, json={"grounds": "why"}, headers=office.applicant)
    outcome = {"outcome": "upheld", "reasons": ["still none"]}
    url = f"{appeals}/{filed.json()['appeal_id']}/outcomes"
    upheld = await office.http.post(url, json=outcome, headers=office.manager)

    second = await office.http.post(appeals, json={"grounds": "more"}, headers=office.applicant)
    twice = await office.http.post(url, json=outcome, headers=office.manager)

    assert (upheld.status_code, second.status_code, twice.status_code) == (201, 409, 409)
    assert second.json()["type"] == "urn:casomb:problem:appealed-before"
