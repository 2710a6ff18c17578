"""Whoever has an interest in a file does nothing to it, and it is found without being declared."""

from uuid import UUID

import httpx

from integration.certification.board_office import PROGRAM_ITEMS, BoardOffice, Json
from integration.certification.program_desk import ProgramDesk, open_desk, refusal
from shared.identifiers import new_id
from shared.security.principals import Role

INTERESTED = (403, "conflict-of-interest")


def _staff(office: BoardOffice, person: UUID | str) -> dict[str, str]:
    """The header of somebody who reviews and manages, and may do everything that staff may."""
    return office.issuer.authorization(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, sub=person)


def _person(office: BoardOffice) -> BoardOffice:
    """The same office, where somebody else applies."""
    return BoardOffice(office.http, office.issuer, office.database)


async def _assign(office: BoardOffice, application_id: str, person: UUID) -> httpx.Response:
    return await office.http.post(
        f"/v1/applications/{application_id}/assignments",
        json={"reviewer": str(person)},
        headers=office.holding(Role.BOARD_MANAGER, sub=new_id()),
    )


async def test_whoever_applies_does_nothing_to_the_file_as_staff(office: BoardOffice) -> None:
    staff = _staff(office, office.applicant_id)
    submitted = await office.submit(office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}"
    item = {"item": "fee", "outcome": "accepted"}
    acts: list[tuple[str, Json | None]] = [
        ("completions", None),
        ("item-reviews", item),
        ("deficiencies", {}),
        ("live-scan-statuses", {"status": "cleared"}),
        ("assignments", {"reviewer": str(office.reviewer_id)}),
        ("reviews", None),
        ("releases", None),
        ("abandonments", None),
        ("decisions", {"outcome": "granted"}),
    ]

    seen = staff | {"If-Match": await office.etag(submitted["application_id"])}
    refused = [
        await office.http.post(f"{url}/{what}", json=body, headers=seen) for what, body in acts
    ]

    assert [refusal(each) for each in refused] == [INTERESTED] * len(acts)
    assert refused[0].json()["because"] == ["applicant"]


async def test_whoever_was_denied_does_not_decide_the_appeal(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}"
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"], outcome="denied", reasons=["no log"])
    filed = await office.http.post(
        f"{url}/appeals", json={"grounds": "it was there"}, headers=office.applicant
    )

    refused = await office.http.post(
        f"{url}/appeals/{filed.json()['appeal_id']}/outcomes",
        json={"outcome": "reversed", "reasons": ["it was there"]},
        headers=_staff(office, office.applicant_id),
    )

    assert refusal(refused) == INTERESTED


