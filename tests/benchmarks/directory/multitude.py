"""A directory of benchmark size: programs spread as people are, and providers beside them."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

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
    programs = [_program(chance, number) for number in range(1, sizes.programs + 1)]
    held = [*_programs_hold(chance, programs), *_providers_hold(chance, sizes.providers)]
    connection = await asyncpg.connect(url)
    try:
        await _copy(connection, "programs", PROGRAM, programs)
        await _copy(connection, "applications", APPLICATION, map(_application, held))
        await _copy(connection, "decisions", DECISION, map(_decision, held))
        await _copy(connection, "certifications", CERTIFICATION, held)
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


def _program(chance: random.Random, number: int) -> Record:
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)} {number}"
    headquarters = chance.choices(COUNTIES, WEIGHTS)[0]
    served = sorted(set(chance.choices(COUNTIES, WEIGHTS, k=chance.randint(0, 4))))
    languages = ["en", *chance.sample(LANGUAGES, chance.choice((0, 0, 1, 1, 2)))]
    accepting = chance.choice((True, True, False, None))
    others = [each for each in served if each != headquarters]
    return new_id(), name, headquarters, others, 1, languages, accepting


def _programs_hold(chance: random.Random, programs: list[Record]) -> Iterator[Record]:
    for number, (program_id, *_) in enumerate(programs, 1):
        since = date(2025, 1, 2) + timedelta(days=chance.randint(0, 600))
        renewed = chance.random() < 0.5
        if renewed:
            yield _held("program", program_id, f"PRG-9{number:06d}", since - TWO_YEARS, since)
        ends = since + (timedelta(days=90) if chance.random() < 0.05 else TWO_YEARS)
        yield _held("program", program_id, f"PRG-{number:06d}", since, ends)


def _providers_hold(chance: random.Random, providers: int) -> Iterator[Record]:
    for number in range(1, providers + 1):
        since = date(2025, 1, 2) + timedelta(days=chance.randint(0, 600))
        yield _held("provider", new_id(), f"PRV-{number:06d}", since, since + TWO_YEARS)


def _held(kind: str, holder: object, number: str, since: date, until: date) -> Record:
    level = "independent" if kind == "provider" else None
    return new_id(), new_id(), new_id(), kind, holder, level, number, since, until, 1


def _application(held: Record) -> Record:
    _, application_id, _, kind, holder, level, _, since, *_ = held
    is_program = kind == "program"
    band, place = ("1-10", county("Fresno").fips) if is_program else (None, None)
    made: Record = (application_id, kind, holder, new_id(), "Somebody", level, band, place, [])
    return (*made, f"{kind}-2011", "decided", since, since, AT, since, 1)


def _decision(held: Record) -> Record:
    _, application_id, decision_id, *_ = held
    made: Record = (decision_id, application_id, "granted", [], [], AT.date(), AT)
    return (*made, "bench", "{}")


async def _copy(
    connection: asyncpg.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Record]
) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=columns)
