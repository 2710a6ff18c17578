"""What happens to a certification after its grant, over HTTP, on the days it happens."""

import asyncio
from datetime import timedelta
from uuid import UUID

from certification.storage import certifications
from integration.certification.board_office import BoardOffice, Json
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.principals import Role, process_actor
from shared.testing.clocks import FixedClock


async def _change(
    office: BoardOffice, certification_id: str, what: str, **body: object
) -> tuple[int, Json]:
    answer = await office.http.post(
        f"/v1/certifications/{certification_id}/{what}",
        json={"reasons": ["a reason"], **body},
        headers=office.holding(Role.BOARD_MANAGER),
    )
    return answer.status_code, answer.json()


async def _shown(office: BoardOffice, certification_id: str) -> Json:
    answer = await office.http.get(
        f"/v1/certifications/{certification_id}", headers=office.reviewer
    )
    shown: Json = answer.json()
    return shown


async def test_a_suspended_certification_holds_no_longer_until_it_is_reinstated(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    identity = granted["certification_id"]

    suspended, _ = await _change(office, identity, "suspensions")
    while_suspended = await _shown(office, identity)
    clock.advance(timedelta(days=10))
    reinstated, _ = await _change(office, identity, "reinstatements")
    after = await _shown(office, identity)

    assert (suspended, reinstated) == (201, 201)
    assert (while_suspended["status"], while_suspended["holds_today"]) == ("suspended", False)
    assert while_suspended["status_since"] == "2026-11-20"
    assert (after["status"], after["status_since"]) == ("certified", "2026-11-30")
    assert await office.announced(identity) == [
        "certification.certification.granted",
        "certification.certification.suspended",
        "certification.certification.reinstated",
    ]


async def test_a_suspended_program_leaves_the_directory_the_same_day(office: BoardOffice) -> None:
    granted = await office.certified(office.program_body(name="Quiet Program"))

    before = await office.http.get("/v1/directory", params={"county": "Sacramento"})
    await _change(office, granted["certification_id"], "suspensions")
    after = await office.http.get("/v1/directory", params={"county": "Sacramento"})

    assert granted["number"] in {each["number"] for each in before.json()["items"]}
    assert granted["number"] not in {each["number"] for each in after.json()["items"]}


async def test_a_certification_expires_at_the_end_of_its_term_by_itself(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())

    clock.advance(timedelta(days=731))
    shown = await _shown(office, granted["certification_id"])

    assert (shown["status"], shown["status_since"]) == ("expired", "2028-11-20")


async def test_a_revoked_certification_is_neither_suspended_nor_renewed(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    await _change(office, granted["certification_id"], "revocations")

    status, refused = await _change(office, granted["certification_id"], "suspensions")
    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    answer = await office.http.post("/v1/applications", json=renewal, headers=office.applicant)

    assert (status, refused["type"]) == (409, "urn:casomb:problem:wrong-status")
    assert refused["certification_status"] == "revoked"
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:revoked-certification"


async def test_who_surrenders_a_certification_owes_no_renewal(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())

    status, _ = await _change(office, granted["certification_id"], "surrenders")

    (owed,) = await office.duties("renew-certification", granted["certification_id"])
    assert (status, owed["state"]) == (201, "canceled")
    assert (owed["owner_role"], owed["owner_person"]) == ("provider", granted["holder_id"])


async def test_a_renewal_in_time_takes_over_as_the_term_ends(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    clock.advance(timedelta(days=700))

    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    renewed = await office.certified(renewal)

    owed = await office.duties("renew-certification", granted["certification_id"])
    assert renewed["holder_id"] == granted["holder_id"]
    assert renewed["number"] == granted["number"]
    assert (renewed["effective_from"], renewed["effective_until"]) == ("2028-11-20", "2030-11-20")
    assert (owed[0]["state"], owed[0]["due_on"]) == ("met", "2028-11-19")

    clock.advance(timedelta(days=40))
    entry = (await office.http.get(f"/v1/register/provider/{granted['number']}")).json()
    assert (entry["since"], entry["certified_since"]) == ("2026-11-20", "2026-11-20")


async def test_a_late_renewal_leaves_a_gap_and_is_met_late(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    clock.advance(timedelta(days=760))

    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    renewed = await office.certified(renewal)

    owed = await office.duties("renew-certification", granted["certification_id"])
    assert (granted["effective_until"], renewed["effective_from"]) == ("2028-11-20", "2028-12-19")
    assert owed[0]["state"] == "met-late"


async def test_an_upgrade_is_a_new_decision_that_replaces_what_it_follows(
    office: BoardOffice,
) -> None:
    associate = office.provider_body(level="associate")
    associate["documents"] = [*associate["documents"], "supervision-agreement"]
    granted = await office.certified(associate)

    upgrade = office.provider_body(purpose="upgrade", certification_id=granted["certification_id"])
    upgraded = await office.certified(upgrade)

    before = await _shown(office, granted["certification_id"])
    after = await _shown(office, upgraded["certification_id"])
    owed = await office.duties("renew-certification", granted["certification_id"])
    assert (before["status"], before["level"]) == ("replaced", "associate")
    assert [each["state"] for each in owed] == ["canceled"]
    assert (after["status"], after["level"]) == ("certified", "independent")
    assert after["number"] == before["number"]
    assert (await office.announced(granted["certification_id"]))[-1].endswith(".ended")


async def test_nobody_renews_anothers_certification(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    stranger = office.holding(Role.APPLICANT, sub=new_id())

    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    answer = await office.http.post("/v1/applications", json=renewal, headers=stranger)

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:casomb:problem:certification-not-found"


async def test_a_second_renewal_while_one_is_under_way_is_refused(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    first = await office.submit(renewal)

    answer = await office.http.post("/v1/applications", json=renewal, headers=office.applicant)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:under-way"
    assert answer.json()["application_id"] == first["application_id"]


async def test_a_correction_supersedes_the_dates_and_moves_the_renewal(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    url = f"/v1/certifications/{granted['certification_id']}"
    tag = (await office.http.get(url, headers=office.reviewer)).headers["etag"]
    body = {
        "effective_from": "2026-12-01",
        "effective_until": "2028-12-01",
        "reasons": ["the letter says the first"],
    }

    answer = await office.http.post(
        f"{url}/corrections",
        json=body,
        headers=office.holding(Role.BOARD_MANAGER) | {"If-Match": tag},
    )

    owed = await office.duties("renew-certification", granted["certification_id"])
    assert answer.status_code == 201, answer.text
    assert {each["state"] for each in owed} == {"canceled", "open"}
    assert [each["due_on"] for each in owed if each["state"] == "open"] == ["2028-11-30"]
    assert await office.announced(granted["certification_id"]) == [
        "certification.certification.granted",
        "certification.certification.corrected",
    ]


async def test_a_denial_is_appealed_in_its_window_and_decided_anew_when_reversed(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}"
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"], outcome="denied", reasons=["no log"])
    shown = await office.show(submitted["application_id"])
    clock.advance(timedelta(days=30))

    filed = await office.http.post(
        f"{url}/appeals", json={"grounds": "the log was there"}, headers=office.applicant
    )
    outcome = await office.http.post(
        f"{url}/appeals/{filed.json()['appeal_id']}/outcomes",
        json={"outcome": "reversed", "reasons": ["the log was found"]},
        headers=office.holding(Role.BOARD_MANAGER),
    )
    again = await office.show(submitted["application_id"])
    granted = await office.decide(submitted["application_id"])

    assert shown["decision"]["appeal_open_until"] == "2026-12-20"
    assert (filed.status_code, outcome.status_code) == (201, 201)
    assert (again["state"], again["decision"], again["queue_position"] is None) == (
        "complete",
        None,
        False,
    )
    assert granted.status_code == 201


async def test_an_appeal_after_its_window_is_refused(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"], outcome="denied", reasons=["no log"])
    clock.advance(timedelta(days=31))

    answer = await office.http.post(
        f"/v1/applications/{submitted['application_id']}/appeals",
        json={"grounds": "the log was there"},
        headers=office.applicant,
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:casomb:problem:appeal-window-closed"


async def test_a_renewal_is_not_granted_of_what_was_revoked_meanwhile(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    followed = {"purpose": "renewal", "certification_id": granted["certification_id"]}
    renewal = await office.submit(office.provider_body(**followed))
    await office.complete(renewal["application_id"])
    await _change(office, granted["certification_id"], "revocations")

    refused = await office.decide(renewal["application_id"])
    denied = await office.decide(
        renewal["application_id"], outcome="denied", reasons=["revoked meanwhile"]
    )

    assert (refused.status_code, denied.status_code) == (409, 201)
    assert refused.json()["type"] == "urn:casomb:problem:revoked-certification"


async def test_what_was_renewed_is_not_renewed_again(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    followed = {"purpose": "renewal", "certification_id": granted["certification_id"]}
    renewed = await office.certified(office.provider_body(**followed))

    again = await office.http.post(
        "/v1/applications", json=office.provider_body(**followed), headers=office.applicant
    )

    assert again.status_code == 409
    assert again.json()["type"] == "urn:casomb:problem:followed-already"
    assert again.json()["certification_id"] == renewed["certification_id"]


async def test_a_correction_of_what_was_revoked_makes_nobody_owe_its_renewal(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    url = f"/v1/certifications/{granted['certification_id']}"
    await _change(office, granted["certification_id"], "revocations")
    tag = (await office.http.get(url, headers=office.reviewer)).headers["etag"]
    dates = {"effective_from": "2026-11-20", "effective_until": "2028-11-01"}

    answer = await office.http.post(
        f"{url}/corrections",
        json=dates | {"reasons": ["the letter says so"]},
        headers=office.holding(Role.BOARD_MANAGER) | {"If-Match": tag},
    )

    owed = await office.duties("renew-certification", granted["certification_id"])
    assert answer.status_code == 201
    assert [each["state"] for each in owed] == ["canceled"]


async def test_two_changes_of_one_holders_certifications_come_one_after_the_other(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    clock.advance(timedelta(days=700))
    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    renewed = await office.certified(renewal)

    async with office.database.transaction(Cause(process_actor("board"), new_id())) as tx:
        await certifications.locked(tx, UUID(granted["certification_id"]))
        changing = asyncio.create_task(
            office.http.post(
                f"/v1/certifications/{renewed['certification_id']}/surrenders",
                json={"reasons": ["why"], "effective_on": "2028-11-20"},
                headers=office.reviewer,
            )
        )
        waited = await office.waits(changing)

    assert waited
    assert (await changing).status_code == 201
