"""A user sees every month since the first team, with both sides' attestations."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.database.transaction import Transaction
from supervision.domain.contacts import Attestation, MonthState, Side, month_state
from supervision.domain.months import Month, months_through
from supervision.storage import attestations, audit_record, cases, teams


@dataclass(frozen=True)
class ContactMonth:
    """One month with its attestations: at most one per side."""

    month: Month
    attestations: tuple[Attestation, ...]

    @property
    def state(self) -> MonthState:
        """State of the month, derived from the attestations."""
        return month_state(self.attestations)

    def of_side(self, side: Side) -> Attestation | None:
        """Return one side's attestation; None if it has not attested."""
        return next((each for each in self.attestations if each.side is side), None)


async def list_contact_months(tx: Transaction, case_id: UUID) -> Sequence[ContactMonth]:
    """List the months from the first team's month to the current one; empty without a team."""
    case = await cases.visible(tx, case_id)
    audit_record.of_case(tx, "contact-months.read", case)
    formed_on = await teams.first_day(tx, case.id)
    if formed_on is None:
        return []
    told = await attestations.of_case(tx, case.id)
    return [
        ContactMonth(month, tuple(each for each in told if each.contact.month == month))
        for month in months_through(Month.of(formed_on), Month.of(tx.today))
    ]
