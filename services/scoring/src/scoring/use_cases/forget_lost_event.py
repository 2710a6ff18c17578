"""What came of an event that is in no log is undone, as far as nobody has gone on from it.

An operator's rebuild, after the database of another service went back. An assessment that was made
meanwhile stays, by what was known when it was made; of a case that there never was, it is told.
"""

from uuid import UUID

from scoring.domain.shares import RULE
from scoring.storage import cases, shares, standings
from scoring.use_cases.learn_score_receipt import evidence_of
from shared.credentials import kept_changes, program_links
from shared.database.transaction import Transaction
from shared.law.duty.lost_evidence import reopen_if_met_by


async def forget_certification(tx: Transaction, certification_id: UUID) -> None:
    """Forget a certification."""
    await standings.forget_certification(tx, certification_id)


async def forget_scorer_credential(tx: Transaction, credential_id: UUID) -> None:
    """Forget a scorer credential."""
    await standings.forget_credential(tx, credential_id)


async def forget_change(tx: Transaction, fact_id: UUID) -> None:
    """Forget what happened to a certification or credential."""
    await kept_changes.forget(tx, fact_id)


async def forget_program_link(tx: Transaction, link_id: UUID) -> None:
    """Forget that a provider works in a program; what the log has of the link is told again."""
    await program_links.forget(tx, link_id)


async def forget_case(tx: Transaction, case_id: UUID) -> str | None:
    """Forget a case, unless somebody has scored in it."""
    if await cases.forget(tx, case_id):
        return None
    return f"case {case_id} has assessments here; it stays, with them"


async def forget_team(tx: Transaction, team_id: UUID) -> None:
    """Forget a team: the one before it stands."""
    await cases.forget_team(tx, team_id)


async def forget_score_receipt(tx: Transaction, receipt_id: UUID) -> None:
    """Forget a receipt; the duty that it met is open again, with its due date."""
    assessment_id = await shares.forget_receipt(tx, receipt_id)
    if assessment_id is not None:
        await reopen_if_met_by(tx, RULE, assessment_id, evidence_of(receipt_id))