async def test_a_holder_changes_nothing_about_the_own_certification_as_staff(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    url = f"/v1/certifications/{granted['certification_id']}"
    dates = {"effective_from": "2026-11-20", "effective_until": "2030-11-20"}
    acts = ("suspensions", "reinstatements", "revocations", "surrenders")

    seen = _staff(office, office.applicant_id) | {"If-Match": '"1"'}
    why: Json = {"reasons": ["a reason"]}
    refused = [
        *[await office.http.post(f"{url}/{what}", json=why, headers=seen) for what in acts],
        await office.http.post(f"{url}/corrections", json=why | dates, headers=seen),
    ]

    assert [refusal(each) for each in refused] == [INTERESTED] * 5


async def _linked(office: BoardOffice) -> tuple[ProgramDesk, BoardOffice, Json]:
    """A program, somebody who is a provider there, and that provider's certification."""
    desk = await open_desk(office)
    member = _person(office)
    provider = await member.certified(member.provider_body())
    await desk.changed("providers", {"provider_id": provider["holder_id"]})
    return desk, member, provider


async def _program_renewal(desk: ProgramDesk) -> str:
    body = desk.office.program_body(
        purpose="renewal", certification_id=desk.certified["certification_id"]
    )
    submitted = await desk.office.submit(body | {"documents": list(PROGRAM_ITEMS)})
    found: str = submitted["application_id"]
    return found


async def test_a_provider_of_the_program_does_not_review_its_renewal_even_afterwards(
    office: BoardOffice,
) -> None:
    desk, member, _ = await _linked(office)
    renewal = await _program_renewal(desk)
    (link,) = await desk.providers()
    at_work = await _assign(office, renewal, member.applicant_id)
    await desk.changed(f"providers/{link['link_id']}/endings", {"effective_on": "2026-11-21"})

    left = await _assign(office, renewal, member.applicant_id)

    assert (refusal(at_work), refusal(left)) == (INTERESTED, INTERESTED)
    assert at_work.json()["because"] == ["same-program"]


async def test_who_is_named_in_the_token_as_provider_or_program_is_barred_like_the_account(
    office: BoardOffice,
) -> None:
    desk, _, provider = await _linked(office)
    url = f"/v1/applications/{await _program_renewal(desk)}/completions"
    claims = ({"provider": provider["holder_id"]}, {"program": desk.program_id})

    refused = [
        await office.http.post(
            url, headers=office.holding(Role.BOARD_REVIEWER, sub=new_id(), **claim)
        )
        for claim in claims
    ]

    assert [refusal(each) for each in refused] == [INTERESTED, INTERESTED]


async def test_the_representative_and_the_colleagues_do_not_review_a_provider_of_the_program(
    office: BoardOffice,
) -> None:
    desk, member, provider = await _linked(office)
    colleague = _person(office)
    other = await colleague.certified(colleague.provider_body())
    await desk.changed("providers", {"provider_id": other["holder_id"]})
    body = member.provider_body(purpose="renewal", certification_id=provider["certification_id"])
    renewal = (await member.submit(body))["application_id"]

    representative = await _assign(office, renewal, office.applicant_id)
    fellow = await _assign(office, renewal, colleague.applicant_id)

    assert (refusal(representative), refusal(fellow)) == (INTERESTED, INTERESTED)


async def test_neither_supervisor_nor_supervisee_reviews_the_other(office: BoardOffice) -> None:
    supervisor, supervisee = _person(office), _person(office)
    above = await supervisor.certified(supervisor.provider_body())
    below = await supervisee.certified(supervisee.provider_body())
    agreement = {
        "supervisee_id": below["holder_id"],
        "supervisor_id": above["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    }
    await office.http.post("/v1/supervision-agreements", json=agreement, headers=office.reviewer)
    of_supervisee = await supervisee.submit(supervisee.program_body())
    of_supervisor = await supervisor.submit(supervisor.program_body())

    by_supervisor = await _assign(office, of_supervisee["application_id"], supervisor.applicant_id)
    by_supervisee = await _assign(office, of_supervisor["application_id"], supervisee.applicant_id)

    assert (refusal(by_supervisor), refusal(by_supervisee)) == (INTERESTED, INTERESTED)
    assert by_supervisor.json()["because"] == ["supervision-agreement"]


async def test_who_supervises_a_provider_of_the_program_does_not_review_the_program(
    office: BoardOffice,
) -> None:
    desk, _, provider = await _linked(office)
    supervisor = _person(office)
    above = await supervisor.certified(supervisor.provider_body())
    agreement = {
        "supervisee_id": provider["holder_id"],
        "supervisor_id": above["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    }
    await office.http.post("/v1/supervision-agreements", json=agreement, headers=office.reviewer)

    refused = await _assign(office, await _program_renewal(desk), supervisor.applicant_id)

    assert refusal(refused) == INTERESTED


async def test_picking_by_workload_passes_over_the_interested_and_the_decision_names_them(
    office: BoardOffice,
) -> None:
    desk, member, _ = await _linked(office)
    neutral = new_id()
    other_file = await _person(office).submit(office.provider_body())
    await _assign(office, other_file["application_id"], member.applicant_id)
    renewal = await _program_renewal(desk)
    await office.complete(renewal)

    picked = await office.http.post(
        f"/v1/applications/{renewal}/assignments",
        json={"among": [str(member.applicant_id), str(neutral)]},
        headers=office.holding(Role.BOARD_MANAGER, sub=new_id()),
    )
    decided = await office.http.post(
        f"/v1/applications/{renewal}/decisions",
        json={"outcome": "granted"},
        headers=office.holding(Role.BOARD_REVIEWER, sub=neutral)
        | {"If-Match": await office.etag(renewal)},
    )

    shown = await office.show(renewal)
    assert picked.json()["reviewer"] == str(neutral)
    assert decided.status_code == 201, decided.text
    assert shown["decision"]["barred"] == [
        {"reviewer": str(member.applicant_id), "because": ["same-program"]}
    ]


async def test_a_file_that_another_reviews_is_decided_only_after_it_was_taken_over(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())
    application_id = submitted["application_id"]
    duty = await office.complete(application_id)
    first = office.holding(Role.BOARD_REVIEWER, sub=new_id())
    await office.http.post(f"/v1/applications/{application_id}/reviews", headers=first)

    refused = await office.decide(application_id)
    await _assign(office, application_id, office.reviewer_id)
    decided = await office.decide(application_id)

    assert refusal(refused) == (409, "assigned-to-another")
    assert f"POST /v1/applications/{application_id}/assignments" in refused.json()["detail"]
    assert decided.status_code == 201
    assert "certification.duty.handed-over" in await office.announced(duty["duty_id"])


async def test_only_a_manager_declares_the_interest_of_somebody_else(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    body = {"holder_id": submitted["holder_id"], "reason": "a cousin"}
    url = "/v1/conflicts-of-interest"

    of_another = await office.http.post(
        url, json=body | {"reviewer": str(new_id())}, headers=office.reviewer
    )
    own = await office.http.post(
        url, json=body | {"reviewer": str(office.reviewer_id)}, headers=office.reviewer
    )

    assert refusal(of_another) == (403, "not-your-conflict")
    assert own.status_code == 201


async def test_a_declared_interest_goes_on_when_the_same_account_applies_anew(
    office: BoardOffice,
) -> None:
    first = await office.submit(office.provider_body())
    declared = {"holder_id": first["holder_id"], "reason": "a cousin"}
    await office.http.post(
        "/v1/conflicts-of-interest",
        json=declared | {"reviewer": str(office.reviewer_id)},
        headers=office.reviewer,
    )
    await office.http.post(
        f"/v1/applications/{first['application_id']}/withdrawals", headers=office.applicant
    )

    anew = await office.submit(office.provider_body())
    refused = await office.http.post(
        f"/v1/applications/{anew['application_id']}/completions", headers=office.reviewer
    )

    assert refusal(refused) == INTERESTED


async def test_nobody_records_a_scorer_credential_or_an_agreement_of_their_own(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    staff = _staff(office, office.applicant_id)
    span = {"effective_from": "2026-11-20", "effective_until": "2028-11-20"}
    credential = {"scorer_id": granted["holder_id"], "instrument": "sra-fv", "reference": "S-1"}
    agreement = {
        "supervisee_id": str(new_id()),
        "supervisor_id": granted["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    }

    refused = [
        await office.http.post("/v1/scorer-credentials", json=credential | span, headers=staff),
        await office.http.post("/v1/supervision-agreements", json=agreement, headers=staff),
    ]

    assert [refusal(each) for each in refused] == [INTERESTED, INTERESTED]
