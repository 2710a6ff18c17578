"""What was told before takes effect on its day: the clerk sees that a lapse is cured by it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from integration.supervision.board import reinstated, suspended, told
from integration.supervision.world import Case, World, granted, standing
from shared.database.transaction import Cause
from shared.events.certification import CertificationGranted
from shared.identifiers import new_id
from shared.security.principals import process_actor
from supervision.use_cases.look_at_lapses import LookAtLapses

TODAY = date(2026, 11, 23)


@pytest.fixture
def provider(world: World) -> CertificationGranted:
    return granted("provider", world.provider_id)


@pytest.fixture
async def lapsed(world: World, case: Case, provider: CertificationGranted) -> Case:
    """A case whose provider is suspended from today on."""
    for event in (provider, granted("program", world.program_id), standing(world.examiner_id)):
        await world.hear(event)
    await world.form_team(case)
    await world.hear(suspended(provider, TODAY))
    return case


async def looked(world: World, look: LookAtLapses) -> int:
    cause = Cause(process_actor("supervision clerk"), new_id())
    async with world.database.transaction(cause) as tx:
        return await look(tx)


async def test_a_reinstatement_of_a_later_day_cures_on_that_day(
    world: World, lapsed: Case, provider: CertificationGranted
) -> None:
    look = LookAtLapses()
    await world.hear(reinstated(provider, date(2026, 11, 25)))
    world.clock.set(datetime(2026, 11, 25, 7, 59, tzinfo=UTC))
    await looked(world, look)
    before = await told(world, lapsed)
    world.clock.set(datetime(2026, 11, 25, 8, 0, tzinfo=UTC))

    await looked(world, look)

    assert before == [("suspended", "open")]
    assert await told(world, lapsed) == [("suspended", "reinstated")]


async def test_a_team_that_takes_over_later_cures_on_that_day(world: World, lapsed: Case) -> None:
    look = LookAtLapses()
    world.provider_id = uuid4()
    await world.hear(granted("provider", world.provider_id))
    await world.form_team(lapsed, "2026-12-01")
    await looked(world, look)
    before = await told(world, lapsed)
    world.clock.set(datetime(2026, 12, 1, 18, tzinfo=UTC))

    await looked(world, look)

    assert before == [("suspended", "open")]
    assert await told(world, lapsed) == [("suspended", "team-changed")]


async def test_the_clerk_looks_once_a_day_and_every_hour(world: World, lapsed: Case) -> None:
    look = LookAtLapses()
    first, second = await looked(world, look), await looked(world, look)
    world.clock.advance(timedelta(hours=1))

    third = await looked(world, look)

    assert await told(world, lapsed) == [("suspended", "open")]
    assert first > 0
    assert (second, third) == (0, first)
