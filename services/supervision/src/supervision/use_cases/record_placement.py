"""An officer records the placement and learns whether the Static-99R was scored in time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import DONE, UNMET, Duty, DutyState
from shared.law.in_force import Law
from supervision.domain.cases import Case
from supervision.domain.duty_rules import STATIC_99R_BEFORE_PLACEMENT
from supervision.domain.placements import (
    Placement,
    already_placed,
    check_placement,
    static_99r_at,
)
from supervision.domain.timeline import TimelineEntry, summarize
from supervision.storage import audit_record, cases, officers, placements, timeline
from supervision.use_cases.owe_static_99r import owe_static_99r
from supervision.use_cases.settle_static_99r import settle_static_99r

KIND = "supervision.placement.recorded"


@dataclass(frozen=True)
class RecordedPlacement:
    """A placement, and the new version of its case."""

    placement: Placement
    case_version: int


async def record_placement(
    tx: Transaction, law: Law, case_id: UUID, placed_on: date
) -> RecordedPlacement:
    """Record the day of placement, once per case. The Static-99R is then owed by that day."""
    await officers.acting(tx)
    case = await cases.locked(tx, case_id)
    check_placement(placed_on, case.dates.sentenced_on, tx.today)
    if (first := await placements.of_case(tx, case.id)) is not None:
        raise already_placed(first)
    scored = await placements.first_static_99r(tx, case.id)
    assessed_on = scored.assessed_on if scored else None
    placement = Placement(
        id=new_id(),
        case_id=case.id,
        placed_on=placed_on,
        static_99r=static_99r_at(placed_on, assessed_on),
        static_99r_assessed_on=assessed_on,
        recorded_at=tx.now,
    )

    await placements.insert(tx, placement)
    version = await cases.count_version(tx, case)
    await timeline.insert_if_new(tx, _entry(placement))
    await _due_on_the_day_itself(tx, law, case, placed_on)
    audit_record.of_case(tx, "placement.recorded", case)
    return RecordedPlacement(placement, version)


async def _due_on_the_day_itself(tx: Transaction, law: Law, case: Case, placed_on: date) -> None:
    """Make the Static-99R duty due by the actual day of placement instead of the planned one.

    A met duty stays met, unless the actual day changes whether it was met in time.
    """
    duty = await duty_queries.of_subject(tx, STATIC_99R_BEFORE_PLACEMENT, case.id)
    if duty is None or _is_changed_by(duty, placed_on):
        if duty is not None:
            await _take_back(tx, duty, f"placed on {placed_on}, planned for {duty.started_on}")
        await owe_static_99r(tx, law, case, placed_on)
    await settle_static_99r(tx, case.id)


def _is_changed_by(duty: Duty, placed_on: date) -> bool:
    if duty.met_on is None:
        return duty.state in UNMET and duty.started_on != placed_on
    return (duty.met_on <= placed_on) != (duty.state is DutyState.MET)


async def _take_back(tx: Transaction, duty: Duty, reason: str) -> None:
    if duty.state in DONE:
        await ledger.reopen_duty(tx, STATIC_99R_BEFORE_PLACEMENT, duty.subject.id, reason=reason)
    await ledger.cancel_duty(tx, STATIC_99R_BEFORE_PLACEMENT, duty.subject.id, reason=reason)


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
