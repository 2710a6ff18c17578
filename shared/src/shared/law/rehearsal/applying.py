"""Applies a changed law to the open duties: in batches, resumable, each move published.

Each batch checks some duties, moves those affected, and stores its position, in one transaction.
After a crash, running it again continues from there. Closed duties never move.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select

from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError, ConflictError
from shared.events.event import Event
from shared.law.counting.deadlines import Deadline
from shared.law.duty import duties, duty_events, kept_laws
from shared.law.duty.duties import UNMET, Duty, DutyState, Owner
from shared.law.duty.duty_rows import duty_of
from shared.law.duty.duty_tables import DUTIES
from shared.law.duty.duty_writing import DutyChange, update_rows_soon
from shared.law.rehearsal import law_changes
from shared.law.rehearsal.open_duties import ListedDuty, batch_after
from shared.law.rehearsal.outcomes import Effect, count, outcome, standpoint
from shared.law.rehearsal.proposals import Proposal, open_duty
from shared.law.rehearsal.rehearsing import Rehearsal

LAW_CHANGED = "law-changed"
DUTIES_AT_ONCE = 500
"""Duties per batch. Their rows are locked while it is written, and others wait for them."""
OwnerFinder = Callable[[Transaction, Duty, str], Awaitable[Owner | None]]
"""Finds who owes a duty in another role than its current owner's; None if unknown."""


class OvertakenError(ConflictError):
    """Another change of the same kind was started while this one was running."""


async def no_other_owner(tx: Transaction, duty: Duty, role: str) -> Owner | None:  # noqa: ARG001 - as OwnerFinder
    """For services whose duties never change to another role."""
    return None


@dataclass
class Applied:
    """The result; `reasons` counts why duties were not changed."""

    change_id: UUID
    is_resumed: bool
    looked_at: int = 0
    moved: int = 0
    ended: int = 0
    left_alone: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass
