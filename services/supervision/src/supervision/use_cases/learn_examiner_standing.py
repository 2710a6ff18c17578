"""The Board recorded an examiner's standing: from that day teams may count on it."""

from shared.database.transaction import Transaction
from shared.events.certification import ExaminerStandingRecorded
from shared.law.validity import Validity
from supervision.storage import credentials


async def learn_examiner_standing(tx: Transaction, recorded: ExaminerStandingRecorded) -> None:
    """Keep the standing."""
    credentials.keep_standing(
        tx,
        recorded.examiner_standing_id,
        examiner_id=recorded.examiner_id,
        held=Validity(recorded.effective_from, recorded.effective_until),
    )
