"""A certification that stops holding opens one work item in every case that counts on it."""

import asyncio
from datetime import date
from uuid import UUID, uuid4

import pytest

from integration.supervision.board import (
    corrected,
    ended,
    hear_own_work_items,
    recorded,
    reinstated,
    standing_ended,
    suspended,
    told,
    work_items,
)
from integration.supervision.world import VALID, Case, World, granted, standing
from shared.errors import NotYetKnownError
from shared.events.certification import CertificationGranted, ExaminerStandingRecorded
from shared.identifiers import new_id

TODAY = date(2026, 11, 23)
NEXT_MONTH = date(2026, 12, 10)


@pytest.fixture
def provider(world: World) -> CertificationGranted:
    return granted("provider", world.provider_id)


@pytest.fixture
def program(world: World) -> CertificationGranted:
    return granted("program", world.program_id)


@pytest.fixture
def examiner(world: World) -> ExaminerStandingRecorded:
    return standing(world.examiner_id)


@pytest.fixture
async def treated(
    world: World,
    case: Case,
    provider: CertificationGranted,
    program: CertificationGranted,
    examiner: ExaminerStandingRecorded,
) -> Case:
    """A case with a team at work since the first of the month."""
    for event in (provider, program, examiner):
        await world.hear(event)
    assert (await world.form_team(case)).status_code == 201
    return case


