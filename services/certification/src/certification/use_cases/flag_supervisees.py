"""Flags every supervisee when a supervisor's certification ends or is suspended.

A flag is a work item for the Board's reviewers. It is resolved when the supervisor is certified
again or the agreement ends; for a reinstatement on a later day, by a background process on that
day.
"""

from datetime import date
from uuid import UUID

from certification.domain.certifications import Certification
from certification.domain.supervision_agreements import SupervisionAgreement
from certification.storage import certifications, ends, supervision_agreements
from shared.database.transaction import Transaction
from shared.law.duty.duties import Subject
from shared.security.principals import Role
from shared.work_items import keeping, work_item_queries
from shared.work_items.work_items import Evidence, Opening, WorkItemOwner

KIND = "supervisor-lapsed"
SUPERVISEE = "provider"


async def flag_supervisees(
    tx: Transaction,
    supervisor_id: UUID,
    certification_id: UUID,
    *,
    because: str,
    effective_on: date,
    fact_id: UUID,
) -> None:
    """Open a flag for everybody whom a provider supervises on that day or later."""
    standing = await supervision_agreements.standing_under(tx, supervisor_id, effective_on)
    supervisees = dict.fromkeys(agreement.supervisee_id for agreement in standing)
    await keeping.open_work_items(
        tx,
        [
            Opening(
                kind=KIND,
                subject=Subject(SUPERVISEE, supervisee),
                case_id=None,
                owner=WorkItemOwner(Role.BOARD_REVIEWER),
                because=because,
                evidence=Evidence("certification", certification_id),
                fact_id=fact_id,
                effective_on=effective_on,
            )
            for supervisee in supervisees
        ],
    )


async def unflag_supervisees(
    tx: Transaction, certification: Certification, *, resolution: str
) -> None:
    """Resolve the flags of a supervisor who is certified again."""
    since = min(certification.effective_from, tx.today)
    standing = await supervision_agreements.standing_under(tx, certification.holder_id, since)
    supervisees = {each.supervisee_id for each in standing}
    await _resolve(tx, certification.holder_id, supervisees, resolution)


async def unflag_certified_again(tx: Transaction) -> int:
    """Resolve a batch of flags whose supervisor's reinstatement takes effect now."""
    flags = await ends.flags_of_certified_again(tx, KIND)
    await keeping.resolve_by_facts(tx, dict.fromkeys(flags, "certified-again"))
    return len(flags)


async def unflag_supervisee(tx: Transaction, agreement: SupervisionAgreement) -> None:
    """Resolve the flag of a supervisee whose agreement has ended."""
    await _resolve(tx, agreement.supervisor_id, {agreement.supervisee_id}, "agreement-ended")


async def _resolve(
    tx: Transaction, supervisor_id: UUID, supervisees: set[UUID], resolution: str
) -> None:
    """Resolve the flags that rest on this certification; other supervisors' flags stay."""
    if not supervisees:
        return
    own = {each.id for each in await certifications.of_holder(tx, supervisor_id)}
    items = await work_item_queries.open_about(tx, KIND, supervisees)
    cured = {each.id: resolution for each in items if each.opening.evidence.id in own}
    await keeping.resolve_by_facts(tx, cured)
