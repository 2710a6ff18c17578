"""Undoes the effects of lost events, unless later work depends on them.

An operator's rebuild calls this after the database of another service was restored to an earlier
state. Work that depends on a lost event stays and is reported to the operator, who must decide.
"""

from uuid import UUID

from shared.credentials import kept_changes
from shared.database.transaction import Transaction
from shared.law.duty.lost_evidence import reopen_if_met_by
from supervision.domain.duty_rules import STATIC_99R_BEFORE_PLACEMENT
from supervision.domain.teams import Member
from supervision.storage import cases, credentials, placements, shares, teams
from supervision.use_cases.follow_lapses import follow_member
from supervision.use_cases.settle_static_99r import evidence_of, settle_static_99r


async def forget_certification(tx: Transaction, certification_id: UUID) -> str | None:
    """Remove a certification and re-examine the cases whose team needs it."""
    holder = await credentials.holder_of(tx, certification_id)
    await credentials.forget_certification(tx, certification_id)
    return await _look_anew(tx, holder)


async def forget_examiner_standing(tx: Transaction, standing_id: UUID) -> str | None:
    """Remove an examiner's standing and re-examine the cases whose team needs it."""
    holder = await credentials.holder_of(tx, standing_id)
    await credentials.forget_standing(tx, standing_id)
    return await _look_anew(tx, holder)


async def forget_credential_change(
    tx: Transaction, fact_id: UUID, credential_id: UUID
) -> str | None:
    """Remove a change of a certification or standing and re-examine the cases that need it."""
    await kept_changes.forget(tx, fact_id)
    if (holder := await credentials.holder_of(tx, credential_id)) is not None:
        await follow_member(tx, holder)
    return None


async def forget_static_99r(tx: Transaction, case_id: UUID, assessment_id: UUID) -> None:
    """Remove a Static-99R and reopen the duty that it met, unless another one meets it."""
    await cases.locked_if_known(tx, case_id)
    await placements.forget_static_99r(tx, assessment_id)
    await reopen_if_met_by(tx, STATIC_99R_BEFORE_PLACEMENT, case_id, evidence_of(assessment_id))
    await settle_static_99r(tx, case_id)


async def forget_share(tx: Transaction, share_id: UUID) -> str | None:
    """Remove a share from the inbox, unless an officer has received it."""
    if await shares.forget(tx, share_id):
        return None
    return "the share and its receipt stay, because an officer has recorded the receipt"


async def _look_anew(tx: Transaction, holder: Member | None) -> str | None:
    """Re-examine the cases; report how many teams need a member who may lack a credential."""
    if holder is None:
        return None
    await follow_member(tx, holder)
    counting = len(await teams.cases_counting_on(tx, holder))
    if counting == 0:
        return None
    return f"{counting} cases have a team that counts on its holder: look whether it still may"