class _Batch:
    """What a batch writes."""

    changed: list[tuple[Duty, DutyChange]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    moved: int = 0
    ended: int = 0
    reasons: list[str] = field(default_factory=list)

    def end(self, duty: Duty, tx: Transaction, reason: str) -> None:
        ended = duties.canceled(duty)
        self.changed.append((ended, DutyChange("canceled", tx.today, reason)))
        self.events.append(duty_events.canceled(ended))
        self.ended += 1

    def move(self, before: Duty, duty: Duty, tx: Transaction, proposal: Proposal) -> None:
        change = DutyChange("moved", tx.today, f"{proposal.cause} to {proposal.name}")
        self.changed.append((duty, change))
        self.events.append(duty_events.moved(duty, before, proposal.cause))
        self.moved += 1


async def apply(
    database: Database,
    cause: Cause,
    proposal: Proposal,
    reason: str,
    find_owner: OwnerFinder = no_other_owner,
) -> Applied:
    """Move every open duty that the proposal moves; returns the result of this run.

    Raises OvertakenError if another change of the same kind is started meanwhile.
    """
    async with database.transaction(cause) as tx:
        await law_changes.take_turns(tx)
        begun = await law_changes.unfinished(tx, proposal)
        change_id = begun or await law_changes.begin(tx, proposal, reason)
        await kept_laws.insert_texts_if_new(tx, proposal.texts())
        tx.audit(LAW_CHANGED, subject_kind="law-change", subject_id=change_id)
    applied, rehearsal = Applied(change_id, is_resumed=begun is not None), Rehearsal(proposal)
    is_through = False
    while not is_through:
        async with database.transaction(cause) as tx:
            is_through = await _apply_batch(tx, rehearsal, applied, find_owner)
    return applied


async def _apply_batch(
    tx: Transaction, rehearsal: Rehearsal, applied: Applied, find_owner: OwnerFinder
) -> bool:
    row = await law_changes.locked(tx, applied.change_id)
    listed = await batch_after(tx, row["looked_through"], DUTIES_AT_ONCE)
    if not listed:
        await law_changes.finish(tx, row)
        return True
    if row["finished_at"] is not None:
        raise OvertakenError(
            "another change of the law was started meanwhile, so this one stopped",
            code="change-overtaken",
        )
    batch = await _changes(tx, rehearsal, listed, find_owner)
    update_rows_soon(tx, batch.changed, batch.events)
    counts = {"moved": batch.moved, "ended": batch.ended, "left_alone": len(batch.reasons)}
    await law_changes.advance(tx, row, listed[-1].id, len(listed), counts)
    _add(applied, batch, len(listed))
    return False


async def _changes(
    tx: Transaction, rehearsal: Rehearsal, listed: list[ListedDuty], find_owner: OwnerFinder
) -> _Batch:
    batch = _Batch()
    outcomes = {each.id: rehearsal.outcome_of(each) for each in listed}
    batch.reasons += [
        found.reason or "" for found in outcomes.values() if found.effect is Effect.LEFT_ALONE
    ]
    changing = [
        duty_id
        for duty_id, found in outcomes.items()
        if found.effect not in {Effect.UNCHANGED, Effect.LEFT_ALONE}
    ]
    for duty in [duty_of(row) for row in await tx.lock_all(DUTIES, changing)]:
        if duty.state in UNMET:  # met meanwhile: a closed duty never moves
            await _change(tx, rehearsal.proposal, duty, find_owner, batch)
    return batch


async def _change(
    tx: Transaction, proposal: Proposal, duty: Duty, find_owner: OwnerFinder, batch: _Batch
) -> None:
    """Check the duty again under its lock, because it may have changed since it was listed."""
    found = outcome(count(proposal, open_duty(duty)), standpoint(duty))
    if found.effect is Effect.ENDED:
        batch.end(duty, tx, found.reason or found.effect)
    elif found.effect is Effect.LEFT_ALONE:
        batch.reasons.append(found.reason or found.effect)
    elif found.counted is not None and found.effect is not Effect.UNCHANGED:
        await _move(tx, proposal, (duty, found.counted), find_owner, batch)


async def _move(
    tx: Transaction,
    proposal: Proposal,
    counted: tuple[Duty, Deadline],
    find_owner: OwnerFinder,
    batch: _Batch,
) -> None:
    duty, due = counted
    owner: Owner | None = duty.owner
    if (duty.owner.role or "") not in due.regime.owners:
        owner = await find_owner(tx, duty, due.owner_role)
    if owner is None:
        batch.reasons.append(f"no {due.owner_role} is known who would owe it")
        return
    if owner.agency != duty.owner.agency:  # another agency's offices may close on other days
        again = count(proposal, replace(open_duty(duty), agency=owner.agency))
        if isinstance(again, CasombError):
            batch.reasons.append(again.detail)
            return
        due = again
    if await _is_opened_already(tx, duty, due):
        batch.end(
            duty, tx, "the same start fact has already opened this duty under the changed law"
        )
    else:
        batch.move(duty, duties.moved(duty, due, owner), tx, proposal)


async def _is_opened_already(tx: Transaction, duty: Duty, counted: Deadline) -> bool:
    """Whether another duty already exists for the start fact that this one would get."""
    if (counted.start.name, counted.started_on) == (duty.started_by, duty.started_on):
        return False
    statement = select(DUTIES.c.id).where(
        DUTIES.c.subject_id == duty.subject.id,
        DUTIES.c.rule == duty.rule,
        DUTIES.c.subject_kind == duty.subject.kind,
        DUTIES.c.started_by == counted.start.name,
        DUTIES.c.started_on == counted.started_on,
        DUTIES.c.state != DutyState.CANCELED,
    )
    return (await tx.execute(statement)).first() is not None


def _add(applied: Applied, batch: _Batch, looked_at: int) -> None:
    applied.looked_at += looked_at
    applied.moved += batch.moved
    applied.ended += batch.ended
    applied.left_alone += len(batch.reasons)
    for reason in batch.reasons:
        applied.reasons[reason] = applied.reasons.get(reason, 0) + 1
