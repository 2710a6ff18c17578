"""A directory of benchmark size: programs spread as people are, and providers beside them."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import asyncpg

from shared.identifiers import new_id
from shared.law.counties import all_counties, county

SEED = 1203_067
TWO_YEARS = timedelta(days=730)
AT = datetime(2025, 1, 2, 20, tzinfo=UTC)
LIVING = {
    "Los Angeles": 250, "San Diego": 84, "Orange": 81, "Riverside": 62, "San Bernardino": 56,
    "Santa Clara": 49, "Alameda": 42, "Sacramento": 40, "Contra Costa": 29, "Fresno": 26,
    "Kern": 23, "San Francisco": 21, "Ventura": 21, "San Joaquin": 20, "San Mateo": 19,
    "Stanislaus": 14, "Sonoma": 12, "Tulare": 12, "Solano": 11, "Santa Barbara": 11,
    "Monterey": 11, "Placer": 10,
}  # fmt: skip
"""People of each county in thousandths of the state; every other has four."""

FIRST = (
    *("Valley", "Oak", "River", "Harbor", "Mesa", "Sierra", "Canyon", "Pacific", "Mission"),
    *("Crestline", "Arroyo", "Delta", "Redwood", "Coast", "Foothill", "Poppy", "Summit"),
)
SECOND = ("Treatment", "Counseling", "Behavioral", "Recovery", "Clinical", "Family", "Outpatient")
THIRD = ("Associates", "Center", "Group", "Program", "Services", "Institute", "Partners")
LANGUAGES = ("es", "vi", "tl", "ko", "cmn", "hy", "fa", "ru", "ar", "hmn", "pa", "km")


@dataclass(frozen=True)
class Sizes:
    """How many there are."""

    programs: int = 20_000
    providers: int = 60_000


COUNTIES = [each.fips for each in all_counties()]
WEIGHTS = [LIVING.get(each.name, 4) for each in all_counties()]


async def make_directory(url: str, sizes: Sizes) -> None:
    """Fill a migrated database; the same every time but for its ids."""
    chance = random.Random(SEED)  # noqa: S311 - the same draw each time, nothing secret
    ids = [new_id() for _ in range(sizes.programs)]
    programs = [_program(chance, number, each) for number, each in enumerate(ids, 1)]
    held = [*_programs_hold(chance, ids), *_providers_hold(chance, sizes.providers)]
    connection = await asyncpg.connect(url)
    try:
        await _copy(connection, "programs", PROGRAM, programs)
        await _copy(connection, "applications", APPLICATION, map(_application, held))
        await _copy(connection, "decisions", DECISION, map(_decision, held))
        await _copy(connection, "certifications", CERTIFICATION, map(_certification, held))
        await _copy(connection, "certification_standings", STANDING, _standings(held))
        await _copy(connection, "providers", PROVIDER, _providers(held))
        await _copy(connection, "program_providers", LINK, _links(chance, held))
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


PROGRAM = (
    *("id", "name", "headquarters_county", "served_counties", "version", "languages"),
    "accepting_clients",
)
CERTIFICATION = (
    *("id", "application_id", "decision_id", "kind", "holder_id", "level", "number"),
    *("effective_from", "effective_until", "version"),
)
STANDING = (
    *("certification_id", "kind", "holder_id", "level", "number", "status"),
    *("effective_from", "effective_until", "certified_since"),
)
PROVIDER = ("id", "name", "version")
LINK = ("id", "program_id", "provider_id", "effective_from")
APPLICATION = (
    *("id", "kind", "holder_id", "applicant_id", "name", "level", "client_band"),
    *("headquarters_county", "served_counties", "checklist", "state", "received_on"),
    *("completed_on", "completed_at", "decided_on", "version"),
)
DECISION = (
    *("id", "application_id", "outcome", "reasons", "conditions", "decided_on", "decided_at"),
    *("decided_by", "inputs"),
)
Record = tuple[object, ...]


class Held(NamedTuple):
    """A certification of somebody, and since when they are certified without a break."""

    id: UUID
    application_id: UUID
    decision_id: UUID
    kind: str
    holder_id: UUID
    level: str | None
    number: str
    since: date
    until: date
    unbroken_since: date


def _program(chance: random.Random, number: int, program_id: UUID) -> Record:
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)} {number}"
    headquarters = chance.choices(COUNTIES, WEIGHTS)[0]
    served = sorted(set(chance.choices(COUNTIES, WEIGHTS, k=chance.randint(0, 4))))
    languages = ["en", *chance.sample(LANGUAGES, chance.choice((0, 0, 1, 1, 2)))]
    accepting = chance.choice((True, True, False, None))
    others = [each for each in served if each != headquarters]
    return program_id, name, headquarters, others, 1, languages, accepting


def _programs_hold(chance: random.Random, programs: list[UUID]) -> Iterator[Held]:
    for number, program_id in enumerate(programs, 1):
        since = date(2025, 1, 2) + timedelta(days=chance.randint(0, 600))
        first = since - TWO_YEARS if chance.random() < 0.5 else since
        public = f"PRG-{number:06d}"
        if first < since:
            yield _held("program", program_id, public, first, since, first)
        ends = since + (timedelta(days=90) if chance.random() < 0.05 else TWO_YEARS)
        yield _held("program", program_id, public, since, ends, first)


def _providers_hold(chance: random.Random, providers: int) -> Iterator[Held]:
    for number in range(1, providers + 1):
        since = date(2025, 1, 2) + timedelta(days=chance.randint(0, 600))
        yield _held("provider", new_id(), f"PRV-{number:06d}", since, since + TWO_YEARS, since)


def _held(
    kind: str, holder: UUID, number: str, since: date, until: date, unbroken_since: date
) -> Held:
    level = "independent" if kind == "provider" else None
    ids = new_id(), new_id(), new_id()
    return Held(*ids, kind, holder, level, number, since, until, unbroken_since)


def _certification(held: Held) -> Record:
    return (*held[:-1], 1)


def _standings(every: Iterable[Held]) -> Iterator[Record]:
    """Certified for its term and expired after it, as the service derives it from a grant."""
    for held in every:
        whose = held.id, held.kind, held.holder_id, held.level, held.number
        yield (*whose, "certified", held.since, held.until, held.unbroken_since)
        yield (*whose, "expired", held.until, None, None)


def _providers(every: Iterable[Held]) -> Iterator[Record]:
    for held in every:
        if held.kind == "provider":
            yield held.holder_id, f"Somebody {held.number}", 1


def _links(chance: random.Random, every: list[Held]) -> Iterator[Record]:
    """Each provider works with one program, from the day on which both are certified."""
    programs = [held for held in every if held.kind == "program"]
    for held in every:
        if held.kind == "provider":
            program = chance.choice(programs)
            yield new_id(), program.holder_id, held.holder_id, max(held.since, program.since)


def _application(held: Held) -> Record:
    _, application_id, _, kind, holder, level, _, since, *_ = held
    is_program = kind == "program"
    band, place = ("1-10", county("Fresno").fips) if is_program else (None, None)
    made: Record = (application_id, kind, holder, new_id(), "Somebody", level, band, place, [])
    return (*made, f"{kind}-2011", "decided", since, since, AT, since, 1)


def _decision(held: Held) -> Record:
    _, application_id, decision_id, *_ = held
    made: Record = (decision_id, application_id, "granted", [], [], AT.date(), AT)
    return (*made, "bench", "{}")


async def _copy(
    connection: asyncpg.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Record]
) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=columns)
