"""The suite-wide check does its work: what is not in the catalog, or not as it says, is found."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from contract.events.emits_off_the_catalog import emit, log_of_its_own
from contract.events.emitted_events import Emitted, check_connection, check_database, faults_of
from shared.identifiers import new_id

RUN_SECONDS = 240

CASE = UUID("019abf3e-1a02-7f4c-8e55-2b9d7c3a6f01")
MONTH = b'{"case_id": "%s", "month": "2026-11-01", "met_at": "2026-11-20T18:04:05Z"%s}'


def month_met(
    data: bytes, *, event_type: str = "supervision.month.met", version: int = 1
) -> Emitted:
    """An event as supervision might have emitted it."""
    return Emitted(event_type, version, "case", CASE, data)


def month(rest: bytes = b"", *, case: UUID = CASE) -> bytes:
    """Data that is as it should be, but for what is added."""
    return MONTH % (str(case).encode(), rest)


@pytest.fixture
async def connection(
    new_database: Callable[[str | None], str],
) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a database with an empty log; what a test puts there is gone afterwards."""
    connected = await log_of_its_own(new_database)
    yield connected
    await connected.execute("TRUNCATE outbox")
    await connected.close()


def test_an_event_as_the_catalog_says_has_no_fault() -> None:
    assert faults_of(month_met(month())) == []


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (month_met(month(), event_type="supervision.moon.met"), "is not in the catalog"),
        (month_met(month(), event_type="nowhere.month.met"), "is not in the catalog"),
        (month_met(month(), version=2), "supervision.month.met:2 is not in the catalog"),
        (month_met(b"{}"), "data breaks `required`"),
        (month_met(month(b', "more": 1')), "data breaks `additionalProperties`"),
        (month_met(month().replace(b"2026-11-01", b"2026-11-31")), "month breaks `format`"),
        (month_met(month().replace(b":05Z", b":05")), "met_at breaks `format`"),
        (month_met(month().replace(b'"2026-11-01"', b"11")), "month breaks `type`"),
        (month_met(month(case=new_id())), "is not the case that its data names"),
        (month_met(month())._replace(subject_kind="month"), "its subject is no case"),
    ],
)
def test_an_event_off_the_catalog_is_found(event: Emitted, fault: str) -> None:
    assert any(fault in found for found in faults_of(event))


def test_a_fault_says_nothing_of_what_the_event_holds() -> None:
    event = month_met(month().replace(b"2026-11-01", b"somebody's name"))

    assert faults_of(event) == ["supervision.month.met: month breaks `format`"]


async def test_an_uncataloged_event_in_a_database_fails(connection: asyncpg.Connection) -> None:
    await emit(connection, month_met(month(), event_type="supervision.moon.met"))

    with pytest.raises(AssertionError, match=r"moon.met:1 is not in the catalog \(1 times\)"):
        await check_connection(connection)


async def test_an_invalid_event_in_a_database_fails(connection: asyncpg.Connection) -> None:
    await emit(connection, month_met(b"{}"))

    with pytest.raises(AssertionError, match=r"month.met: data breaks `required` \(3 times\)"):
        await check_connection(connection)


def test_a_run_whose_tests_all_pass_fails_for_an_event_off_the_catalog(postgres: str) -> None:
    emitting = Path(__file__).with_name("emits_off_the_catalog.py")

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", emitting],
        env=os.environ | {"DATABASE_URL": postgres},
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )

    assert run.returncode == 1
    assert "1 passed, 1 error" in run.stdout
    assert "supervision.month.lost:1 is not in the catalog" in run.stdout


async def test_a_database_without_a_log_has_nothing_to_check(
    new_database: Callable[[str | None], str],
) -> None:
    await check_database(new_database(None))
