"""Opens and meets the monthly contact duty, primarily the officer's (the Board's standards page).

A duty is opened only for the month in which a team is formed, because no clerk opens later months
yet. Missed contacts of later months are not known, so overview and reports leave out this rule.
"""

import contextlib
from datetime import date

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Owner, Subject
from shared.law.in_force import Law
from supervision.domain.cases import Case
from supervision.domain.contacts import NOT_REQUIRED, Contact, is_required
from supervision.domain.duty_rules import MONTHLY_CONTACT
from supervision.domain.months import Month


async def owe_monthly_contact(
    tx: Transaction, law: Law, case: Case, month: Month, *, teamed_from: date
) -> None:
    """Open the contact duty of a case for one month, if a contact is required in it."""
    active_from = max(teamed_from, case.dates.starts_on)
    not_required = law.edition.setting(NOT_REQUIRED).words
    if not case.is_bound_by_program_duties or not is_required(month, active_from, not_required):
        return
    await ledger.open_duty_if_owed(
        tx,
        law,
        rule=MONTHLY_CONTACT,
        facts=[Fact("month", month.first_day, f"case {case.id}")],
        subject=Subject("case", case.id),
        owner=Owner("officer", case.agency, case.officer_id),
        concerns=case.id,
    )


async def take_back_monthly_contact(
    tx: Transaction, case: Case, month: Month, *, reason: str
) -> None:
    """Cancel the contact duty of a month, if one was opened."""
    with contextlib.suppress(NotFoundError):
        await ledger.cancel_duty(
            tx, MONTHLY_CONTACT, case.id, reason=reason, started_on=month.first_day
        )


async def meet_monthly_contact(tx: Transaction, case: Case, contact: Contact) -> None:
    """Meet the contact duty of the month on the day of the contact, if one was opened."""
    with contextlib.suppress(NotFoundError):
        await ledger.meet_duty(
            tx,
            MONTHLY_CONTACT,
            case.id,
            at=contact.contacted_on,
            evidence=f"contact of {contact.contacted_on}",
            started_on=contact.month.first_day,
        )
