"""Finds who owes a score to DOJ in another role, when a change of law hands the duty over.

Under the Board's standards the officer owes the dynamic score, under Senate Bill 1473 the provider
for assessments from 2025 on (Penal Code 290.09).
"""

from dataclasses import replace

from doj_gateway.domain.obligations import OFFICER, PROVIDER, owner_as
from doj_gateway.storage import assessments, cases
from shared.database.transaction import Transaction
from shared.law.duty.duties import Duty, Owner


async def find_owner(tx: Transaction, duty: Duty, role: str) -> Owner | None:
    """Return the current owner in the provider or officer role; None for any other role."""
    if duty.subject.kind != "assessment" or role not in {OFFICER, PROVIDER}:
        return None
    assessment = await assessments.known(tx, duty.subject.id)
    sides = assessment.sides()
    case = await cases.by_id(tx, assessment.case_id)
    if case is not None:
        sides = replace(sides, agency=case.agency, officer_id=case.officer_id)
    return owner_as(role, sides)
