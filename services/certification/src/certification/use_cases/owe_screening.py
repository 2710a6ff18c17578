"""The Board's duty to check an application for completeness (rule `screen-application`).

It is owed from the day of arrival, and again from the day of the last answer to a notice. It is met
when the application is found complete or a notice names what is missing.
"""

from certification.domain.applications import Application
from certification.domain.duty_rules import SCREEN_APPLICATION
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import DONE, UNMET, Owner, Subject
from shared.law.in_force import Law


async def owe_screening(
    tx: Transaction, law: Law, application: Application, *, evidence: str
) -> None:
    """Open the duty today; one met earlier today is reopened with the same due date."""
    duty = await ledger.open_duty(
        tx,
        law,
        rule=SCREEN_APPLICATION,
        facts=[Fact("arrival", tx.now, evidence)],
        subject=Subject("application", application.id),
        owner=Owner(person=application.reviewer_id),
    )
    if duty.state in DONE:
        await ledger.reopen_duty(
            *(tx, SCREEN_APPLICATION, application.id),
            reason="answers arrived",
            evidence=evidence,
            started_on=duty.started_on,
        )


async def meet_screening(tx: Transaction, application: Application, *, evidence: str) -> None:
    """Meet the duty if it is owed; it is not owed on an application found complete before."""
    if await is_screening_owed(tx, application):
        await ledger.meet_duty(tx, SCREEN_APPLICATION, application.id, at=tx.now, evidence=evidence)


async def cancel_screening(tx: Transaction, application: Application, *, reason: str) -> None:
    """Cancel the duty of an application that has ended."""
    if await is_screening_owed(tx, application):
        await ledger.cancel_duty(tx, SCREEN_APPLICATION, application.id, reason=reason)


async def is_screening_owed(tx: Transaction, application: Application) -> bool:
    """Whether the check is owed; false for applications older than this rule."""
    duty = await duty_queries.of_subject(tx, SCREEN_APPLICATION, application.id)
    return duty is not None and duty.state in UNMET
