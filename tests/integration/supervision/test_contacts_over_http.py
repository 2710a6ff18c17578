"""The monthly contact, documented by both sides: every state of a month, and its duty."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from integration.supervision.world import Case, Headers, World, granted
from shared.security.principals import Role

RULE = "monthly-contact"


def contact(case: Case, **differences: object) -> dict[str, object]:
    body: dict[str, object] = {
        "case_id": str(case.id),
        "month": "2026-11",
        "contacted_on": "2026-11-20",
        "mode": "telephone",
        "topics": ["progress", "dynamic-risk"],
    }
    return body | differences


@pytest.fixture
async def teamed(world: World, case: Case) -> Case:
    await world.certify_team()
    formed = await world.form_team(case, "2026-11-01")
    assert formed.status_code == 201
    return case


async def attest(world: World, who: Headers, body: dict[str, object]) -> dict[str, object]:
    answer = await world.post("/v1/contact-attestations", body, who)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def months(world: World, case: Case) -> dict[str, str]:
    answer = await world.get(f"/v1/cases/{case.id}/contact-months", world.officer)
    return {each["month"]: each["state"] for each in answer.json()["items"]}


async def test_a_month_is_empty_then_one_sided_then_met(world: World, teamed: Case) -> None:
    before = await months(world, teamed)
    officers = await attest(world, world.officer, contact(teamed))
    between = await months(world, teamed)
    providers = await attest(world, world.provider, contact(teamed))

    assert before == {"2026-11": "none"}
    assert (officers["side"], officers["month_state"]) == ("officer", "one-sided")
    assert between == {"2026-11": "one-sided"}
    assert (providers["side"], providers["month_state"]) == ("provider", "met")
    assert await months(world, teamed) == {"2026-11": "met"}


async def test_a_met_month_meets_the_duty_and_is_announced(world: World, teamed: Case) -> None:
    await attest(world, world.provider, contact(teamed))
    assert (await world.duty(teamed, RULE))["state"] == "open"

    await attest(world, world.officer, contact(teamed))

    duty = await world.duty(teamed, RULE)
    assert (duty["state"], duty["met_on"]) == ("met", "2026-11-20")
    assert (await world.published(teamed.id))[-3:] == [
        "supervision.contact.attested",
        "supervision.contact.attested",
        "supervision.month.met",
    ]


@pytest.mark.parametrize("difference", [{"contacted_on": "2026-11-19"}, {"mode": "video"}])
async def test_sides_that_differ_contradict_each_other_and_meet_nothing(
    world: World, teamed: Case, difference: dict[str, str]
) -> None:
    await attest(world, world.officer, contact(teamed))

    providers = await attest(world, world.provider, contact(teamed, **difference))

    assert providers["month_state"] == "contradicted"
    assert (await world.duty(teamed, RULE))["state"] == "open"
    assert "supervision.month.met" not in await world.published(teamed.id)


async def test_a_later_month_is_met_without_a_duty_that_nobody_opened(
    world: World, teamed: Case
) -> None:
    world.clock.set(datetime(2026, 12, 15, 18, tzinfo=UTC))
    december = contact(teamed, month="2026-12", contacted_on="2026-12-10")

    await attest(world, world.officer, december)
    await attest(world, world.provider, december)

    answer = await world.get(f"/v1/duties?case_id={teamed.id}&rule={RULE}", world.officer)
    states = {each["due_on"]: each["state"] for each in answer.json()["items"]}
    assert states == {"2026-11-30": "open"}
    assert (await world.published(teamed.id))[-1] == "supervision.month.met"
    assert await months(world, teamed) == {"2026-11": "none", "2026-12": "met"}


async def test_both_sides_see_what_each_documented(world: World, teamed: Case) -> None:
    await attest(world, world.officer, contact(teamed))

    answer = await world.get(f"/v1/cases/{teamed.id}/contact-months", world.provider)

    (month,) = answer.json()["items"]
    assert month["provider"] is None
    assert month["officer"]["contacted_on"] == "2026-11-20"
    assert month["officer"]["topics"] == ["progress", "dynamic-risk"]
    assert (await world.audited(teamed.person_id))[-1] == "contact-months.read"


async def test_a_side_attests_a_month_once(world: World, teamed: Case) -> None:
    first = await attest(world, world.officer, contact(teamed))

    again = await world.post("/v1/contact-attestations", contact(teamed), world.officer)

    assert again.status_code == 409
    assert again.json()["type"].endswith(":already-attested")
    assert again.json()["contact_attestation_id"] == first["contact_attestation_id"]


async def test_one_person_does_not_document_a_contact_for_both_sides(
    world: World, teamed: Case
) -> None:
    herself = world.issuer.authorization(
        Role.PROVIDER, sub=world.officer_id, provider=world.provider_id, program=world.program_id
    )
    await attest(world, world.officer, contact(teamed))

    answer = await world.post("/v1/contact-attestations", contact(teamed), herself)

    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":both-sides-one-person")
    assert await months(world, teamed) == {"2026-11": "one-sided"}


@pytest.mark.parametrize(
    ("difference", "field"),
    [
        ({"contacted_on": "2026-11-24"}, "body.contacted_on"),
        ({"month": "2026-12"}, "body.contacted_on"),
        ({"month": "2026-13"}, "body.month"),
        ({"mode": "fax"}, "body.mode"),
        ({"topics": []}, "body.topics"),
        ({"topics": ["progress", "progress"]}, "body.topics"),
        ({"topics": ["weather"]}, "body.topics.0"),
    ],
)
async def test_an_impossible_contact_is_refused_by_its_field(
    world: World, teamed: Case, difference: dict[str, object], field: str
) -> None:
    answer = await world.post(
        "/v1/contact-attestations", contact(teamed, **difference), world.officer
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field
    assert await months(world, teamed) == {"2026-11": "none"}


async def test_sides_that_attest_at_once_meet_the_month_once(world: World, teamed: Case) -> None:
    answers = await asyncio.gather(
        *(attest(world, who, contact(teamed)) for who in (world.officer, world.provider))
    )

    assert sorted(str(each["month_state"]) for each in answers) == ["met", "one-sided"]
    assert (await world.published(teamed.id)).count("supervision.month.met") == 1


async def test_a_case_without_a_team_has_nobody_to_contact(world: World, case: Case) -> None:
    answer = await world.post("/v1/contact-attestations", contact(case), world.officer)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":no-team")
    assert await months(world, case) == {}


async def test_a_foreign_provider_does_not_find_the_case(world: World, teamed: Case) -> None:
    stranger = world.issuer.authorization(Role.PROVIDER, provider=uuid4())

    answer = await world.post("/v1/contact-attestations", contact(teamed), stranger)

    assert answer.status_code == 404


async def test_a_provider_who_was_replaced_documents_the_contact_of_the_time_before(
    world: World, teamed: Case
) -> None:
    leaving = world.provider
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))
    await world.form_team(teamed, "2026-11-15")

    before = await world.post(
        "/v1/contact-attestations", contact(teamed, contacted_on="2026-11-10"), leaving
    )
    after = await world.post(
        "/v1/contact-attestations", contact(teamed, contacted_on="2026-11-15"), leaving
    )

    assert (before.status_code, before.json()["side"]) == (201, "provider")
    assert after.status_code == 404


async def test_a_provider_does_not_attest_for_the_time_of_the_one_before(
    world: World, teamed: Case
) -> None:
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))
    await world.form_team(teamed, "2026-11-21")

    answer = await world.post("/v1/contact-attestations", contact(teamed), world.provider)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":not-in-team")


async def test_no_duty_is_met_where_program_duties_do_not_bind(world: World) -> None:
    await world.certify_team()
    case = await world.open_case(supervision_type="mandatory-supervision")
    await world.form_team(case)

    await attest(world, world.officer, contact(case))
    providers = await attest(world, world.provider, contact(case))

    assert providers["month_state"] == "met"
    duties = await world.get(f"/v1/duties?case_id={case.id}&rule={RULE}", world.officer)
    assert duties.json()["items"] == []
