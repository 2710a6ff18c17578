"""Puts certified programs into a database at once, without the way through applications."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.storage.tables.applications import APPLICATIONS, DECISIONS
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from certification.storage.tables.programs import PROGRAM_SITES, PROGRAMS
from pages.seeding_providers import SeededProvider, seed_providers
from shared.counties import county
from shared.identifiers import new_id

TWO_YEARS = timedelta(days=730)
Row = dict[str, Any]


@dataclass(frozen=True)
class SeededSite:
    """Where a program treats."""

    name: str
    street: str
    city: str
    county: str
    zip_code: str


@dataclass(frozen=True)
class SeededProgram:
    """A certified program; counties by their names, `until` is the first day without."""

    name: str
    headquarters: str
    serves: tuple[str, ...] = ()
    since: date = date(2025, 3, 3)
    until: date | None = None
    languages: tuple[str, ...] = ("en",)
    accepting_clients: bool | None = None
    phone: str | None = None
    website: str | None = None
    sites: tuple[SeededSite, ...] = ()
    providers: tuple[SeededProvider, ...] = ()
    id: UUID = field(default_factory=new_id)


async def seed(connection: AsyncConnection, programs: Iterable[SeededProgram]) -> None:
    """Insert them with the numbers PRG-000001 and on, in their order."""
    numbered = list(enumerate(programs, 1))
    for table, rows in _rows(numbered).items():
        if rows:
            await connection.execute(insert(table), rows)
    for _, program in numbered:
        await seed_providers(connection, program.id, program.since, program.providers)


def _rows(numbered: list[tuple[int, SeededProgram]]) -> Mapping[Table, list[Row]]:
    applications = [_application(program) for _, program in numbered]
    decisions = [_decision(row) for row in applications]
    certifications = [
        _certification(number, program, decision)
        for (number, program), decision in zip(numbered, decisions, strict=True)
    ]
    return {
        APPLICATIONS: applications,
        DECISIONS: decisions,
        PROGRAMS: [_program(program) for _, program in numbered],
        CERTIFICATIONS: certifications,
        CERTIFICATION_STANDINGS: [row for each in certifications for row in _standings(each)],
        PROGRAM_SITES: [row for _, program in numbered for row in _sites(program)],
    }


def _application(program: SeededProgram) -> Row:
    return {
        "id": new_id(),
        "kind": "program",
        "holder_id": program.id,
        "applicant_id": new_id(),
        "name": program.name,
        "client_band": "11-40",
        "headquarters_county": county(program.headquarters).fips,
        "served_counties": [county(each).fips for each in program.serves],
        "checklist": "program-2011",
        "state": "decided",
        "received_on": program.since - timedelta(days=30),
        "completed_on": program.since - timedelta(days=20),
        "completed_at": _noon(program.since - timedelta(days=20)),
        "found_complete_at": _noon(program.since - timedelta(days=18)),
        "decided_on": program.since,
        "version": 3,
    }


def _decision(application: Row) -> Row:
    return {
        "id": new_id(),
        "application_id": application["id"],
        "outcome": "granted",
        "reasons": [],
        "conditions": [],
        "decided_on": application["decided_on"],
        "decided_at": _noon(application["decided_on"]),
        "decided_by": "seed",
        "inputs": {},
    }


def _program(program: SeededProgram) -> Row:
    return {
        "id": program.id,
        "name": program.name,
        "headquarters_county": county(program.headquarters).fips,
        "served_counties": sorted(county(each).fips for each in program.serves),
        "version": 1,
        "languages": list(program.languages),
        "accepting_clients": program.accepting_clients,
        "public_phone": program.phone,
        "website": program.website,
    }


def _certification(number: int, program: SeededProgram, decision: Row) -> Row:
    return {
        "id": new_id(),
        "application_id": decision["application_id"],
        "decision_id": decision["id"],
        "kind": "program",
        "holder_id": program.id,
        "number": f"PRG-{number:06d}",
        "effective_from": program.since,
        "effective_until": program.until or program.since + TWO_YEARS,
        "version": 1,
    }


def _standings(certification: Row) -> Iterator[Row]:
    said = {name: certification[name] for name in ("holder_id", "kind", "number")}
    first, end = certification["effective_from"], certification["effective_until"]
    for status, begin, until, since in (
        ("certified", first, end, first),
        ("expired", end, None, None),
    ):
        yield {
            "certification_id": certification["id"],
            "status": status,
            "effective_from": begin,
            "effective_until": until,
            "certified_since": since,
            **said,
        }


def _sites(program: SeededProgram) -> Iterator[Row]:
    for site in program.sites:
        yield {
            "id": new_id(),
            "program_id": program.id,
            "name": site.name,
            "street": site.street,
            "city": site.city,
            "county": county(site.county).fips,
            "zip_code": site.zip_code,
            "effective_from": program.since,
        }


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(20), UTC)
