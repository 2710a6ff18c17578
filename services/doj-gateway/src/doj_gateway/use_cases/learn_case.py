"""Supervision opened a case or changed its team: who supervises decides who sees submissions."""

from doj_gateway.domain.scores import SupervisedCase
from doj_gateway.storage import cases
from shared.database.transaction import Transaction


async def learn_case(tx: Transaction, case: SupervisedCase) -> None:
    """Keep the case as it stands now."""
    await cases.keep(tx, case)
