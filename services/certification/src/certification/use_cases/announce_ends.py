"""Announces what has ended by date: certifications, credentials and standings.

A background process does it, once for each. Nothing depends on it: whoever reads the register or a
standing sees the end on its day.
"""

from certification.domain.applications import Kind
from certification.domain.certification_changes import Change
from certification.storage import ends
from certification.use_cases.flag_supervisees import flag_supervisees, unflag_certified_again
from shared.database.transaction import Transaction
from shared.events.certification import (
    CertificationEnded,
    ExaminerStandingEnded,
    ScorerCredentialEnded,
)


async def announce_ends(tx: Transaction) -> int:
    """Announce a batch; return its size, which is below AT_ONCE when nothing is left.

    It also resolves flags of certifications whose reinstatement takes effect now.
    """
    return max(
        await _certifications(tx),
        await _scorer_credentials(tx),
        await _examiner_standings(tx),
        await unflag_certified_again(tx),
    )


async def _certifications(tx: Transaction) -> int:
    expired = await ends.expired_certifications(tx)
    for each in expired:
        because = Change.RENEWED if each.is_followed else Change.EXPIRED
        fact_id = tx.publish(
            CertificationEnded(
                certification_id=each.certification_id,
                kind=each.kind,
                holder_id=each.holder_id,
                effective_on=each.ended_on,
                because=because,
            )
        )
        if each.kind == Kind.PROVIDER and not each.is_followed:
            await flag_supervisees(
                tx,
                each.holder_id,
                each.certification_id,
                because=because,
                effective_on=each.ended_on,
                fact_id=fact_id,
            )
    return len(expired)


async def _scorer_credentials(tx: Transaction) -> int:
    ended = await ends.ended_credentials(tx)
    for row in ended:
        tx.publish(
            ScorerCredentialEnded(
                scorer_credential_id=row.id,
                scorer_id=row.scorer_id,
                instrument=row.instrument,
                effective_on=row.effective_until,
                because=Change.EXPIRED,
            )
        )
    return len(ended)


async def _examiner_standings(tx: Transaction) -> int:
    ended = await ends.ended_examiner_standings(tx)
    for row in ended:
        tx.publish(
            ExaminerStandingEnded(
                examiner_standing_id=row.id,
                examiner_id=row.examiner_id,
                effective_on=row.effective_until,
                because=Change.EXPIRED,
            )
        )
    return len(ended)
