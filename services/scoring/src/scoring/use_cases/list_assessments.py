"""A user lists the assessments of a case, without results."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from scoring.domain.assessments import Assessment, own_ids
from scoring.storage import assessments, cases
from shared.authorities import Authority
from shared.database.transaction import Transaction


async def list_assessments(
    tx: Transaction, case_id: UUID, *, after: tuple[date, UUID] | None, limit: int
) -> Sequence[Assessment]:
    """Return up to `limit` + 1 assessments. Raises NotFoundError for a case not visible."""
    case = await cases.by_id(tx, case_id)
    authority = case.authority_of(tx.actor)
    if authority is None:
        raise cases.not_found(case_id)
    drafts_of = None if authority is Authority.AUDITOR else own_ids(tx.actor)
    found = await assessments.listed(tx, case_id, drafts_of=drafts_of, after=after, limit=limit)
    tx.audit("assessment.listed", subject_kind="case", subject_id=case_id, authority=authority)
    return found
