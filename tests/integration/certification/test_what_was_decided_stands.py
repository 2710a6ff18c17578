"""No correction and no renewal undoes a revocation, a surrender or a suspension, over HTTP."""

from datetime import timedelta

import httpx

from integration.certification.board_office import ANOTHER, PROVIDER_ITEMS, BoardOffice, Json
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


async def _change(
    office: BoardOffice, certification_id: str, what: str, **body: object
) -> httpx.Response:
    url = f"/v1/certifications/{certification_id}"
    tag = (await office.http.get(url, headers=office.reviewer)).headers["etag"]
    return await office.http.post(
        f"{url}/{what}",
        json={"reasons": ["a reason"], **body},
        headers=office.holding(Role.BOARD_MANAGER) | {"If-Match": tag},
    )


async def _register(office: BoardOffice, number: str, **query: str) -> Json:
    answer = await office.http.get(f"/v1/register/provider/{number}", params=query)
    entry: Json = answer.json()
    return entry


def _renewal(office: BoardOffice, granted: Json) -> Json:
    return office.provider_body(purpose="renewal", certification_id=granted["certification_id"])


async def test_a_correction_that_would_leave_the_revocation_out_is_refused(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    clock.advance(timedelta(days=10))
    await _change(office, granted["certification_id"], "revocations")

    dates = {"effective_from": "2026-11-20", "effective_until": "2026-11-30"}
    refused = await _change(office, granted["certification_id"], "corrections", **dates)

    entry = await _register(office, granted["number"])
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:decided-outside-term"
    assert refused.json()["change"] == "revoked"
    assert refused.json()["effective_on"] == "2026-11-30"
    assert (entry["status"], entry["since"]) == ("revoked", "2026-11-30")


async def test_a_correction_that_would_begin_after_the_revocation_is_refused(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    await _change(office, granted["certification_id"], "revocations")

    dates = {"effective_from": "2027-01-04", "effective_until": "2029-01-04"}
    refused = await _change(office, granted["certification_id"], "corrections", **dates)

    entry = await _register(office, granted["number"])
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:decided-outside-term"
    assert (entry["status"], entry["since"]) == ("revoked", "2026-11-20")


async def test_an_upgrade_is_not_corrected_to_begin_after_it_replaced_what_was_before(
    office: BoardOffice,
) -> None:
    items = [*PROVIDER_ITEMS, "supervision-agreement"]
    granted = await office.certified(office.provider_body(level="associate", documents=items))
    upgrade = office.provider_body(purpose="upgrade", certification_id=granted["certification_id"])
    upgraded = await office.certified(upgrade)

    dates = {"effective_from": "2026-12-01", "effective_until": "2028-11-20"}
    refused = await _change(office, upgraded["certification_id"], "corrections", **dates)

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:replaced-before"
    assert refused.json()["certification_id"] == granted["certification_id"]


async def test_a_term_does_not_go_on_over_the_revocation_of_its_renewal(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))
    url = renewed["certification_id"]
    await _change(office, url, "revocations", effective_on="2028-12-20")

    dates = {"effective_from": "2026-11-20", "effective_until": "2029-11-20"}
    refused = await _change(office, granted["certification_id"], "corrections", **dates)

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:followed-already"
    assert refused.json()["certification_id"] == renewed["certification_id"]


async def test_a_renewal_corrected_to_begin_sooner_ends_what_it_follows_and_its_revocation_counts(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))
    dates = {"effective_from": "2026-11-20", "effective_until": "2030-11-20"}

    corrected = await _change(office, renewed["certification_id"], "corrections", **dates)
    await _change(office, renewed["certification_id"], "revocations")

    entry = await _register(office, granted["number"])
    (ended,) = corrected.json()["also_changed"]
    assert ended["certification_id"] == granted["certification_id"]
    assert ended["effective_on"] == "2026-11-20"
    assert (entry["status"], entry["since"]) == ("revoked", "2026-11-20")
    assert (await office.announced(granted["certification_id"]))[-1].endswith(".ended")


