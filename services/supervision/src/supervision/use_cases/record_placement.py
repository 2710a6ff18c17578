"""An officer records the placement; whether the Static-99R was there in time is said at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import DONE, UNMET, Duty, DutyState
from shared.law.in_force import Law
from supervision.domain.cases import Case
from supervision.domain.placements import Placement, check_placement, static_99r_at
from supervision.domain.timeline import TimelineEntry, summarize
from supervision.storage import audit_record, cases, officers, placements, timeline
from supervision.use_cases.owe_static_99r import RULE, owe_static_99r

KIND = "supervision.placement.recorded"


@dataclass(frozen=True)
class RecordedPlacement:
    """A placement, and the version that its case has with it."""

    placement: Placement
    case_version: int


async def record_placement(
    tx: Transaction, law: Law, case_id: UUID, placed_on: date
) -> RecordedPlacement:
    """Record the day of placement, once per case; the open duty is due on that day."""
    await officers.acting(tx)
    case = await cases.locked(tx, case_id)
    check_placement(placed_on, case.dates.sentenced_on, tx.today)
    if await placements.of_case(tx, case.id) is not None:
        raise ConflictError("the placement is recorded already", code="already-placed")
    assessed_on = await placements.first_static_99r_on(tx, case.id)
    placement = Placement(
        id=new_id(),
        case_id=case.id,
        placed_on=placed_on,
        static_99r=static_99r_at(placed_on, assessed_on),
        static_99r_assessed_on=assessed_on,
        recorded_at=tx.now,
    )

    await placements.keep(tx, placement)
    version = await cases.count_version(tx, case)
    await timeline.keep(tx, _entry(placement))
    await _due_on_the_day_itself(tx, law, case, placement)
    audit_record.of_case(tx, "placement.recorded", case)
    return RecordedPlacement(placement, version)


async def _due_on_the_day_itself(
    tx: Transaction, law: Law, case: Case, placement: Placement
) -> None:
    """Replace a duty that stands for a planned day by one for the day that came.

    One that is met stays closed, unless the day that came changes whether it was met in time.
    """
    duty = await duty_queries.of_subject(tx, RULE, case.id)
    if duty is None or not _is_changed_by(duty, placement):
        return
    reason = f"placed on {placement.placed_on}, planned for {duty.started_on}"
    if duty.state in DONE:
        await ledger.reopen_duty(tx, RULE, case.id, reason=reason)
    await ledger.cancel_duty(tx, RULE, case.id, reason=reason)
    owed = await owe_static_99r(tx, law, case, placement.placed_on)
    if owed is not None and duty.met_on is not None:
        evidence = f"Static-99R of {duty.met_on}"
        await ledger.meet_duty(tx, RULE, case.id, at=duty.met_on, evidence=evidence)


def _is_changed_by(duty: Duty, placement: Placement) -> bool:
    if duty.met_on is None:
        return duty.state in UNMET and duty.started_on != placement.placed_on
    return (duty.met_on <= placement.placed_on) != (duty.state is DutyState.MET)


def _entry(placement: Placement) -> TimelineEntry:
    return TimelineEntry(
        id=placement.id,
        case_id=placement.case_id,
        at=placement.recorded_at,
        kind=KIND,
        subject_kind="placement",
        subject_id=placement.id,
        summary=summarize(KIND, placement.__dict__),
    )
