"""The officer has the primary duty of the monthly contact (the Board's standards page)."""

from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law
from supervision.domain.cases import Case
from supervision.domain.months import Month

RULE = "monthly-contact"


async def owe_monthly_contact(tx: Transaction, law: Law, case: Case, month: Month) -> Duty:
    """Open the duty of a case for one month, or return the one that stands."""
    return await ledger.open_duty(
        tx,
        law,
        rule=RULE,
        facts=[Fact("month", month.first_day, f"case {case.id}")],
        subject=Subject("case", case.id),
        owner=Owner("officer", case.agency, case.officer_id),
        concerns=case.id,
    )
