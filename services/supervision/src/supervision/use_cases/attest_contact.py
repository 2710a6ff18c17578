"""Officer and provider each attest the contact of a month; if they agree, the month is met.

They communicate at least once a month and both record it; the officer has the primary duty
(the Board's standards page; Penal Code 1203.067, 3008).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import RuleBrokenError
from shared.identifiers import new_id
from shared.security.principals import Role
from supervision import published
from supervision.domain.cases import Case
from supervision.domain.contacts import (
    Attestation,
    Contact,
    MonthState,
    Side,
    check_attestation,
    month_state,
)
from supervision.storage import attestations, audit_record, cases, officers, teams, timeline
from supervision.use_cases.owe_monthly_contact import meet_monthly_contact


@dataclass(frozen=True)
class AttestedContact:
    """An attestation, and the resulting state of its month."""

    attestation: Attestation
    month_state: MonthState


async def attest_contact(tx: Transaction, case_id: UUID, contact: Contact) -> AttestedContact:
    """Record a contact for the actor's side. An acting officer must be recorded by the agency."""
    if tx.actor.has(Role.OFFICER):
        await officers.acting(tx)
    case = await cases.locked_for_contact(tx, case_id, contact.contacted_on)
    earlier = await attestations.of_month(tx, case.id, contact.month)
    side = await _side(tx, case, contact)
    check_attestation(contact, side, earlier, tx.actor.subject, tx.today)
    attestation = Attestation(new_id(), case.id, side, contact, tx.actor.subject, tx.now)
    told: Sequence[Attestation] = [*earlier, attestation]

    await attestations.insert(tx, attestation)
    await timeline.announce(tx, published.contact_attested(attestation), case.id)
    if month_state(told) is MonthState.MET:
        await timeline.announce(tx, published.month_met(case.id, contact.month, tx.now), case.id)
        await meet_monthly_contact(tx, case, contact)
    audit_record.of_case(tx, "contact.attested", case)
    return AttestedContact(attestation, month_state(told))


async def _side(tx: Transaction, case: Case, contact: Contact) -> Side:
    """Return the side of the actor. A provider must have been in the team on that day."""
    team = await teams.on_day(tx, case.id, contact.contacted_on)
    if team is None:
        raise RuleBrokenError(
            f"the case had no containment team on {contact.contacted_on}", code="no-team"
        )
    if tx.actor.has(Role.OFFICER):
        return Side.OFFICER
    if team.members.provider_id != tx.actor.provider:
        raise RuleBrokenError(
            f"you were not the provider of the case's team on {contact.contacted_on}",
            code="not-in-team",
        )
    return Side.PROVIDER