async def test_an_upgrade_corrected_to_begin_sooner_replaces_what_was_before_from_that_day(
    office: BoardOffice,
) -> None:
    items = [*PROVIDER_ITEMS, "supervision-agreement"]
    granted = await office.certified(office.provider_body(level="associate", documents=items))
    before = granted["certification_id"]
    upgrade = await office.submit(office.provider_body(purpose="upgrade", certification_id=before))
    await office.complete(upgrade["application_id"])
    decided = await office.decide(upgrade["application_id"], effective_on="2026-12-10")
    after = decided.json()["certification_id"]
    dates = {"effective_from": "2026-11-25", "effective_until": "2028-11-25"}

    await _change(office, after, "corrections", **dates)
    again = await _change(office, after, "corrections", **dates)
    longer = {"effective_from": "2026-11-20", "effective_until": "2029-01-01"}
    harmless = await _change(office, before, "corrections", **longer)

    history = (await office.http.get(f"/v1/register/provider/{granted['number']}/history")).json()
    upgraded = [each for each in history["changes"] if each["change"] == "upgraded"]
    steps = [(each["level"], each["effective_from"]) for each in history["standings"]]
    assert (again.status_code, harmless.status_code) == (201, 201)
    assert sorted(each["effective_on"] for each in upgraded) == ["2026-11-25", "2026-12-10"]
    assert steps[:2] == [("associate", "2026-11-20"), ("independent", "2026-11-25")]


async def test_a_renewal_stays_one_when_the_level_of_either_was_corrected(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))
    leveled = await _change(
        office, granted["certification_id"], "level-corrections", level="associate"
    )
    dates = {"effective_from": "2026-12-20", "effective_until": "2028-12-20"}

    await _change(office, renewed["certification_id"], "corrections", **dates)

    url = f"/v1/register/provider/{granted['number']}/history"
    changes = [each["change"] for each in (await office.http.get(url)).json()["changes"]]
    assert leveled.status_code == 201, leveled.text
    assert "renewed" in changes
    assert "upgraded" not in changes


async def test_what_was_suspended_before_it_began_does_not_begin_sooner(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))
    await _change(office, granted["certification_id"], "suspensions")
    ended = {"effective_from": "2026-11-20", "effective_until": "2026-11-21"}
    await _change(office, granted["certification_id"], "corrections", **ended)

    dates = {"effective_from": "2026-12-20", "effective_until": "2028-11-21"}
    refused = await _change(office, renewed["certification_id"], "corrections", **dates)

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:decided-outside-term"
    assert refused.json()["change"] == "suspended"


async def test_what_has_expired_is_not_made_to_hold_again_by_a_correction(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    typed = {"effective_from": "2026-11-20", "effective_until": "2026-12-01"}
    await _change(office, granted["certification_id"], "corrections", **typed)
    clock.advance(timedelta(days=20))

    beyond = typed | {"effective_until": "2028-11-21"}
    refused = await _change(office, granted["certification_id"], "corrections", **beyond)
    within = typed | {"effective_until": "2028-11-20"}
    mended = await _change(office, granted["certification_id"], "corrections", **within)

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:expired-certification"
    assert mended.status_code == 201


async def test_a_grant_is_not_corrected_to_a_day_before_its_decision(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())

    dates = {"effective_from": "2026-11-19", "effective_until": "2028-11-19"}
    refused = await _change(office, granted["certification_id"], "corrections", **dates)

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:before-its-decision"
    assert refused.json()["decided_on"] == "2026-11-20"


async def test_a_revocation_ends_the_renewal_that_was_granted_ahead(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))

    revoked = await _change(office, granted["certification_id"], "revocations")

    entry = await _register(office, granted["number"])
    owed = await office.duties("renew-certification", renewed["certification_id"])
    assert revoked.json()["also_changed"] == [
        {
            "certification_id": renewed["certification_id"],
            "number": granted["number"],
            "effective_on": "2028-11-20",
        }
    ]
    assert (entry["status"], entry["next_change"]) == ("revoked", None)
    assert (await office.announced(renewed["certification_id"]))[-1].endswith(".ended")
    assert [each["state"] for each in owed] == ["canceled"]


