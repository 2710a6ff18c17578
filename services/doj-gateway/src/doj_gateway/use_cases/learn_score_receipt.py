"""The officer received a score; under the Board's standards this starts the clock toward DOJ.

The clock starts at the time of receipt, whenever the event arrives here (Penal Code 290.09(b)(2),
before 2025-01-01; Board standards page: within five working days of receipt).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from doj_gateway.domain.owed_scores import Forwarding, OwedScore, ScoreReceipt, assessed
from doj_gateway.storage import assessments
from doj_gateway.use_cases.owe_score import owe_score
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.in_force import Law


@dataclass(frozen=True)
class LearnScoreReceipt:
    """Who received which score and when, and when the receipt was published."""

    score_receipt_id: UUID
    assessment_id: UUID
    officer_id: UUID
    agency: str
    received_at: datetime
    announced_at: datetime


async def learn_score_receipt(
    tx: Transaction, law: Law, forwarding: Forwarding, command: LearnScoreReceipt
) -> None:
    """Open the duty that the receipt starts, if any, and forward the score."""
    assessment = await assessments.known(tx, command.assessment_id)
    sides = replace(assessment.sides(command.officer_id), agency=command.agency)
    received = Fact("receipt", command.received_at, str(command.score_receipt_id))
    receipt = ScoreReceipt(command.score_receipt_id, command.received_at)
    owed = OwedScore(assessment, sides.agency, command.announced_at, receipt)
    await owe_score(tx, law, forwarding, owed, sides, [assessed(assessment), received])
