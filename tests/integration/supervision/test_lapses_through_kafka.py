"""What certification announces of a suspension reaches the cases concerned, through Kafka."""

from collections.abc import AsyncIterator, Callable
from datetime import date

import pytest

from integration.announcing import Certification, certification_heard_by
from integration.supervision.board import reinstated, suspended, told
from integration.supervision.world import HANDLERS, Case, World, granted, standing
from shared.testing.messaging import until

LONG = (date(2026, 1, 1), date(2096, 1, 1))
"""The consumer has the machine's own clock."""
SINCE = date(2026, 11, 10)


@pytest.fixture
async def certification(
    new_database: Callable[[str | None], str], world: World
) -> AsyncIterator[Certification]:
    """Certification's log, heard by supervision's consumer."""
    async with certification_heard_by(world.database, HANDLERS, new_database) as running:
        yield running


async def until_told(world: World, case: Case, expected: list[tuple[str, str]]) -> None:
    async def as_expected() -> bool:
        return await told(world, case) == expected

    await until(as_expected)


async def test_suspensions_and_their_ends_are_felt_in_every_case(
    world: World, case: Case, certification: Certification
) -> None:
    provider, other = granted("provider", world.provider_id, LONG), await world.open_case()

    async def has_a_team() -> bool:
        return (await world.form_team(case)).status_code == 201

    await certification.announce(
        provider,
        granted("program", world.program_id, LONG),
        standing(world.examiner_id, LONG),
    )
    await until(has_a_team)
    await world.form_team(other)
    await certification.announce(suspended(provider, SINCE))
    await until_told(world, case, [("suspended", "open")])

    await certification.announce(
        reinstated(provider, date(2026, 11, 15)),
        suspended(provider, date(2026, 11, 18)),
        reinstated(provider, date(2026, 11, 20)),
    )

    both = [("suspended", "reinstated"), ("suspended", "reinstated")]
    await until_told(world, case, both)
    await until_told(world, other, both)
