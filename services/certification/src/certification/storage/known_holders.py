"""Finds holders already on record by the name in a list, however it is spelled."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, text

from certification.domain.applications import Kind
from certification.domain.intake_checks import Likeness
from shared.database.transaction import Transaction

_ALIKE = {
    Kind.PROGRAM: text(
        """
        SELECT DISTINCT folded_name AS name, headquarters_county AS county FROM programs
        WHERE folded_name = ANY(CAST(:names AS text[])) AND EXISTS (
            SELECT 1 FROM certification_standings
            WHERE certification_standings.holder_id = programs.id AND status <> 'voided')
        """
    ),
    Kind.PROVIDER: text(
        """
        SELECT DISTINCT folded_name AS name, CAST(NULL AS text) AS county FROM providers
        WHERE folded_name = ANY(CAST(:names AS text[])) AND EXISTS (
            SELECT 1 FROM certification_standings
            WHERE certification_standings.holder_id = providers.id AND status <> 'voided')
        """
    ),
}


async def alike(tx: Transaction, kind: Kind, names: Sequence[str]) -> Collection[Likeness]:
    """Return holders with one of these folded names, with county if any; no voided ones."""
    rows: Sequence[Row[Any]] = (await tx.execute(_ALIKE[kind], {"names": list(names)})).all()
    return frozenset((row.name, row.county) for row in rows)
