"""Ends a polygraph examiner's standing, or corrects it by another record."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification import published
from certification.domain.credentials import (
    ExaminerStanding,
    RecordedSpan,
    corrected,
    refuse_ended,
    withdrawn,
)
from certification.storage import credentials
from certification.use_cases.bar_interested import refuse_barred_from
from certification.use_cases.record_examiner_standing import (
    RecordExaminerStanding,
    record_examiner_standing,
)
from shared.database.transaction import Transaction
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class RightStanding:
    """The correct values for the same examiner."""

    name: str
    qualification: str
    training_hours: int
    effective_from: date
    effective_until: date


async def end_examiner_standing(
    tx: Transaction, standing_id: UUID, *, on: date | None, seen_version: Seen | None
) -> ExaminerStanding:
    """End a standing from a day on, by default today; ConflictError if it has ended."""
    before = await credentials.locked_examiner_standing(tx, standing_id)
    await refuse_barred_from(tx, before.examiner_id)
    check_version(seen_version, before.version)
    end = withdrawn(before.span, before.end, on or tx.today)

    await credentials.update_standing_end(tx, before.id, end)
    tx.publish(published.examiner_standing_ended(before, end))
    tx.audit("examiner-standing.withdrawn", subject_kind="examiner-standing", subject_id=before.id)
    return replace(before, end=end, version=before.version + 1)


async def correct_examiner_standing(
    tx: Transaction, law: Law, standing_id: UUID, right: RightStanding, *, seen_version: Seen | None
) -> ExaminerStanding:
    """Record the correct values; the wrong record stays, superseded, as never valid."""
    before = await credentials.locked_examiner_standing(tx, standing_id)
    check_version(seen_version, before.version)
    refuse_ended(before.end)
    span = RecordedSpan(right.effective_from, right.effective_until)
    after = await record_examiner_standing(
        tx,
        law,
        RecordExaminerStanding(
            examiner_id=before.examiner_id,
            name=right.name,
            qualification=right.qualification,
            training_hours=right.training_hours,
            span=span,
            instead_of=before.id,
        ),
    )
    end = corrected(before.span, before.end, after.id)

    await credentials.update_standing_end(tx, before.id, end)
    tx.publish(published.examiner_standing_ended(before, end))
    tx.audit("examiner-standing.corrected", subject_kind="examiner-standing", subject_id=before.id)
    return after