async def test_a_suspension_opens_a_work_item_for_the_officer_of_the_case(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    fact_id = new_id()

    await world.hear(suspended(provider, TODAY), event_id=fact_id)

    (item,) = await work_items(world, treated, "&is_open=true")
    assert (item["kind"], item["because"]) == ("certification-lapsed", "suspended")
    assert (item["subject_kind"], item["subject_id"]) == ("case", str(treated.id))
    assert (item["evidence_kind"], item["evidence_id"]) == (
        ("certification", str(provider.certification_id))
    )
    assert (item["fact_id"], item["effective_on"]) == (str(fact_id), "2026-11-23")
    assert (item["owner_role"], item["owner_agency"], item["owner_unit"]) == (
        ("officer", world.agency, "adult")
    )
    assert item["owner_person"] == str(world.officer_id)
    assert await world.published(UUID(item["work_item_id"])) == ["supervision.work-item.opened"]


async def test_every_case_that_counts_on_it_has_one_and_no_other_has(
    world: World, treated: Case, program: CertificationGranted
) -> None:
    second, without_team = await world.open_case(), await world.open_case()
    await world.form_team(second)
    elsewhere = await world.other_agency()
    elsewhere.provider_id, elsewhere.examiner_id = world.provider_id, world.examiner_id
    other_program = await elsewhere.open_case()
    await elsewhere.hear(granted("program", elsewhere.program_id))
    await elsewhere.form_team(other_program)

    await world.hear(suspended(program, TODAY))

    concerned = [await told(world, case) for case in (treated, second)]
    others = [await told(world, without_team), await told(elsewhere, other_program)]
    assert concerned == [[("suspended", "open")]] * 2
    assert others == [[], []]


@pytest.mark.parametrize("because", ["revoked", "surrendered", "voided"])
async def test_an_ending_opens_one_that_says_why(
    world: World, treated: Case, provider: CertificationGranted, because: str
) -> None:
    await world.hear(ended(provider, TODAY, because))

    assert await told(world, treated) == [(because, "open")]


async def test_an_expiry_is_felt_once_it_is_told(world: World, treated: Case) -> None:
    world.provider_id = uuid4()
    expiring = granted("provider", world.provider_id, (VALID[0], TODAY))
    await world.hear(expiring)
    await world.form_team(treated, "2026-11-15")
    before = await told(world, treated)

    await world.hear(ended(expiring, TODAY, "expired"))

    assert (before, await told(world, treated)) == ([], [("expired", "open")])


async def test_a_correction_to_a_term_that_is_over_is_felt_and_so_is_its_own(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(corrected(provider, (VALID[0], date(2026, 11, 20))))
    before = await told(world, treated)

    await world.hear(corrected(provider, VALID))

    assert before == [("corrected", "open")]
    assert await told(world, treated) == [("corrected", "corrected")]


async def test_an_examiner_without_standing_is_felt_as_well(
    world: World, treated: Case, examiner: ExaminerStandingRecorded
) -> None:
    await world.hear(standing_ended(examiner, TODAY, "withdrawn"))

    (item,) = await work_items(world, treated)
    assert (item["because"], item["evidence_kind"]) == ("withdrawn", "examiner-standing")


async def test_the_same_fact_heard_twice_opens_nothing_twice(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    suspension, fact_id = suspended(provider, TODAY), new_id()

    for _ in range(2):
        await world.hear(suspension, event_id=fact_id)

    assert await told(world, treated) == [("suspended", "open")]


async def test_a_reinstatement_resolves_it_by_itself(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(suspended(provider, TODAY))

    await world.hear(reinstated(provider, TODAY))

    (item,) = await work_items(world, treated)
    assert (item["resolution"], item["resolved_by"]) == ("reinstated", "process:supervision")
    assert (await world.published(UUID(item["work_item_id"])))[-1] == (
        "supervision.work-item.resolved"
    )


async def test_a_second_suspension_opens_a_second_one(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(suspended(provider, TODAY))
    await world.hear(reinstated(provider, TODAY))

    await world.hear(suspended(provider, TODAY))

    assert await told(world, treated) == [("suspended", "reinstated"), ("suspended", "open")]


async def test_a_revocation_takes_the_place_of_the_suspension(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(suspended(provider, TODAY))

    await world.hear(ended(provider, TODAY, "revoked"))

    assert await told(world, treated) == [("suspended", "superseded"), ("revoked", "open")]


async def test_a_certification_anew_resolves_it(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(ended(provider, TODAY, "surrendered"))

    await world.hear(granted("provider", world.provider_id, (TODAY, VALID[1])))

    assert await told(world, treated) == [("surrendered", "certified-anew")]


async def test_a_renewal_whose_successor_arrives_later_opens_nothing(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(ended(provider, TODAY, "renewed"))
    await world.hear(granted("provider", world.provider_id, (TODAY, VALID[1])))

    assert await told(world, treated) == []


async def test_a_team_without_the_suspended_provider_resolves_it(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(suspended(provider, TODAY))
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))

    await world.form_team(treated, "2026-11-23")

    assert await told(world, treated) == [("suspended", "team-changed")]


async def test_what_its_officer_has_closed_stays_closed(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    fact_id = new_id()
    await world.hear(suspended(provider, TODAY), event_id=fact_id)
    (item,) = await work_items(world, treated)
    path = f"/v1/work-items/{item['work_item_id']}/resolutions"

    closed = await world.post(path, {"resolution": "handled"}, world.officer)
    await world.hear(suspended(provider, TODAY), event_id=fact_id)
    await world.form_team(treated, "2026-11-15")

    assert closed.status_code == 201
    assert await told(world, treated) == [("suspended", "handled")]


async def test_a_suspension_of_a_later_day_is_told_at_once_with_its_day(
    world: World, treated: Case, program: CertificationGranted
) -> None:
    await world.hear(suspended(program, NEXT_MONTH))

    (item,) = await work_items(world, treated)
    assert (item["is_open"], item["effective_on"]) == (True, "2026-12-10")


async def test_a_team_formed_under_a_suspension_to_come_is_told_as_it_is_formed(
    world: World, case: Case, provider: CertificationGranted, program: CertificationGranted
) -> None:
    for event in (provider, program, standing(world.examiner_id)):
        await world.hear(event)
    await world.hear(suspended(provider, NEXT_MONTH))

    formed = await world.form_team(case, "2026-11-23")

    (item,) = await work_items(world, case)
    assert formed.status_code == 201
    assert (item["because"], item["effective_on"]) == ("suspended", "2026-12-10")


async def test_a_suspension_and_a_team_formed_at_once_find_each_other(
    world: World, case: Case, provider: CertificationGranted, program: CertificationGranted
) -> None:
    for event in (provider, program, standing(world.examiner_id)):
        await world.hear(event)

    formed, _ = await asyncio.gather(
        world.form_team(case, "2026-11-23"), world.hear(suspended(provider, NEXT_MONTH))
    )

    assert formed.status_code == 201
    assert await told(world, case) == [("suspended", "open")]


async def test_what_happens_to_a_certification_not_known_yet_waits(world: World) -> None:
    unknown = granted("provider", world.provider_id)
    never_heard = standing(world.examiner_id)

    for event in (suspended(unknown, TODAY), standing_ended(never_heard, TODAY, "withdrawn")):
        with pytest.raises(NotYetKnownError):
            await world.hear(event)


async def test_the_timeline_of_the_case_tells_of_it(
    world: World, treated: Case, provider: CertificationGranted
) -> None:
    await world.hear(suspended(provider, TODAY))
    await hear_own_work_items(world, treated)

    answer = await world.get(f"/v1/cases/{treated.id}/timeline", world.officer)

    last = answer.json()["items"][-1]
    assert last["kind"] == "supervision.work-item.opened"
    assert last["summary"] == "work item certification-lapsed for the officer: suspended"


async def test_a_suspended_provider_forms_no_team_and_the_refusal_says_since_when(
    world: World, case: Case, provider: CertificationGranted, program: CertificationGranted
) -> None:
    for event in (provider, program, standing(world.examiner_id)):
        await world.hear(event)
    await world.hear(suspended(provider, date(2026, 11, 10)))
    await world.hear(reinstated(provider, date(2026, 11, 20)))

    before, during, after = [
        await world.form_team(case, day) for day in ("2026-11-09", "2026-11-10", "2026-11-20")
    ]

    assert [answer.status_code for answer in (before, during, after)] == [201, 409, 201]
    assert during.json()["detail"].endswith("none since 2026-11-10, when it was suspended")


async def test_who_was_certified_before_this_system_may_be_in_a_team(
    world: World, case: Case, program: CertificationGranted
) -> None:
    for event in (program, standing(world.examiner_id), recorded("provider", world.provider_id)):
        await world.hear(event)

    assert (await world.form_team(case)).status_code == 201
