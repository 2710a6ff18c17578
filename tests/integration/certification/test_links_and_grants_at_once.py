"""A provider is linked while a renewal of the program is granted: one waits, nobody is cut off."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from certification.storage import certifications, programs
from faults.waiting import until
from integration.certification.board_office import BoardOffice
from integration.certification.program_desk import ProgramDesk, open_desk
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.principals import process_actor

WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
async def desk(office: BoardOffice) -> ProgramDesk:
    return await open_desk(office)


async def test_a_link_beside_a_renewal_waits_for_it(desk: ProgramDesk) -> None:
    provider = await desk.provider()
    cause = Cause(process_actor("board"), new_id())

    async with desk.office.database.transaction(cause) as tx:
        await certifications.locked(tx, UUID(desk.certified["certification_id"]))
        body = {"number": provider["number"]}
        linking = asyncio.create_task(desk.post("providers", body))

        async def is_waiting() -> bool:
            async with desk.office.database.engine.connect() as connection:
                return bool((await connection.execute(text(WAITING))).scalar_one())

        await until(is_waiting)
        await programs.locked(tx, UUID(desk.program_id))
    answer = await linking

    assert answer.status_code == 201, answer.text
