"""Who sees what is owed: the agency of the case, whoever owes it, overseers, and the Board."""

from uuid import UUID, uuid4

import pytest

from integration.supervision.told_duties import listed, owed
from integration.supervision.world import Case, Headers, World
from shared.security.principals import Role


@pytest.fixture
async def providers_duty(world: World, case: Case) -> UUID:
    """Owed by the provider and program, in a case of the agency's unit `adult`."""
    return await owed(
        world,
        case,
        owner_role="provider",
        owner_agency=str(world.program_id),
        owner_person=world.provider_id,
    )


def juvenile(world: World, role: Role, sub: UUID) -> Headers:
    """Somebody of the agency's other unit."""
    return world.issuer.authorization(role, sub=sub, agency=world.agency, unit="juvenile")


async def test_the_agency_sees_what_others_owe_in_its_cases(
    world: World, providers_duty: UUID
) -> None:
    for headers in (
        world.officer,
        world.of_agency(Role.UNIT_SUPERVISOR, unit="adult"),
        world.of_agency(Role.UNIT_SUPERVISOR, unit="*"),
        world.of_agency(Role.AGENCY_LEAD),
    ):
        assert await listed(world, headers) == [providers_duty]


async def test_another_unit_does_not_see_it_but_the_agency_lead_does(
    world: World, providers_duty: UUID
) -> None:
    officer = juvenile(world, Role.OFFICER, uuid4())
    lead = juvenile(world, Role.AGENCY_LEAD, uuid4())

    assert await listed(world, officer) == []
    assert await listed(world, world.of_agency(Role.OFFICER)) == []
    assert await listed(world, lead) == [providers_duty]


async def test_an_officer_of_another_unit_sees_what_is_his_own_to_meet(
    world: World, case: Case
) -> None:
    officer = uuid4()
    duty_id = await owed(world, case, owner_agency=world.agency, owner_person=officer)

    assert await listed(world, juvenile(world, Role.OFFICER, officer)) == [duty_id]


async def test_another_agency_sees_neither_the_case_nor_its_duties(
    world: World, case: Case, providers_duty: UUID
) -> None:
    other = await world.other_agency()

    for query in (
        "",
        f"case_id={case.id}",
        f"person_id={case.person_id}",
        f"agency={world.agency}",
    ):
        assert await listed(world, other.officer, query) == []
    assert await listed(world, other.officer, f"owner_person={world.provider_id}") == []
    assert providers_duty in await listed(world, world.officer)


async def test_a_unit_of_the_same_code_elsewhere_does_not_see_it(world: World, case: Case) -> None:
    other = await world.other_agency()
    owed_by_other = await owed(world, case, owner_agency=other.agency)

    assert await listed(world, other.officer) == [owed_by_other]
    assert await listed(world, other.officer, "unit=adult") == []


async def test_provider_and_program_see_what_they_owe_and_nothing_else(
    world: World, case: Case, providers_duty: UUID
) -> None:
    await owed(world, case, owner_agency=world.agency, owner_person=world.officer_id)
    asked = world.issuer.authorization
    provider, program = Role.PROVIDER, Role.PROGRAM_REPRESENTATIVE

    assert await listed(world, asked(provider, provider=world.provider_id)) == [providers_duty]
    assert await listed(world, asked(program, program=world.program_id)) == [providers_duty]
    assert await listed(world, asked(provider, provider=uuid4())) == []
    assert await listed(world, asked(program, program=uuid4())) == []


async def test_applicants_and_examiners_see_their_own(world: World) -> None:
    person = uuid4()
    duty_id = await owed(world, None, "certification", owner_role="applicant", owner_person=person)

    for role in (Role.APPLICANT, Role.EXAMINER):
        assert await listed(world, world.issuer.authorization(role, sub=person)) == [duty_id]
        assert await listed(world, world.issuer.authorization(role, sub=uuid4())) == []


@pytest.mark.parametrize("role", [Role.BOARD_REVIEWER, Role.BOARD_MANAGER])
async def test_the_board_sees_what_is_owed_in_no_case(
    world: World, providers_duty: UUID, role: Role
) -> None:
    person = uuid4()
    decide = await owed(world, None, "certification", owner_role=role, owner_person=person)
    board = world.issuer.authorization(role)

    assert await listed(world, board, f"owner_person={person}") == [decide]
    assert await listed(world, board, f"owner_person={world.provider_id}") == []
    assert providers_duty not in await listed(world, board, "limit=200")


async def test_overseers_see_all(world: World, case: Case, providers_duty: UUID) -> None:
    for role in (Role.AUDITOR, Role.OPERATOR):
        headers = world.issuer.authorization(role)
        assert await listed(world, headers, f"case_id={case.id}") == [providers_duty]


async def test_an_officer_without_an_agency_sees_nothing(
    world: World, providers_duty: UUID
) -> None:
    headers: Headers = world.issuer.authorization(Role.OFFICER, sub=uuid4())

    assert await listed(world, headers) == []
    counts = (await world.get("/v1/owed-duty-counts", headers)).json()
    assert counts["unmet"] == 0
    assert providers_duty in await listed(world, world.officer)


@pytest.mark.parametrize("path", ["/v1/owed-duties", "/v1/owed-duty-counts"])
async def test_doj_partners_and_services_have_no_overview(world: World, path: str) -> None:
    for role in (Role.DOJ, Role.PARTNER, Role.SERVICE):
        assert (await world.get(path, world.issuer.authorization(role))).status_code == 403


async def test_what_was_handed_over_leaves_the_sight_of_who_owed_it(
    world: World, case: Case
) -> None:
    before, after = uuid4(), uuid4()
    duty_id = await owed(world, case, owner_person=before)
    await owed(world, case, duty_id=duty_id, version=2, owner_person=after)

    assert await listed(world, world.issuer.authorization(Role.PROVIDER, provider=before)) == []
    assert await listed(world, world.issuer.authorization(Role.PROVIDER, provider=after)) == [
        duty_id
    ]
