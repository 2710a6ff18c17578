"""Takes in a batch of a list: each line creates a holder, its certification and its duties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from certification import published
from certification.domain.certification_changes import grant_of
from certification.domain.certifications import Certification, certification_number
from certification.domain.day_bounds import day_bounds
from certification.domain.duty_rules import RENEW_CERTIFICATION
from certification.domain.intake_checks import TAKEN
from certification.domain.intake_lines import Finding, IntakeEntry, read_line
from certification.domain.intakes import Intake, LineOutcome
from certification.storage import (
    certification_batches,
    certification_numbers,
    holder_batches,
    intake_rows,
)
from certification.storage.intake_rows import IntakeRow
from certification.use_cases.grant_certification import AUTHORITY, renewal_duty
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import duty_batches
from shared.law.in_force import Law


@dataclass(frozen=True)
class _Made:
    """What a line creates."""

    row: IntakeRow
    entry: IntakeEntry
    certification: Certification


async def take_in_lines(tx: Transaction, law: Law, intake: Intake, limit: int) -> int:
    """Take in the next lines, at most `limit`; return how many were processed."""
    rows = await intake_rows.batch(tx, intake.id, LineOutcome.READY, limit)
    await certification_numbers.lock(tx, intake.kind)
    entries, refused = await _read_again(tx, law, intake, rows)
    drawn = await _drawn(tx, intake, [row for row, _ in entries])
    made = [
        _Made(row, entry, _certification(intake, entry, row.number or next(drawn)))
        for row, entry in entries
    ]

    holders = [(each.certification.holder_id, each.entry) for each in made]
    holder_batches.insert_soon(tx, intake.kind, holders)
    await _record(tx, law, [each.certification for each in made])
    intake_rows.set_soon(tx, [*refused, *(_outcome(each) for each in made)])
    return len(rows)


async def _read_again(
    tx: Transaction, law: Law, intake: Intake, rows: Sequence[IntakeRow]
) -> tuple[list[tuple[IntakeRow, IntakeEntry]], list[IntakeRow]]:
    """Check the lines again: a number may have been assigned meanwhile."""
    listed = [each.number for each in rows if each.number is not None]
    taken = await certification_numbers.taken(tx, listed)
    bounds = day_bounds(law.edition.settings, tx.today)
    ready, refused = [], []
    for row in rows:
        read = read_line(intake.kind, intake.columns, row.cells, bounds)
        if row.number in taken:
            refused.append(_refused(row, (TAKEN,)))
        elif read.entry is None:
            refused.append(_refused(row, read.refusals))
        else:
            ready.append((row, read.entry))
    return ready, refused


def _refused(row: IntakeRow, refusals: tuple[Finding, ...]) -> IntakeRow:
    return replace(row, outcome=LineOutcome.REFUSED, refusals=refusals, number=None)


async def _drawn(tx: Transaction, intake: Intake, rows: Sequence[IntakeRow]) -> Iterator[str]:
    """Assign a number to each line that has none."""
    without = sum(each.number is None for each in rows)
    counted = await certification_numbers.draw(tx, intake.kind, without)
    return (certification_number(intake.kind, each) for each in counted)


def _certification(intake: Intake, entry: IntakeEntry, number: str) -> Certification:
    return Certification(
        id=new_id(),
        application_id=None,
        decision_id=None,
        kind=intake.kind,
        holder_id=new_id(),
        level=entry.level,
        number=number,
        effective_from=entry.effective_from,
        effective_until=entry.effective_until,
    )


async def _record(tx: Transaction, law: Law, certifications: Sequence[Certification]) -> None:
    """Store and announce what was created, and open its duties; none for a past term."""
    certification_batches.insert_soon(
        tx, [(each, grant_of(each, at=tx.now, by=tx.actor.subject)) for each in certifications]
    )
    for certification in certifications:
        tx.publish(published.certification_recorded(certification))
        tx.audit(
            "certification.recorded",
            subject_kind="certification",
            subject_id=certification.id,
            authority=AUTHORITY,
        )
    running = [each for each in certifications if each.effective_until > tx.today]
    await duty_batches.open_duties(
        tx, law, RENEW_CERTIFICATION, [renewal_duty(each) for each in running]
    )


def _outcome(made: _Made) -> IntakeRow:
    certification = made.certification
    return replace(
        made.row,
        outcome=LineOutcome.MADE,
        number=certification.number,
        certification_id=certification.id,
    )
