"""Finds who has an interest in a matter, from this service's records and declarations.

Program links and supervision agreements count permanently, also after their end: somebody who
worked for a program last month should not certify it.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, text

from certification.domain.interests import Interest, Interests, Stake
from certification.storage.tables.applications import ASSIGNMENTS, CONFLICTS_OF_INTEREST
from shared.database.transaction import Transaction

_FIND = text(
    """
    WITH accounts AS NOT MATERIALIZED (
        SELECT id AS holder_id, applicant_id AS account FROM providers
        UNION ALL
        SELECT id, applicant_id FROM programs
        UNION ALL
        SELECT holder_id, applicant_id FROM applications
    ),
    links AS NOT MATERIALIZED (
        SELECT program_id, provider_id FROM program_providers
        WHERE effective_until IS NULL OR effective_from < effective_until
    ),
    own_accounts AS (
        SELECT :applicant_id AS id WHERE :applicant_id IS NOT NULL
        UNION
        SELECT account FROM accounts WHERE holder_id = :holder_id AND account IS NOT NULL
    ),
    own AS (
        SELECT :holder_id AS id
        UNION
        SELECT holder_id FROM accounts JOIN own_accounts ON own_accounts.id = account
    ),
    own_programs AS (
        SELECT programs.id FROM programs JOIN own ON own.id = programs.id
    ),
    shared_programs AS (
        SELECT id FROM own_programs
        UNION
        SELECT program_id FROM links JOIN own ON own.id = provider_id
    ),
    colleagues AS (
        SELECT id FROM shared_programs
        UNION
        SELECT provider_id FROM links JOIN shared_programs ON shared_programs.id = program_id
    ),
    sides AS (
        SELECT id FROM own
        UNION
        SELECT id FROM own_accounts
        UNION
        SELECT provider_id FROM links JOIN own_programs ON own_programs.id = program_id
    ),
    parties AS (
        SELECT id, 'applicant' AS because FROM own_accounts
        UNION
        SELECT id, 'holder' FROM own
        UNION
        SELECT id, 'same-program' FROM colleagues WHERE id NOT IN (SELECT id FROM own)
        UNION
        SELECT supervisor_id, 'supervision-agreement'
        FROM supervision_agreements JOIN sides ON sides.id = supervisee_id
        UNION
        SELECT supervisee_id, 'supervision-agreement'
        FROM supervision_agreements JOIN sides ON sides.id = supervisor_id
    )
    SELECT id, because FROM parties
    UNION
    SELECT account, because FROM parties JOIN accounts ON holder_id = parties.id
    WHERE account IS NOT NULL AND account NOT IN (SELECT id FROM own_accounts)
    UNION
    SELECT reviewer_id, 'declared'
    FROM conflicts_of_interest JOIN own ON own.id = conflicts_of_interest.holder_id
    WHERE ended_at IS NULL
    """
).bindparams(bindparam("holder_id", type_=Uuid), bindparam("applicant_id", type_=Uuid))


async def in_matter(tx: Transaction, stake: Stake) -> Interests:
    """Return everybody with an interest in a holder's matter, with the reasons.

    These are the account and whatever else it holds, everybody of a program that the holder works
    in or represents, and supervisors and supervisees of the parties.
    """
    values = {"holder_id": stake.holder_id, "applicant_id": stake.applicant_id}
    found: dict[UUID, set[Interest]] = defaultdict(set)
    for row in await tx.execute(_FIND, values):
        found[row.id].add(Interest(row.because))
    return {each: tuple(sorted(because)) for each, because in found.items()}


async def known_reviewers(tx: Transaction, among: Collection[UUID]) -> frozenset[UUID]:
    """Return everybody who ever had an application to review or a declared conflict."""
    reviewers = (
        select(table.c.reviewer_id).where(table.c.reviewer_id.in_(among))
        for table in (ASSIGNMENTS, CONFLICTS_OF_INTEREST)
    )
    first, second = reviewers
    return frozenset((await tx.execute(first.union(second))).scalars())
