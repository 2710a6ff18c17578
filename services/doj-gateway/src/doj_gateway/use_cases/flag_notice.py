"""Opens and resolves work items about a DOJ notice, for operators.

The notice is unclear, was corrected after it was matched, or DOJ does not take the acknowledgment.
"""

from uuid import UUID

from doj_gateway.domain.notices import DojNotice
from shared.database.transaction import Transaction
from shared.law.duty.duties import Subject
from shared.security.principals import Role
from shared.work_items import keeping, work_item_queries
from shared.work_items.work_items import Evidence, Opening, WorkItemOwner

UNCLEAR, CORRECTED = "notice-unclear", "notice-corrected"
UNACKNOWLEDGED, NOT_TAKEN = "notice-not-acknowledged", "acknowledgment-not-taken"
AFTER_IT_WAS_MATCHED = "corrected-after-it-was-matched"


async def flag_unclear(tx: Transaction, notice: DojNotice, fact_id: UUID) -> None:
    """Open a work item: the notice must be matched by hand."""
    await _flag(tx, UNCLEAR, notice, notice.because or UNCLEAR, fact_id)


async def flag_correction(tx: Transaction, notice: DojNotice, fact_id: UUID) -> None:
    """Open a work item: DOJ corrected the notice after it was matched."""
    await _flag(tx, CORRECTED, notice, AFTER_IT_WAS_MATCHED, fact_id)


async def flag_unacknowledged(tx: Transaction, notice: DojNotice, fact_id: UUID) -> None:
    """Open a work item: DOJ repeatedly does not take the acknowledgment."""
    await _flag(tx, UNACKNOWLEDGED, notice, NOT_TAKEN, fact_id)


async def unflag_unclear(tx: Transaction, notice: DojNotice, resolution: str) -> None:
    """Resolve the work item about matching the notice."""
    await _unflag(tx, UNCLEAR, notice, resolution)


async def unflag_unacknowledged(tx: Transaction, notice: DojNotice) -> None:
    """Resolve the work item about the acknowledgment, because DOJ took it."""
    await _unflag(tx, UNACKNOWLEDGED, notice, "acknowledged")


async def _unflag(tx: Transaction, kind: str, notice: DojNotice, resolution: str) -> None:
    found = await work_item_queries.open_about(tx, kind, [notice.id])
    if found:
        await keeping.resolve_by_facts(tx, {item.id: resolution for item in found})


async def _flag(tx: Transaction, kind: str, notice: DojNotice, because: str, fact_id: UUID) -> None:
    opening = Opening(
        kind=kind,
        subject=Subject("notice", notice.id),
        case_id=notice.case_id,
        owner=WorkItemOwner(Role.OPERATOR),
        because=because,
        evidence=Evidence("notice", notice.id),
        fact_id=fact_id,
    )
    await keeping.open_work_items(tx, [opening])
