"""A score comes to be owed to DOJ: the duty opens, and by default the gateway forwards the score.

The officer or provider goes on owing it until DOJ accepts, whoever carries it there.
"""

from collections.abc import Sequence
from enum import StrEnum

from doj_gateway.domain.obligations import REPORTING, Route, Sides, obligation
from doj_gateway.domain.scores import Assessment
from doj_gateway.use_cases.queue_submission import ScoreReceipt, queue_submission
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Subject
from shared.law.in_force import Law


class Forwarding(StrEnum):
    """Whether the gateway sends by itself what is owed."""

    AT_ONCE = "at-once"
    BY_THE_OWNER = "by-the-owner"


def assessed(assessment: Assessment) -> Fact:
    """The fact that it was scored, on its day."""
    return Fact("assessment", assessment.assessed_on, str(assessment.id))


async def owe_score(
    tx: Transaction,
    law: Law,
    forwarding: Forwarding,
    assessment: Assessment,
    sides: Sides,
    facts: Sequence[Fact],
    receipt: ScoreReceipt | None = None,
) -> None:
    """Open what the facts make owed, once, and queue the score where the gateway sends it."""
    owed = obligation(law.edition, assessment.instrument, facts, sides)
    if owed is None:
        return
    duty = await ledger.open_duty(
        tx,
        law,
        rule=owed.rule,
        facts=facts,
        subject=Subject("assessment", assessment.id),
        owner=owed.owner,
        concerns=assessment.case_id,
    )
    is_forwarded = REPORTING[assessment.instrument].route is Route.FORWARDED
    if is_forwarded and forwarding is Forwarding.AT_ONCE:
        await queue_submission(tx, assessment, sides.agency, duty.due_at, receipt)
