"""A register of benchmark size: programs spread as people are, and providers beside them.

Half of the programs were renewed; each certification in force has its duty to be renewed, and
each provider works with a program.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import asyncpg

from shared.counties import all_counties
from shared.identifiers import new_id

SEED = 1203_067
TWO_YEARS = timedelta(days=730)
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


COUNTIES = [each.fips for each in all_counties()]
WEIGHTS = [LIVING.get(each.name, 4) for each in all_counties()]
ALREADY_OVER, NEARLY_OVER = 30, TWO_YEARS.days - 30
"""Days since when the terms have run: the register holds some that ended a while ago, too."""

PROGRAM = (
    *("id", "name", "headquarters_county", "served_counties", "version", "languages"),
    "accepting_clients",
)
PROVIDER = ("id", "name", "version")
CERTIFICATION = (
    *("id", "kind", "holder_id", "level", "number", "effective_from", "effective_until", "version"),
)
DERIVED = (
    """
    INSERT INTO certification_changes (certification_id, number, change, effective_on,
        effective_from, effective_until, reasons, recorded_at, recorded_by)
    SELECT id, 1, 'granted', effective_from, effective_from, effective_until, '{}',
           effective_from::timestamptz + interval '18 hours', 'bench'
    FROM certifications
    """,
    """
    INSERT INTO certification_standings (certification_id, holder_id, kind, number, level, status,
        effective_from, effective_until, certified_since, is_announced)
    SELECT id, holder_id, kind, number, level, 'certified', effective_from, effective_until,
           min(effective_from) OVER (PARTITION BY holder_id), true
    FROM certifications
    UNION ALL
    SELECT id, holder_id, kind, number, level, 'expired', effective_until, NULL, NULL,
           effective_until <= current_date
    FROM certifications
    """,
    """
    INSERT INTO program_providers (id, program_id, provider_id, effective_from, is_announced)
    SELECT gen_random_uuid(), programs.id, providers.id, current_date - 30, true
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM providers) AS providers
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM programs) AS programs
      ON programs.n = 1 + providers.n % (SELECT count(*) FROM programs)
    """,
    """
    INSERT INTO duties (id, rule, regime, regime_from, edition, edition_hash, rule_text, citation,
        subject_kind, subject_id, owner_role, owner_person, owner_agency, started_by, facts,
        opened_at, started_on, due_on, due_at, state, pauses, next_step, version)
    SELECT gen_random_uuid(), 'renew-certification', 'before-expiry', '2012-07-01', 'bench', '',
           '', '', 'certification', id,
           CASE kind WHEN 'provider' THEN 'provider' ELSE 'program-representative' END,
           CASE kind WHEN 'provider' THEN holder_id END,
           CASE kind WHEN 'program' THEN holder_id::text END, 'expiry', '[]',
           effective_from::timestamptz, effective_until - 1, effective_until - 1,
           effective_until::timestamptz, 'open', '[]', 1, 1
    FROM certifications WHERE effective_until > current_date
    """,
)
"""What the service keeps beside a certification that was granted and nothing else."""

Record = tuple[object, ...]


async def fill_register(
    connection: asyncpg.Connection, *, programs: int, providers: int, today: date
) -> None:
    """Fill the empty tables; the same every time but for its ids."""
    chance = random.Random(SEED)  # noqa: S311 - the same draw each time, nothing secret
    treating = [_program(chance, number) for number in range(1, programs + 1)]
    people: list[Record] = [(new_id(), f"Provider {n}", 1) for n in range(1, providers + 1)]
    await _copy(connection, "programs", PROGRAM, treating)
    await _copy(connection, "providers", PROVIDER, people)
    held = [*_programs_hold(chance, treating, today), *_providers_hold(chance, people, today)]
    await _copy(connection, "certifications", CERTIFICATION, held)
    for statement in DERIVED:
        await connection.execute(statement)


def _program(chance: random.Random, number: int) -> Record:
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)} {number}"
    headquarters = chance.choices(COUNTIES, WEIGHTS)[0]
    served = sorted(set(chance.choices(COUNTIES, WEIGHTS, k=chance.randint(0, 4))))
    languages = ["en", *chance.sample(LANGUAGES, chance.choice((0, 0, 1, 1, 2)))]
    accepting = chance.choice((True, True, False, None))
    others = [each for each in served if each != headquarters]
    return new_id(), name, headquarters, others, 1, languages, accepting


def _programs_hold(chance: random.Random, programs: list[Record], today: date) -> Iterator[Record]:
    for number, (program_id, *_) in enumerate(programs, 1):
        since = today - timedelta(days=chance.randint(ALREADY_OVER, NEARLY_OVER))
        if chance.random() < 0.5:
            yield _held("program", program_id, f"PRG-{number:06d}", since - TWO_YEARS, since)
        has_ended = chance.random() < 0.05
        ends = since + (timedelta(days=ALREADY_OVER) if has_ended else TWO_YEARS)
        yield _held("program", program_id, f"PRG-{number:06d}", since, ends)


def _providers_hold(
    chance: random.Random, providers: list[Record], today: date
) -> Iterator[Record]:
    for number, (provider_id, *_) in enumerate(providers, 1):
        since = today - timedelta(days=chance.randint(ALREADY_OVER, NEARLY_OVER))
        yield _held("provider", provider_id, f"PRV-{number:06d}", since, since + TWO_YEARS)


def _held(kind: str, holder: object, number: str, since: date, until: date) -> Record:
    level = "independent" if kind == "provider" else None
    return new_id(), kind, holder, level, number, since, until, 1


async def _copy(
    connection: asyncpg.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Record]
) -> None:
    await connection.copy_records_to_table(table, records=rows, columns=columns)
