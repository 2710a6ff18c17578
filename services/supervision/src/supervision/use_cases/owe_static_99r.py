"""The officer owes the Static-99R before the day of placement (the Board's standards page)."""

from datetime import date

from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law
from supervision.domain.cases import Case
from supervision.domain.duty_rules import STATIC_99R_BEFORE_PLACEMENT


async def owe_static_99r(tx: Transaction, law: Law, case: Case, placement_on: date) -> Duty | None:
    """Open the duty of a case, for the planned or the actual day of placement.

    None for a placement before there was such a rule.
    """
    return await ledger.open_duty_if_owed(
        tx,
        law,
        rule=STATIC_99R_BEFORE_PLACEMENT,
        facts=[Fact("placement", placement_on, f"case {case.id}")],
        subject=Subject("case", case.id),
        owner=Owner("officer", case.agency, case.officer_id),
        concerns=case.id,
    )
