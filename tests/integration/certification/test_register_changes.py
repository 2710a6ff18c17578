"""The register's public feed: every change in the order of the log, by number, without reasons."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from certification.settings import Settings
from integration.certification.board_office import BoardOffice, Json
from integration.certification.registered import register_program, register_provider
from shared.database.transaction import Cause
from shared.database.unpooled_connections import INDEX_ORDER, Connection, close, connect
from shared.events.certification import (
    ApplicationSubmitted,
    CertificationCorrected,
    CertificationEnded,
    CertificationGranted,
    CertificationRecorded,
    CertificationReinstated,
    CertificationSuspended,
)
from shared.events.event import Event
from shared.http.routes import PUBLIC
from shared.identifiers import new_id
from shared.messaging.log import publication
from shared.messaging.publishing.sequencer import Sequencer
from unit.certification.register_examples import Life

EMPTY = """
    TRUNCATE certifications, programs, providers, outbox, event_log, publication CASCADE
"""
LIFE = Life("2025-11-20", "2027-11-20")


@pytest.fixture
async def log(settings: Settings, office: BoardOffice) -> AsyncIterator[Connection]:
    """An empty log, and the connection of whoever numbers it."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text(EMPTY))
        await connection.execute(text("UPDATE leases SET expires_at = clock_timestamp()"))
    numbering = await connect(settings, "tests", INDEX_ORDER)
    yield numbering
    await close(numbering)


async def _announced(office: BoardOffice, log: Connection, *events: Event) -> None:
    """Announce each in a transaction of its own, and give them their sequences."""
    for event in events:
        async with office.database.transaction(Cause(PUBLIC, new_id())) as tx:
            await tx.lock_subject(event.subject_id)
            tx.publish(event)
    led = await publication.lead(log, new_id(), 2)
    assert led is not None
    await Sequencer(log, *led).sequence()


def _granted(certification_id: UUID, kind: str = "provider") -> CertificationGranted:
    return CertificationGranted.model_validate(
        _about(certification_id, kind)
        | {"application_id": new_id()}
        | {"effective_from": "2025-11-20", "effective_until": "2027-11-20"}
    )


def _about(certification_id: UUID, kind: str = "provider") -> Json:
    return {"certification_id": certification_id, "kind": kind, "holder_id": new_id()}


def _everything(provider: UUID, program: UUID) -> list[Event]:
    """One event of each kind, and one that is no change of the register."""
    on = {"effective_on": "2026-11-20"}
    term = {"effective_from": "2025-12-01", "effective_until": "2027-12-01"}
    return [
        _granted(provider),
        ApplicationSubmitted(
            application_id=new_id(),
            kind="provider",
            holder_id=new_id(),
            received_on=date(2026, 11, 20),
        ),
        CertificationRecorded.model_validate(_about(program, "program") | term),
        CertificationSuspended.model_validate(_about(provider) | on),
        CertificationReinstated.model_validate(_about(provider) | on),
        CertificationCorrected.model_validate(_about(program, "program") | term),
        CertificationEnded.model_validate(_about(provider) | on | {"because": "revoked"}),
    ]


async def _page(office: BoardOffice, **query: str) -> Json:
    answer = await office.http.get("/v1/register/changes", params=query)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


async def test_a_register_in_which_nothing_happened_has_no_changes(
    office: BoardOffice, log: Connection
) -> None:
    page = await _page(office)

    assert page == {"items": [], "next": "1:0", "is_at_the_end": True}


async def test_changes_name_number_kind_and_day_and_nothing_else_is_among_them(
    office: BoardOffice, log: Connection
) -> None:
    (provider,) = await register_provider(office.database, "PRV-000001", LIFE)
    (program,) = await register_program(office.database, "PRG-000001", LIFE)
    await _announced(office, log, *_everything(provider, program))

    page = await _page(office)

    told = [(i["sequence"], i["kind"], i["number"], i["change"]) for i in page["items"]]
    assert told == [
        (1, "provider", "PRV-000001", "granted"),
        (3, "program", "PRG-000001", "recorded"),
        (4, "provider", "PRV-000001", "suspended"),
        (5, "provider", "PRV-000001", "reinstated"),
        (6, "program", "PRG-000001", "corrected"),
        (7, "provider", "PRV-000001", "revoked"),
    ]
    days = [i["effective_on"] for i in page["items"]]
    assert days == [
        *("2025-11-20", "2025-12-01", "2026-11-20", "2026-11-20"),
        *("2025-12-01", "2026-11-20"),
    ]
    assert set(page["items"][0]) == {
        *("sequence", "kind", "number", "change", "effective_on", "announced_at")
    }
    assert (page["next"], page["is_at_the_end"]) == ("1:7", True)


async def test_pages_follow_each_other_without_loss(office: BoardOffice, log: Connection) -> None:
    ids = [
        (await register_provider(office.database, f"PRV-{number:06d}", LIFE))[0]
        for number in range(1, 6)
    ]
    await _announced(office, log, *(_granted(each) for each in ids))

    first = await _page(office, limit="2")
    second = await _page(office, limit="2", after=first["next"])
    third = await _page(office, limit="2", after=second["next"])

    read = [item["number"] for page in (first, second, third) for item in page["items"]]
    assert read == [f"PRV-{number:06d}" for number in range(1, 6)]
    assert [page["is_at_the_end"] for page in (first, second, third)] == [False, False, True]


@pytest.mark.parametrize(
    ("query", "status", "type_ends"),
    [
        ({"after": "1:9"}, 409, "position-ahead-of-log"),
        ({"after": "yesterday"}, 422, "malformed-request"),
        ({"limit": "0"}, 422, "malformed-request"),
        ({"limit": "1001"}, 422, "malformed-request"),
    ],
)
async def test_a_place_the_log_does_not_have_is_refused(
    office: BoardOffice, log: Connection, query: dict[str, str], status: int, type_ends: str
) -> None:
    (provider,) = await register_provider(office.database, "PRV-000001", LIFE)
    await _announced(office, log, _granted(provider))

    answer: httpx.Response = await office.http.get("/v1/register/changes", params=query)

    assert answer.status_code == status
    assert answer.json()["type"].endswith(type_ends)