async def test_a_suspension_and_its_end_reach_the_renewal_that_was_granted_ahead(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))

    suspended = await _change(office, granted["certification_id"], "suspensions")
    while_suspended = await _register(office, granted["number"])
    clock.advance(timedelta(days=30))
    await _change(office, granted["certification_id"], "reinstatements")
    reinstated = await _register(office, granted["number"])

    assert [each["effective_on"] for each in suspended.json()["also_changed"]] == ["2028-11-20"]
    assert while_suspended["next_change"]["status"] == "expired"
    assert while_suspended["next_change"]["effective_on"] == "2030-11-20"
    assert (reinstated["status"], reinstated["effective_until"]) == ("certified", "2030-11-20")
    assert (await office.announced(renewed["certification_id"])) == [
        "certification.certification.granted",
        "certification.certification.suspended",
        "certification.certification.reinstated",
    ]


async def test_what_the_renewal_was_suspended_for_by_itself_is_not_lifted_with_another(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    renewed = await office.certified(_renewal(office, granted))
    await _change(office, renewed["certification_id"], "suspensions", effective_on="2028-11-20")

    await _change(office, granted["certification_id"], "suspensions")
    reinstated = await _change(office, granted["certification_id"], "reinstatements")

    assert reinstated.json()["also_changed"] == []


async def test_a_renewal_that_begins_early_does_not_stand_in_the_way_of_a_suspension(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    renewal = await office.submit(_renewal(office, granted))
    await office.complete(renewal["application_id"])
    await office.decide(renewal["application_id"], effective_on="2026-12-01")

    suspended = await _change(office, granted["certification_id"], "suspensions")

    later = await _register(office, granted["number"])
    assert suspended.status_code == 201
    assert (later["status"], later["next_change"]["status"]) == ("suspended", "expired")
    assert later["next_change"]["effective_on"] == "2028-12-01"


async def test_no_renewal_is_granted_of_what_is_suspended(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    await _change(office, granted["certification_id"], "suspensions")
    renewal = await office.submit(_renewal(office, granted))
    await office.complete(renewal["application_id"])

    refused = await office.decide(renewal["application_id"])

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:suspended-certification"


async def test_what_is_to_be_revoked_on_a_later_day_is_not_renewed(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    await _change(office, granted["certification_id"], "revocations", effective_on="2027-01-04")

    refused = await office.http.post(
        "/v1/applications", json=_renewal(office, granted), headers=office.applicant
    )

    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:casomb:problem:revoked-certification"


async def _queue_line(office: BoardOffice, application_id: str) -> Json:
    answer = await office.http.get("/v1/queue", params={"limit": 200}, headers=office.reviewer)
    lines = {each["application_id"]: each for each in answer.json()["items"]}
    found: Json = lines[application_id]
    return found


async def test_the_new_application_of_who_was_revoked_says_so_on_the_file_and_in_the_queue(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    await _change(office, granted["certification_id"], "revocations")

    anew = await office.submit(office.provider_body())
    await office.complete(anew["application_id"])

    held = {"kind": "provider", "number": granted["number"], "level": "independent"}
    assert (await office.show(anew["application_id"]))["held_before"] == [
        held
        | {
            "certification_id": granted["certification_id"],
            "status": "revoked",
            "since": "2026-11-20",
            "changes": [
                {"change": "granted", "effective_on": "2026-11-20"},
                {"change": "revoked", "effective_on": "2026-11-20"},
            ],
        }
    ]
    assert (await _queue_line(office, anew["application_id"]))["held_before"] == ["revoked"]


async def test_the_new_application_of_who_is_certified_already_says_so(
    office: BoardOffice,
) -> None:
    await office.certified(office.provider_body())
    anew = await office.submit(office.provider_body(**ANOTHER))
    await office.complete(anew["application_id"])

    line = await _queue_line(office, anew["application_id"])

    assert line["held_before"] == ["certified"]


async def test_a_first_application_has_nothing_that_was_held_before(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())

    shown = await office.show(granted["application_id"])

    assert shown["held_before"] == []
