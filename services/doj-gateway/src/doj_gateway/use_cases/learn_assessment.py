"""Scoring finalized an assessment, which may open a duty toward DOJ or an expectation."""

from datetime import datetime

from doj_gateway.domain.obligations import REPORTING, Route
from doj_gateway.domain.owed_scores import Forwarding, OwedScore, assessed
from doj_gateway.domain.scores import Assessment
from doj_gateway.storage import assessments
from doj_gateway.use_cases.open_expectation import open_expectation
from doj_gateway.use_cases.owe_score import owe_score
from shared.database.transaction import Transaction
from shared.law.in_force import Law


async def learn_assessment(
    tx: Transaction,
    law: Law,
    forwarding: Forwarding,
    assessment: Assessment,
    announced_at: datetime,
) -> None:
    """Store the assessment and open what its instrument and the edition in force require."""
    await assessments.upsert(tx, assessment)
    reporting = REPORTING.get(assessment.instrument)
    if reporting is None:
        return
    owed = OwedScore(assessment, assessment.agency, announced_at, None)
    await owe_score(tx, law, forwarding, owed, assessment.sides(), [assessed(assessment)])
    if reporting.route is Route.AUTOMATIC:
        await open_expectation(tx, law, assessment)
