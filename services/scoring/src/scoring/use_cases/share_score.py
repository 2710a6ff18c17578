"""A provider shares a score with the supervising officer (Board standards: within 30 days)."""

from uuid import UUID

from scoring import published
from scoring.domain.duty_rules import SHARE_SCORE
from scoring.domain.instruments import Instruments
from scoring.domain.shares import Share, shared
from scoring.storage import assessments, cases, shares
from shared.database.transaction import Transaction
from shared.identifiers import new_id


async def share_score(tx: Transaction, instruments: Instruments, assessment_id: UUID) -> Share:
    """Share a score of the acting provider with the officer of the case, once per version."""
    assessment = await assessments.locked(tx, assessment_id)
    if not assessment.is_by(tx.actor):
        raise assessments.not_found(assessment_id)
    instrument = instruments.version(assessment.instrument, assessment.instrument_version)
    case = await cases.by_id(tx, assessment.case_id)
    before = await shares.of_version(tx, assessment.id, assessment.version)
    share = shared(new_id(), assessment, instrument, case, before, tx.now)

    await shares.insert(tx, share)
    tx.publish(published.share_made(share))
    tx.audit("score.shared", subject_kind="share", subject_id=share.id, authority=SHARE_SCORE)
    return share
