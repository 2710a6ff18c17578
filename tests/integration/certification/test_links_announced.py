"""Who works in which program is announced: links as they are made and ended, older ones once."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from certification.service import SERVICE
from certification.settings import Settings
from certification.use_cases.announce_links import announce_links
from faults.waiting import until
from integration.certification.board_office import BoardOffice
from integration.certification.program_desk import ProgramDesk, open_desk
from shared.composition import loops
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.events.certification import ProgramProviderEnded, ProgramProviderLinked
from shared.identifiers import new_id
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock


@pytest.fixture
async def second(settings: Settings, clock: FixedClock) -> AsyncIterator[Database]:
    """The clerk's own connections to the same database."""
    engine = create_engine(settings, "clerk")
    yield Database(engine, clock, "certification")
    await engine.dispose()


async def _announce(desk: ProgramDesk) -> int:
    cause = Cause(process_actor("certification clerk"), new_id())
    async with desk.office.database.transaction(cause) as tx:
        return await announce_links(tx)


async def _told(desk: ProgramDesk, link_id: object) -> list[tuple[str, bytes]]:
    statement = text("SELECT type, data FROM outbox WHERE subject_id = :id ORDER BY id")
    async with desk.office.database.engine.connect() as connection:
        found = await connection.execute(statement, {"id": link_id})
    return [(row.type, row.data) for row in found]


async def test_a_link_is_announced_as_it_is_made_and_whenever_its_end_is_told(
    office: BoardOffice,
) -> None:
    desk = await open_desk(office)
    provider = await desk.provider()
    link = await desk.changed("providers", {"provider_id": provider["holder_id"]})
    path = f"providers/{link['link_id']}/endings"

    await desk.changed(path, {"effective_on": "2027-03-01"})
    await desk.changed(path, {"effective_on": "2027-02-01"})

    (linked, made), (ended, first), (again, corrected) = await _told(desk, link["link_id"])
    assert linked == "certification.program-provider.linked"
    assert ended == again == "certification.program-provider.ended"
    begun = ProgramProviderLinked.model_validate_json(made)
    assert str(begun.provider_id) == provider["holder_id"]
    assert str(begun.program_id) == desk.program_id
    assert (begun.effective_from.isoformat(), begun.effective_until) == ("2026-11-20", None)
    until = [ProgramProviderEnded.model_validate_json(each) for each in (first, corrected)]
    assert [each.effective_until.isoformat() for each in until] == ["2027-03-01", "2027-02-01"]


async def test_a_link_made_before_links_were_announced_is_announced_once_by_the_clerk(
    office: BoardOffice, settings: Settings, second: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "create_engine", lambda *_: second.engine)
    desk = await open_desk(office)
    provider = await desk.provider()
    link = await desk.changed("providers", {"provider_id": provider["holder_id"]})
    async with office.database.engine.begin() as connection:
        await connection.execute(text("DELETE FROM outbox"))
        await connection.execute(
            text("UPDATE program_providers SET is_announced = (id <> :id)"), {"id": link["link_id"]}
        )

    clerk, stop = SERVICE.build_loop("clerk", settings), asyncio.Event()
    at_work = asyncio.create_task(clerk.run(stop))

    async def is_told() -> bool:
        return bool(await _told(desk, link["link_id"]))

    await until(is_told)
    stop.set()
    await at_work

    assert await _announce(desk) == 0
    ((kind, data),) = await _told(desk, link["link_id"])
    assert kind == "certification.program-provider.linked"
    assert str(ProgramProviderLinked.model_validate_json(data).provider_id) == provider["holder_id"]
