"""Programs that are or were certified: the details they report, and their counties."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import RowMapping, select

from certification.domain.applications import ProgramPlace
from certification.domain.directory import Program
from certification.domain.folded_names import folded_program_name
from certification.domain.program_changes import (
    KeptChange,
    ProgramChange,
    Told,
    certified_as,
    details_of,
    places_of,
)
from certification.storage import program_changes
from certification.storage.tables.programs import PROGRAMS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def upsert(tx: Transaction, program: Program) -> None:
    """Store a program as its latest certification has it; its reported details stay."""
    row = await tx.lock(PROGRAMS, program.id)
    if row is None:
        made = {"id": program.id, "applicant_id": program.applicant_id, **_said(program)}
        await tx.insert(PROGRAMS, version=program.version, **made)
        return
    before = program_of(row)
    after = replace(before, name=program.name, place=program.place, version=before.version + 1)
    told = certified_as(before), certified_as(after)
    await update(tx, after, ProgramChange.CERTIFIED, *told)


async def update(
    tx: Transaction,
    program: Program,
    change: ProgramChange,
    before: Told | None,
    after: Told,
) -> KeptChange:
    """Store a changed, locked program, and the change in its history."""
    kept = KeptChange(program.id, program.version, change, before, after, tx.now, tx.actor.subject)
    await tx.execute(
        sa.update(PROGRAMS)
        .where(PROGRAMS.c.id == program.id)
        .values(version=program.version, **_said(program))
    )
    await program_changes.insert(tx, kept)
    return kept


async def by_id(tx: Transaction, program_id: UUID) -> Program:
    """Read a program; NotFoundError if there is none."""
    statement = select(PROGRAMS).where(PROGRAMS.c.id == program_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise not_found(program_id)
    return program_of(row)


async def locked(tx: Transaction, program_id: UUID) -> Program:
    """Lock a program; NotFoundError if there is none."""
    row = await tx.lock(PROGRAMS, program_id)
    if row is None:
        raise not_found(program_id)
    return program_of(row)


def program_of(row: RowMapping) -> Program:
    """Build a program from a row."""
    return Program(
        id=row["id"],
        name=row["name"],
        place=ProgramPlace(row["headquarters_county"], tuple(row["served_counties"])),
        applicant_id=row["applicant_id"],
        version=row["version"],
        languages=tuple(row["languages"]),
        accepting_clients=row["accepting_clients"],
        public_phone=row["public_phone"],
        website=row["website"],
        details_said_on=row["details_said_on"],
    )


def not_found(program_id: UUID) -> NotFoundError:
    """Return the error for a program that is missing or not the caller's."""
    return NotFoundError(f"there is no program {program_id}", code="program-not-found")


def _said(program: Program) -> dict[str, Any]:
    return {
        "name": program.name,
        "folded_name": folded_program_name(program.name),
        "details_said_on": program.details_said_on,
        **places_of(program),
        **details_of(program),
    }
