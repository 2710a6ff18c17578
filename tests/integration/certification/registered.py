"""Holders put straight into the register's tables, with whatever life a test gives them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from certification.domain.applications import Kind
from certification.domain.standings import standings_of
from certification.storage.tables.certifications import (
    CERTIFICATION_CHANGES,
    CERTIFICATION_STANDINGS,
    CERTIFICATIONS,
)
from certification.storage.tables.programs import PROGRAMS, PROVIDERS
from shared.database.database import Database
from shared.identifiers import new_id
from unit.certification.register_examples import Life

RECORDED_AT = datetime(2024, 11, 20, 18, tzinfo=UTC)
REASONS = ["what nobody outside may read"]


async def register_provider(
    database: Database, number: str, *lives: Life, name: str = "Avery Example"
) -> list[UUID]:
    """Put a provider there; answers with the ids of its certifications."""
    holder_id = new_id()
    async with database.engine.begin() as connection:
        provider = {"id": holder_id, "name": name, "version": 1}
        await connection.execute(insert(PROVIDERS).values(provider))
        return await _certify(connection, Kind.PROVIDER, number, holder_id, lives)


async def register_program(
    database: Database,
    number: str,
    *lives: Life,
    name: str = "River Program",
    county: str = "06067",
    served: Sequence[str] = (),
) -> list[UUID]:
    """Put a program there, in Sacramento if not told; answers with its certifications' ids."""
    holder_id = new_id()
    program = {
        "id": holder_id,
        "name": name,
        "headquarters_county": county,
        "served_counties": list(served),
        "version": 1,
    }
    async with database.engine.begin() as connection:
        await connection.execute(insert(PROGRAMS).values(program))
        return await _certify(connection, Kind.PROGRAM, number, holder_id, lives)


async def _certify(
    connection: AsyncConnection, kind: Kind, number: str, holder_id: UUID, lives: Sequence[Life]
) -> list[UUID]:
    ids = [new_id() for _ in lives]
    for certification_id, life in zip(ids, lives, strict=True):
        level = life.level if kind is Kind.PROVIDER else None
        whose = {"kind": kind, "number": number, "holder_id": holder_id, "level": level}
        await connection.execute(insert(CERTIFICATIONS).values(_row(certification_id, life, whose)))
        await connection.execute(insert(CERTIFICATION_CHANGES), _changes(certification_id, life))
        standings = [
            {"certification_id": certification_id, **whose, **vars(standing)}
            for standing in standings_of(life.changes())
        ]
        await connection.execute(insert(CERTIFICATION_STANDINGS), standings)
    return ids


def _row(certification_id: UUID, life: Life, whose: dict[str, Any]) -> dict[str, Any]:
    first = life.changes()[0]
    term = {"effective_from": first.effective_from, "effective_until": first.effective_until}
    return {"id": certification_id, "version": 1, **term, **whose}


def _changes(certification_id: UUID, life: Life) -> list[dict[str, Any]]:
    return [
        {
            "certification_id": certification_id,
            "number": number,
            "reasons": REASONS,
            "recorded_at": RECORDED_AT,
            "recorded_by": "a reviewer",
            **vars(change),
        }
        for number, change in enumerate(life.changes(), start=1)
    ]
