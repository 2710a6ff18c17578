"""Starts a run that takes in or undoes an imported list; a background process works it off."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from certification.domain.intakes import (
    Intake,
    IntakeRun,
    RunKind,
    refuse_applying,
    refuse_same_list,
    refuse_undoing,
    state_of,
)
from certification.storage import certification_numbers, intake_rows, intakes
from certification.storage.intake_dependents import dependents
from shared.database.transaction import Transaction
from shared.identifiers import new_id


async def begin_applying(tx: Transaction, intake_id: UUID, *, skip_refused: bool) -> None:
    """Start taking in a checked list; ConflictError if that is refused.

    From then on no number of the list is assigned to anybody else.
    """
    intake = await intakes.locked(tx, intake_id)
    runs = await intakes.runs_of(tx, [intake_id])
    counted = await intake_rows.counts(tx, intake_id)
    refuse_applying(state_of(runs[intake_id]), counted.by_outcome, skip_refused=skip_refused)

    # Under this lock, so that only one of two identical lists is taken in.
    await certification_numbers.lock(tx, intake.kind)
    refuse_same_list(await intakes.same_standing(tx, intake))
    highest = await intake_rows.highest_number(tx, intake_id, intake.kind)
    await certification_numbers.move_past(tx, intake.kind, highest)
    await _begin(tx, intake, RunKind.APPLYING, skips_refused=skip_refused)


async def begin_undoing(tx: Transaction, intake_id: UUID) -> Mapping[str, int]:
    """Start voiding what a list brought in; ConflictError if that is refused.

    Lines on which other records depend are kept; returns how many are at present, by reason.
    """
    intake = await intakes.locked(tx, intake_id)
    runs = await intakes.runs_of(tx, [intake_id])
    counted = await intake_rows.counts(tx, intake_id)
    refuse_undoing(state_of(runs[intake_id]), counted.by_outcome)

    await intake_rows.try_kept_again(tx, intake_id)
    await _begin(tx, intake, RunKind.UNDOING, skips_refused=False)
    standing = await intake_rows.made_certifications(tx, intake_id)
    found = (await dependents(tx, standing)).values()
    return Counter(code for codes in found for code in codes)


async def _begin(tx: Transaction, intake: Intake, kind: RunKind, *, skips_refused: bool) -> None:
    run = IntakeRun(
        id=new_id(),
        intake_id=intake.id,
        kind=kind,
        skips_refused=skips_refused,
        asked_at=tx.now,
        asked_by=tx.actor.subject,
        asked_roles=tuple(sorted(tx.actor.roles)),
        correlation_id=tx.correlation_id,
    )
    await intakes.begin(tx, run)
    tx.audit(f"intake.{kind}", subject_kind="intake", subject_id=intake.id)
