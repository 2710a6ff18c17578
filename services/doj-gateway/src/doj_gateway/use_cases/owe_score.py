"""A score becomes due at DOJ: the duty opens, and by default the gateway forwards the score.

The officer or provider owes it until DOJ accepts it, whoever sends it.
"""

from collections.abc import Sequence

from doj_gateway.domain.obligations import REPORTING, Route, Sides, obligation
from doj_gateway.domain.owed_scores import Forwarding, OwedScore
from doj_gateway.use_cases.queue_submission import queue_submission
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Subject
from shared.law.in_force import Law


async def owe_score(
    tx: Transaction,
    law: Law,
    forwarding: Forwarding,
    owed: OwedScore,
    sides: Sides,
    facts: Sequence[Fact],
) -> None:
    """Open the duty that the facts start, once, and queue or hold the score."""
    assessment = owed.assessment
    duty = obligation(law.edition, assessment.instrument, facts, sides)
    if duty is None:
        return
    await ledger.open_duty(
        tx,
        law,
        rule=duty.rule,
        facts=facts,
        subject=Subject("assessment", assessment.id),
        owner=duty.owner,
        concerns=assessment.case_id,
    )
    if REPORTING[assessment.instrument].route is Route.FORWARDED:
        await queue_submission(tx, owed, forwarding)
