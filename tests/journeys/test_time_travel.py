"""A system started at a chosen instant, with cases either side of each boundary of time."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from contract.events.emitted_events import check_system
from local_system.boundaries.cases import CASES, PREVIEWS
from local_system.launch import Launch
from local_system.ports import free_block
from local_system.scenario.steps_certification import PROGRAM_DOCUMENTS
from local_system.state import StateFolder
from local_system.system import System

FIRST_BASE = 27_000
AT = datetime.fromisoformat("2026-11-20T12:00:00-08:00")
SEED_SECONDS = 480


@pytest.fixture(scope="module")
async def system() -> AsyncIterator[System]:
    """Run everything at that instant; what was emitted is held against the catalog."""
    with tempfile.TemporaryDirectory(prefix="casomb-travel-", ignore_cleanup_errors=True) as place:
        system = System(StateFolder(Path(place)), free_block(FIRST_BASE))
        said: list[str] = []
        launch = Launch(system, said.append, AT)
        await launch.start()
        try:
            yield system
            await check_system(system)
        finally:
            await launch.stop()


async def seed(system: System) -> tuple[int | None, str]:
    """Run `seed-boundaries` on the running system; its exit code and what it printed."""
    own = {"STATE": str(system.state.folder), "PORT_BASE": str(system.ports.offset_from)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "local_system", "seed-boundaries"),
        env=os.environ | own,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(SEED_SECONDS):
        printed, _ = await process.communicate()
    return process.returncode, printed.decode()


async def test_what_happens_there_happens_at_that_time(system: System) -> None:
    headers = {
        "Authorization": f"Bearer {system.token('applicant')}",
        "Idempotency-Key": "one application",
    }
    application = {
        "kind": "program",
        "name": "River City Treatment",
        "headquarters_county": "Sacramento",
        "served_counties": [],
        "client_band": "1-10",
        "documents": PROGRAM_DOCUMENTS,
    }

    async with httpx.AsyncClient(base_url=system.url("certification")) as http:
        answer = await http.post("/v1/applications", json=application, headers=headers)

    assert answer.status_code == 201, answer.text
    assert answer.json()["received_on"] == "2026-11-20"


async def test_every_boundary_holds_a_minute_either_side_and_can_be_seeded_again(
    system: System,
) -> None:
    first = await seed(system)
    second = await seed(system)

    lines = first[1].splitlines()
    assert (first[0], second[0]) == (0, 0), first[1] + second[1]
    assert len([line for line in lines if line.startswith("ok ")]) == len(CASES) + len(PREVIEWS)


async def test_where_no_system_runs_nothing_is_seeded(tmp_path: Path) -> None:
    nowhere = System(StateFolder(tmp_path), free_block(FIRST_BASE + 1000))

    code, printed = await seed(nowhere)

    assert code == 1
    assert "No system is running" in printed
