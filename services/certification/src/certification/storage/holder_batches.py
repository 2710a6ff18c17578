"""Stores many new programs or providers in one statement."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import insert

from certification.domain.applications import Kind
from certification.domain.intake_lines import IntakeEntry
from certification.storage.tables.programs import PROGRAMS, PROVIDERS
from shared.database.transaction import Transaction

_INSERT = {Kind.PROGRAM: insert(PROGRAMS), Kind.PROVIDER: insert(PROVIDERS)}


def insert_soon(tx: Transaction, kind: Kind, holders: Iterable[tuple[UUID, IntakeEntry]]) -> None:
    """Store holders from a list; none of them applied here."""
    for holder_id, entry in holders:
        row = {"id": holder_id, "name": entry.name, "version": 1, **_own(kind, entry)}
        tx.write_soon(_INSERT[kind], row)


def _own(kind: Kind, entry: IntakeEntry) -> dict[str, object]:
    """Return the columns that only holders of one kind have."""
    if kind is Kind.PROVIDER:
        return {}
    return {
        "headquarters_county": entry.headquarters_county,
        "served_counties": list(entry.served_counties),
        "languages": list(entry.languages),
        "accepting_clients": entry.accepting_clients,
    }
