"""The Board records that a polygraph examiner meets its standards, without certifying them."""

from dataclasses import dataclass
from uuid import UUID

from certification import published
from certification.domain.credentials import ExaminerStanding, RecordedSpan
from certification.domain.day_bounds import day_bounds
from certification.domain.recorded_twice import refuse_recorded
from certification.storage import credentials
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law


@dataclass(frozen=True)
class RecordExaminerStanding:
    """The examiner's values; no `examiner_id` means an examiner new to the Board.

    `instead_of` is the record that this one corrects.
    """

    examiner_id: UUID | None
    name: str
    qualification: str
    training_hours: int
    span: RecordedSpan
    instead_of: UUID | None = None


async def record_examiner_standing(
    tx: Transaction, law: Law, command: RecordExaminerStanding
) -> ExaminerStanding:
    """Store and announce a standing.

    ConflictError if the examiner has a standing from the same day. A duplicate of a new examiner
    cannot be detected by name.
    """
    day_bounds(law.edition.settings, tx.today).refuse_span(command.span)
    standing = ExaminerStanding(
        id=new_id(),
        examiner_id=command.examiner_id or new_id(),
        name=command.name,
        qualification=command.qualification,
        training_hours=command.training_hours,
        span=command.span,
    )

    await refuse_barred_from(tx, standing.examiner_id)
    await tx.lock_subject(standing.examiner_id)
    same = await credentials.standing_of_examiner(
        tx, standing.examiner_id, standing.span.effective_from
    )
    refuse_recorded("examiner standing", None if same == command.instead_of else same)
    await credentials.insert_examiner_standing(tx, standing)
    tx.publish(published.examiner_standing_recorded(standing))
    tx.audit(
        "examiner-standing.recorded",
        subject_kind="examiner-standing",
        subject_id=standing.id,
    )
    return standing
