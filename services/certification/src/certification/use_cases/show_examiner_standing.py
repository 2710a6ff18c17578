"""Shows an examiner's standing to Board staff and supervising agencies."""

from uuid import UUID

from certification.domain.credentials import ExaminerStanding
from certification.storage import credentials
from shared.database.transaction import Transaction


async def show_examiner_standing(tx: Transaction, standing_id: UUID) -> ExaminerStanding:
    """Read one standing; the read is audited because it names a person."""
    standing = await credentials.examiner_standing(tx, standing_id)
    tx.audit("examiner-standing.read", subject_kind="examiner-standing", subject_id=standing_id)
    return standing
