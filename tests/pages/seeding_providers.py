"""Puts certified providers into a database at once, linked with the program they work with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from certification.storage.tables.programs import PROGRAM_PROVIDERS, PROVIDERS
from shared.identifiers import new_id

TWO_YEARS = timedelta(days=730)


@dataclass(frozen=True)
class SeededProvider:
    """A certified provider who works with a program."""

    name: str
    number: str
    level: str


async def seed_providers(
    connection: AsyncConnection, program_id: UUID, since: date, providers: Iterable[SeededProvider]
) -> None:
    """Insert them, certified and linked from the same day on."""
    for provider in providers:
        provider_id, certification_id = new_id(), new_id()
        held = {
            "kind": "provider",
            "holder_id": provider_id,
            "level": provider.level,
            "number": provider.number,
            "effective_from": since,
            "effective_until": since + TWO_YEARS,
        }
        person = {"id": provider_id, "name": provider.name, "version": 1}
        standing = {"certification_id": certification_id, "status": "certified", **held}
        link = {"id": new_id(), "program_id": program_id, "provider_id": provider_id}
        for table, row in (
            (PROVIDERS, person),
            (CERTIFICATIONS, {"id": certification_id, "version": 1, **held}),
            (CERTIFICATION_STANDINGS, {**standing, "certified_since": since}),
            (PROGRAM_PROVIDERS, {**link, "effective_from": since, "is_announced": True}),
        ):
            await connection.execute(insert(table).values(**row))
