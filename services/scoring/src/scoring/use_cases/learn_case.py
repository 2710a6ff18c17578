"""Supervision opened a case: scoring now knows who supervises it."""

from scoring.domain.cases import Case
from scoring.storage import cases
from shared.database.transaction import Transaction


async def learn_case(tx: Transaction, case: Case) -> None:
    """Keep the case."""
    await cases.keep(tx, case)
