"""The ledger of duties: opens, meets and moves them in the caller's transaction.

Every change updates the row, adds a row to its history and publishes an event. A duty is found by
its rule and its subject; if there are several (one contact per month), also by the day on which its
clock started.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from shared.database.transaction import Transaction
from shared.errors import ConflictError, NotFoundError
from shared.identifiers import new_id
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact, Moment, day_of
from shared.law.counting.rules import NoDutyError, PausePolicy
from shared.law.duty import duties, duty_events, kept_laws
from shared.law.duty.duties import DONE, UNMET, Duty, DutyState, Owner, Subject
from shared.law.duty.duty_rows import duty_of
from shared.law.duty.duty_tables import DUTIES
from shared.law.duty.duty_writing import DutyChange, open_row, update_row
from shared.law.in_force import Law


async def open_duty(
    tx: Transaction,
    law: Law,
    *,
    rule: str,
    facts: Sequence[Fact],
    subject: Subject,
    owner: Owner,
    concerns: UUID | None = None,
) -> Duty:
    """Open a duty, or return the one that the same start fact has already opened.

    Raises NoDutyError if nobody owes it under the edition at the time of the facts.
    """
    await kept_laws.insert_law_if_new(tx, law)
    counted = deadline(law.edition, rule, facts, law.calendars, agency=owner.agency)
    duty = duties.opened(new_id(), counted, tuple(facts), subject, owner, concerns, tx.now)
    change = DutyChange("opened", duty.started_on, evidence=counted.start.evidence)
    if not await open_row(tx, duty, change):
        return await _opened_before(tx, duty)
    tx.publish(duty_events.opened(duty))
    return duty


async def open_duty_if_owed(
    tx: Transaction,
    law: Law,
    *,
    rule: str,
    facts: Sequence[Fact],
    subject: Subject,
    owner: Owner,
    concerns: UUID | None = None,
) -> Duty | None:
    """Open a duty as `open_duty` does; None if nobody owes it at the time of the facts.

    For facts that are recorded whether or not a rule applied then, such as a placement in 2005.
    """
    try:
        return await open_duty(
            tx, law, rule=rule, facts=facts, subject=subject, owner=owner, concerns=concerns
        )
    except NoDutyError:
        return None


async def meet_duty(
    tx: Transaction,
    rule: str,
    subject_id: UUID,
    *,
    at: Moment,
    evidence: str | None = None,
    started_on: date | None = None,
) -> Duty:
    """Meet the duty by a fact with its own time; a duty already met is returned unchanged."""
    try:
        before = await _locked(tx, rule, subject_id, UNMET, started_on)
    except NotFoundError:
        return await _locked(tx, rule, subject_id, DONE, started_on)
    duty = duties.met(before, at)
    change = DutyChange("met", day_of(at), evidence=evidence)
    return await update_row(tx, duty, change, duty_events.met(duty, day_of(at)))


async def reopen_duty(
    tx: Transaction,
    rule: str,
    subject_id: UUID,
    *,
    reason: str,
    evidence: str | None = None,
    started_on: date | None = None,
) -> Duty:
    """Undo what met the duty; its due date stays. A duty that is not met is returned unchanged."""
    try:
        before = await _locked(tx, rule, subject_id, DONE, started_on)
    except NotFoundError:
        return await _locked(tx, rule, subject_id, UNMET, started_on)
    duty = duties.reopened(before, tx.now)
    change = DutyChange("reopened", tx.today, reason, evidence)
    return await update_row(tx, duty, change, duty_events.reopened(duty))


async def pause_duty(
    tx: Transaction, law: Law, rule: str, subject_id: UUID, *, at: Moment, reason: str
) -> Duty:
    """Stop the clock; the reason is shown with each day that does not count.

    If the duty's own regime does not stop its clock, it is returned unchanged.
    """
    before = await _locked(tx, rule, subject_id, UNMET)
    if not await _may_stop(tx, law, before):
        return before
    duty = duties.paused(before, at, reason)
    change = DutyChange("paused", day_of(at), reason)
    return await update_row(tx, duty, change, duty_events.paused(duty, day_of(at)))


async def resume_duty(
    tx: Transaction,
    law: Law,
    rule: str,
    subject_id: UUID,
    *,
    at: Moment,
    evidence: str | None = None,
) -> Duty:
    """Start the clock again; the due date moves by the paused days, under the duty's own edition.

    If the duty's own regime does not stop its clock, it is returned unchanged.
    """
    before = await _locked(tx, rule, subject_id, UNMET)
    if before.state is not DutyState.PAUSED and not await _may_stop(tx, law, before):
        return before
    pauses = duties.pauses_when_resumed(before, at)
    duty = duties.resumed(before, await kept_laws.counted_again(tx, law, before, pauses))
    change = DutyChange("resumed", day_of(at), evidence=evidence)
    return await update_row(tx, duty, change, duty_events.resumed(duty))


async def cancel_duty(
    tx: Transaction,
    rule: str,
    subject_id: UUID,
    *,
    reason: str,
    started_on: date | None = None,
) -> Duty:
    """End the duty without its being met."""
    duty = duties.canceled(await _locked(tx, rule, subject_id, UNMET, started_on))
    return await update_row(
        tx, duty, DutyChange("canceled", tx.today, reason), duty_events.canceled(duty)
    )


async def hand_over_duty(
    tx: Transaction,
    rule: str,
    subject_id: UUID,
    *,
    agency: str | None,
    person: UUID | None,
    reason: str,
    started_on: date | None = None,
) -> Duty:
    """Give the duty to another owner of the same role; the due date stays."""
    before = await _locked(tx, rule, subject_id, UNMET, started_on)
    duty = duties.handed_over(before, agency, person, tx.now)
    change = DutyChange("handed-over", tx.today, reason)
    return await update_row(tx, duty, change, duty_events.handed_over(duty, before.owner))


async def _may_stop(tx: Transaction, law: Law, duty: Duty) -> bool:
    edition = await kept_laws.edition_of_duty(tx, law, duty.edition_hash)
    return edition.rule(duty.rule).regime(duty.facts).pause is not PausePolicy.NONE


async def _opened_before(tx: Transaction, duty: Duty) -> Duty:
    statement = select(DUTIES).where(
        DUTIES.c.rule == duty.rule,
        DUTIES.c.subject_kind == duty.subject.kind,
        DUTIES.c.subject_id == duty.subject.id,
        DUTIES.c.started_by == duty.started_by,
        DUTIES.c.started_on == duty.started_on,
        DUTIES.c.state != DutyState.CANCELED,
    )
    return duty_of((await tx.execute(statement)).mappings().one())


async def _locked(
    tx: Transaction,
    rule: str,
    subject_id: UUID,
    states: frozenset[DutyState],
    started_on: date | None = None,
) -> Duty:
    """Find the only duty that fits and lock it."""
    statement = select(DUTIES.c.id).where(
        DUTIES.c.rule == rule, DUTIES.c.subject_id == subject_id, DUTIES.c.state.in_(states)
    )
    if started_on is not None:
        statement = statement.where(DUTIES.c.started_on == started_on)
    found = list((await tx.execute(statement)).scalars())
    if len(found) > 1:
        raise ConflictError(
            f"there are {len(found)} duties {rule}; name the day on which the clock started",
            code="ambiguous-duty",
            rule=rule,
        )
    row = await tx.lock(DUTIES, found[0]) if found else None
    if row is None or row["state"] not in states:
        raise NotFoundError(f"there is no duty {rule} to change", code="no-duty", rule=rule)
    return duty_of(row)
