"""The gateway's database goes back to yesterday: DOJ is asked, and what it has stands."""

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from integration.doj_gateway.gateway_world import Score, World
from integration.doj_gateway.test_noticing import a_notice, tell_doj, until_notice
from integration.on_the_record import forget_asked
from local_system.databases import address
from shared.security.principals import Role
from shared.testing.messaging import until
from shared.testing.tokens import LocalIssuer

SEND, SEEN = "dynamic-score-to-doj", "ls-cmi-seen"
BEGIN_EPOCH = """
    INSERT INTO log_epochs (epoch, began_after, tails, began_at, begun_by, reason)
    SELECT coalesce(max(epoch), 1) + 1, 0, '{}', now(), 'console:test', 'restored'
    FROM log_epochs
"""


class Yesterday:
    """A copy of the world's database, to be put in its place."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._of = str(world.database.engine.url.database)
        self._name = f"backup_{secrets.token_hex(6)}"

    async def keep(self) -> None:
        """Copy the database as it is."""
        await self._execute(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._of}"')

    async def restore(self) -> None:
        """Put the copy in the database's place, and begin a new epoch as the runbook says."""
        await self._execute(
            f'DROP DATABASE "{self._of}" WITH (FORCE)',
            f'ALTER DATABASE "{self._name}" RENAME TO "{self._of}"',
        )
        async with self._world.database.engine.begin() as connection:
            await connection.execute(text(BEGIN_EPOCH))

    async def drop(self) -> None:
        """Leave nothing behind."""
        await self._execute(f'DROP DATABASE IF EXISTS "{self._name}"')

    async def _execute(self, *statements: str) -> None:
        await self._world.database.engine.dispose()
        url = self._world.settings.database_url.get_secret_value()
        connection = await asyncpg.connect(address(url, "postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture
async def yesterday(world: World) -> AsyncIterator[Yesterday]:
    """The world's database as it is now."""
    made = Yesterday(world)
    await made.keep()
    yield made
    await made.drop()


async def test_scores_that_doj_has_end_acknowledged_with_one_acceptance_each_at_doj_s_time(
    world: World, yesterday: Yesterday
) -> None:
    scores = [Score() for _ in range(12)]
    heard = [(score.case_opened(), score.finalized(), score.received()) for score in scores]
    for events in heard:
        await world.happens(*events)
    async with world.sending():
        before = [await world.until_state(score, "acknowledged") for score in scores]

    await yesterday.restore()
    world.neighbors.person["family_name"] = "Married"
    for events in heard:
        await world.happens(*events)
    async with world.sending():
        after = [await world.until_state(score, "acknowledged") for score in scores]

    assert [len(world.deliveries(score)) for score in scores] == [1] * 12
    assert [each["deliveries"] for score in scores for each in world.deliveries(score)] == [1] * 12
    assert [row["receipt_number"] for row in after] == [row["receipt_number"] for row in before]
    duties = [(await world.duties(score))[SEND] for score in scores]
    assert [duty["met_at"] for duty in duties] == [row["accepted_at"] for row in before]


async def test_the_form_states_the_california_day_of_the_fact_that_queued_it(
    world: World,
) -> None:
    score = Score()
    heard = [score.case_opened(), score.finalized(), score.received()]

    await world.happens(*heard, announced_at=datetime(2026, 11, 25, 5, tzinfo=UTC))

    assert (await world.submission(score))["sent_on"] == date(2026, 11, 24)


async def test_notices_that_doj_had_acknowledged_come_back_once_an_epoch_has_begun(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer, yesterday: Yesterday
) -> None:
    score = Score(instrument="ls-cmi")
    world.neighbors.identified = [score.case_id]
    events = (score.case_opened(), score.finalized())
    await world.happens(*events)
    doj_id = await tell_doj(world, score)
    async with world.sending():
        told = a_notice(score, doj_id)
        await http.post("/v1/notices", json=told, headers=issuer.authorization(Role.DOJ))
        await until_notice(world, doj_id, "acknowledged")

    await yesterday.restore()
    forget_asked(http)
    await world.happens(*events)
    async with world.sending():

        async def is_back() -> bool:
            query = "SELECT 1 FROM notices WHERE doj_notice_id = :id AND state = 'acknowledged'"
            return bool(await world.rows(query, id=doj_id))

        await until(is_back)

        async def is_noted() -> bool:
            query = "SELECT max(epoch) FROM log_epochs EXCEPT SELECT max(epoch) FROM notice_pulls"
            return not await world.rows(query)

        await until(is_noted)
    assert (await world.duties(score))[SEEN]["state"] == "met"
