"""The clerk says once what came to its end by itself; nobody has to wait for it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from certification.use_cases.announce_ends import announce_ends
from integration.certification.board_office import BoardOffice
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock


@pytest.fixture
async def empty_office(office: BoardOffice) -> BoardOffice:
    """The office with nothing of another test that might end."""
    async with office.database.engine.begin() as connection:
        await connection.execute(
            text("TRUNCATE applications, scorer_credentials, examiner_standings CASCADE")
        )
    return office


async def _announce(office: BoardOffice) -> int:
    cause = Cause(process_actor("certification clerk"), new_id())
    async with office.database.transaction(cause) as tx:
        return await announce_ends(tx)


async def test_an_expired_certification_is_announced_once_on_its_day(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    granted = await empty_office.certified(empty_office.provider_body())
    clock.advance(timedelta(days=730))
    on_the_last_day = await _announce(empty_office)
    clock.advance(timedelta(days=1))

    on_the_day = [await _announce(empty_office) for _ in range(2)]

    assert (on_the_last_day, on_the_day) == (0, [1, 0])
    assert await empty_office.announced(granted["certification_id"]) == [
        "certification.certification.granted",
        "certification.certification.ended",
    ]


async def test_the_end_of_a_renewed_certification_says_that_it_was_renewed(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    granted = await empty_office.certified(empty_office.provider_body())
    clock.advance(timedelta(days=700))
    renewal = empty_office.provider_body(
        purpose="renewal", certification_id=granted["certification_id"]
    )
    await empty_office.certified(renewal)
    clock.advance(timedelta(days=31))

    await _announce(empty_office)

    async with empty_office.database.engine.connect() as connection:
        statement = text("SELECT data FROM outbox WHERE type LIKE '%ended' ORDER BY id DESC")
        data = bytes((await connection.execute(statement)).scalars().first() or b"").decode()
    assert '"because":"renewed"' in data
    assert '"effective_on":"2028-11-20"' in data


async def test_a_credential_and_a_standing_that_end_are_announced_once(
    empty_office: BoardOffice, clock: FixedClock
) -> None:
    span = {"effective_from": "2026-11-01", "effective_until": "2026-12-01"}
    credential = await empty_office.http.post(
        "/v1/scorer-credentials",
        json={"scorer_id": str(new_id()), "instrument": "sra-fv", "reference": "roster", **span},
        headers=empty_office.reviewer,
    )
    standing = await empty_office.http.post(
        "/v1/examiner-standings",
        json={"name": "A. Examiner", "qualification": "PCSOT", "training_hours": 40, **span},
        headers=empty_office.reviewer,
    )
    clock.advance(timedelta(days=12))

    done = [await _announce(empty_office) for _ in range(2)]

    assert done == [1, 0]
    for subject in (
        credential.json()["scorer_credential_id"],
        standing.json()["examiner_standing_id"],
    ):
        assert len(await empty_office.announced(subject)) == 2
