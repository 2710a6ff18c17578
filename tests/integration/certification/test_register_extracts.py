"""Signed extracts over HTTP: verified offline, by the script that partners are given."""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from architecture.source_tree import ROOT
from integration.certification.board_office import BoardOffice
from integration.certification.registered import register_program, register_provider
from unit.certification.register_examples import Life

SCRIPT = ROOT / "docs/partners/verify_extract.py"
CERTIFIED = Life("2025-11-20", "2027-11-20")
SUSPENDED = Life("2025-11-20", "2027-11-20", [("suspended", "2026-11-20")])


@pytest.fixture(autouse=True)
async def _a_small_register(office: BoardOffice) -> None:
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE certifications, providers, programs CASCADE"))
    await register_provider(office.database, "PRV-000001", SUSPENDED)
    await register_program(office.database, "PRG-000001", CERTIFIED, served=["06113"])
    await register_program(
        office.database, "PRG-000002", SUSPENDED, name="Delta Program", county="06113"
    )
    await register_program(
        office.database, "PRG-000003", CERTIFIED, name="Zephyr Program", county="06113"
    )
    await register_program(
        office.database, "PRG-000004", CERTIFIED, name="Elsewhere", county="06029"
    )


async def _verified(office: BoardOffice, folder: Path, extract: httpx.Response) -> list[str]:
    keys, file = folder / "keys.json", folder / "extract.jose"
    keys.write_text((await office.http.get("/v1/register/keys")).text)
    file.write_text(extract.text)
    process = await asyncio.create_subprocess_exec(
        sys.executable, SCRIPT, file, keys, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().splitlines()


async def test_an_extract_of_one_number_is_verified_offline(
    office: BoardOffice, tmp_path: Path
) -> None:
    extract = await office.http.get("/v1/register/provider/PRV-000001/extract")

    assert extract.headers["content-type"] == "application/jose"
    assert await _verified(office, tmp_path, extract) == [
        "genuine; as of 2026-11-20:",
        "provider PRV-000001 Avery Example: suspended since 2026-11-20",
    ]


async def test_an_extract_of_a_day_gone_by_says_how_it_was(
    office: BoardOffice, tmp_path: Path
) -> None:
    extract = await office.http.get("/v1/register/provider/PRV-000001/extract?as_of=2026-11-19")

    assert await _verified(office, tmp_path, extract) == [
        "genuine; as of 2026-11-19:",
        "provider PRV-000001 Avery Example: certified since 2025-11-20",
    ]


@pytest.mark.parametrize("county", ["Yolo", "06113"])
async def test_a_countys_extract_lists_the_certified_programs_found_from_there(
    office: BoardOffice, tmp_path: Path, county: str
) -> None:
    extract = await office.http.get("/v1/register/extracts", params={"county": county})

    assert await _verified(office, tmp_path, extract) == [
        "genuine; as of 2026-11-20 for county 06113:",
        "program PRG-000001 River Program: certified since 2025-11-20",
        "program PRG-000003 Zephyr Program: certified since 2025-11-20",
    ]


MOVED = """
    INSERT INTO program_changes (program_id, number, change, before, after, at, by)
    SELECT id, :number, 'places', CAST(:before AS jsonb), '{}', CAST(:at AS timestamptz), 'board'
    FROM programs WHERE name = 'Elsewhere'
"""


@pytest.mark.parametrize(
    ("county", "as_of", "listed"),
    [
        ("Alpine", "2026-10-31", True),
        ("Alpine", "2026-11-01", False),
        ("Mono", "2026-11-01", True),
        ("Mono", "2026-11-10", False),
        ("Kern", "2026-11-09", False),
        ("Kern", "2026-11-10", True),
    ],
)
async def test_a_countys_extract_goes_by_where_programs_were_on_its_day(
    office: BoardOffice, tmp_path: Path, county: str, as_of: str, *, listed: bool
) -> None:
    moves = [
        (2, "2026-11-01T07:30:00Z", {"headquarters_county": "06003", "served_counties": []}),
        (3, "2026-11-10T08:00:00Z", {"headquarters_county": "06001", "served_counties": ["06051"]}),
    ]
    async with office.database.engine.begin() as connection:
        for number, at, before in moves:
            told = {
                "number": number,
                "at": datetime.fromisoformat(at),
                "before": json.dumps(before),
            }
            await connection.execute(text(MOVED), told)

    query = {"county": county, "as_of": as_of}
    extract = await office.http.get("/v1/register/extracts", params=query)

    found = "program PRG-000004 Elsewhere: certified since 2025-11-20"
    assert (found in await _verified(office, tmp_path, extract)) is listed


async def test_a_county_without_programs_has_an_empty_list(
    office: BoardOffice, tmp_path: Path
) -> None:
    extract = await office.http.get("/v1/register/extracts?county=Alpine")

    assert await _verified(office, tmp_path, extract) == [
        "genuine; as of 2026-11-20 for county 06003:"
    ]


@pytest.mark.parametrize("query", ["", "?county=Kernn"])
async def test_an_extract_of_no_known_county_is_refused(office: BoardOffice, query: str) -> None:
    answer = await office.http.get(f"/v1/register/extracts{query}")

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "query.county"


async def test_an_extract_of_a_number_that_nobody_holds_is_not_found(office: BoardOffice) -> None:
    answer = await office.http.get("/v1/register/provider/PRV-000009/extract")

    assert answer.status_code == 404


async def test_the_key_set_names_todays_key_and_nothing_private(office: BoardOffice) -> None:
    keys = (await office.http.get("/v1/register/keys")).json()["keys"]

    assert len(keys) == 1
    assert set(keys[0]) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert "PRIVATE" not in json.dumps(keys)
