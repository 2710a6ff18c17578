"""The clerk says what has come to its end by itself: certifications, credentials, standings.

Nothing waits for this: whoever reads a register or a standing sees the end on its day, whether
the clerk came by or not. It is said once, to those who listen.
"""

from certification.domain.certification_changes import Change
from certification.storage import ends
from shared.database.transaction import Transaction
from shared.events.certification import (
    CertificationEnded,
    ExaminerStandingEnded,
    ScorerCredentialEnded,
)


async def announce_ends(tx: Transaction) -> int:
    """Announce a batch; returns how many, which is less than AT_ONCE when nothing is left."""
    expired = await ends.expired_certifications(tx)
    for each in expired:
        because = Change.RENEWED if each.is_followed else Change.EXPIRED
        tx.publish(
            CertificationEnded(
                certification_id=each.certification_id,
                kind=each.kind,
                holder_id=each.holder_id,
                effective_on=each.ended_on,
                because=because,
            )
        )
    credentials = await ends.ended_credentials(tx)
    for row in credentials:
        tx.publish(
            ScorerCredentialEnded(
                scorer_credential_id=row.id,
                scorer_id=row.scorer_id,
                instrument=row.instrument,
                effective_on=row.effective_until,
                because=Change.EXPIRED,
            )
        )
    standings = await ends.ended_examiner_standings(tx)
    for row in standings:
        tx.publish(
            ExaminerStandingEnded(
                examiner_standing_id=row.id,
                examiner_id=row.examiner_id,
                effective_on=row.effective_until,
                because=Change.EXPIRED,
            )
        )
    return max(len(expired), len(credentials), len(standings))
