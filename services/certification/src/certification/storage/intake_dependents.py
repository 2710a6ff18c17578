"""Finds the records that depend on an imported certification and keep it from being undone."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from shared.database.transaction import Transaction

_FIND = text(
    """
    WITH these AS (
        SELECT id, holder_id, version FROM certifications WHERE id = ANY(CAST(:ids AS uuid[]))
    )
    SELECT id, 'changed-since' AS code FROM these WHERE version > 1
    UNION
    SELECT these.id, 'changed-since'
    FROM these JOIN programs ON programs.id = these.holder_id AND programs.version > 1
    UNION
    SELECT these.id, 'changed-since'
    FROM these JOIN providers ON providers.id = these.holder_id AND providers.version > 1
    UNION
    SELECT these.id, 'account-linked'
    FROM these JOIN account_changes ON account_changes.holder_id = these.holder_id
    UNION
    SELECT these.id, 'applied-for'
    FROM these JOIN applications ON applications.certification_id = these.id
    UNION
    SELECT these.id, 'certified-again'
    FROM these JOIN certifications AS others ON others.holder_id = these.holder_id
                                            AND others.id <> these.id
    UNION
    SELECT these.id, 'supervision-agreement'
    FROM these JOIN supervision_agreements ON supervisee_id = these.holder_id
    UNION
    SELECT these.id, 'supervision-agreement'
    FROM these JOIN supervision_agreements ON supervisor_id = these.holder_id
    UNION
    SELECT these.id, 'scorer-credential'
    FROM these JOIN scorer_credentials ON scorer_credentials.scorer_id = these.holder_id
    UNION
    SELECT these.id, 'program-provider'
    FROM these JOIN program_providers ON program_id = these.holder_id
    UNION
    SELECT these.id, 'program-provider'
    FROM these JOIN program_providers ON provider_id = these.holder_id
    ORDER BY id, code
    """
)
"""A record counts whatever became of it since, for example a withdrawn renewal."""


async def dependents(
    tx: Transaction, certification_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[str, ...]]:
    """Return the codes of what depends on each certification; one without is left out."""
    rows: Sequence[Row[Any]] = (await tx.execute(_FIND, {"ids": list(certification_ids)})).all()
    found: dict[UUID, tuple[str, ...]] = {}
    for row in rows:
        found[row.id] = (*found.get(row.id, ()), row.code)
    return found
