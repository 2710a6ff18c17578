"""Adds the details of certified programs, their sites, and their providers."""

from datetime import timedelta
from random import Random
from typing import Any

from local_system.scenario.client import Body
from local_system.seed.plan import SEED
from local_system.seed.playing import Seeder
from shared.clock import california_date
from shared.counties import county

SILENT = 0.2
"""The share of programs without details."""
LANGUAGES = ("es", "vi", "tl", "ko", "cmn", "hy", "fa", "ru", "hmn", "pa")
STREETS = ("Main Street", "Mission Boulevard", "Court Street", "River Road", "Second Avenue")
SITES = ("Main office", "Evening groups", "Annex")
LATELY = timedelta(days=300)
"""A certification granted within this many days is still valid, at any level."""


async def open_programs(seeder: Seeder) -> None:
    """Add the details and sites of most certified programs, and link some providers."""
    random = Random(SEED)  # noqa: S311 - nothing secret is drawn
    for granted in _held(seeder, "program"):
        if random.random() >= SILENT:
            await _speak(seeder, granted, random)
    await _link_some(seeder, random)


async def _speak(seeder: Seeder, granted: Body, random: Random) -> None:
    path = f"/v1/programs/{granted['holder_id']}"
    representative = seeder.representative(granted["holder_id"])
    seen = await representative.get(path)
    await representative.post(f"{path}/details", _details(granted, random), etag=seen.etag)
    for name in SITES[: random.choice((0, 1, 1, 2, 3))]:
        await representative.post(f"{path}/sites", _site(granted, name, random))


async def _link_some(seeder: Seeder, random: Random) -> None:
    """Link each recently certified provider to one or two recently certified programs."""
    first = california_date(seeder.clock.now()) - LATELY
    programs = [each for each in _held(seeder, "program") if each["granted_on"] > first]
    providers = [each for each in _held(seeder, "provider") if each["granted_on"] > first]
    for provider in providers:
        for program in random.sample(programs, random.choice((1, 1, 2))):
            begins = max(provider["granted_on"], program["granted_on"])
            body = {"number": provider["number"], "effective_from": begins.isoformat()}
            path = f"/v1/programs/{program['holder_id']}/providers"
            await seeder.manager().post(path, body)


def _held(seeder: Seeder, kind: str) -> list[Body]:
    return [each for each in seeder.granted if each["kind"] == kind]


def _details(granted: Body, random: Random) -> Body:
    number = int(granted["number"].rsplit("-", 1)[-1])
    return {
        "languages": ["en", *random.sample(LANGUAGES, random.choice((0, 1, 1, 2)))],
        "accepting_clients": random.choice((True, True, True, False, None)),
        "public_phone": f"+1 916 555 {number:04d}",
        "website": f"https://program-{number}.example/" if random.choice((True, False)) else None,
    }


def _site(granted: Body, name: str, random: Random) -> dict[str, Any]:
    place = county(granted["county"])
    return {
        "name": name,
        "street": f"{random.randrange(10, 990)} {random.choice(STREETS)}",
        "city": place.name,
        "county": place.name,
        "zip_code": f"9{random.randrange(1000, 6162):04d}",
        "effective_from": granted["granted_on"].isoformat(),
    }
