"""Checks an imported list before anything of it is taken in.

The list is stored with the errors and warnings of each line, and nothing else.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from itertools import islice

from certification.domain.applications import Kind
from certification.domain.day_bounds import DayBounds, day_bounds
from certification.domain.intake_checks import checked_together, likeness
from certification.domain.intake_lines import (
    ReadLine,
    known_columns,
    read_line,
    required_columns,
)
from certification.domain.intake_lists import SentLine, SentList, read_list
from certification.domain.intakes import Intake, LineOutcome
from certification.storage import certification_numbers, intake_rows, intakes, known_holders
from certification.storage.intake_rows import IntakeRow
from certification.use_cases.show_intake import ShownIntake, show_intake
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.in_force import Law

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class CheckIntake:
    """The list as it was sent, and whether it contains programs or providers."""

    kind: Kind
    content: bytes


async def check_intake(tx: Transaction, law: Law, command: CheckIntake) -> ShownIntake:
    """Parse and store a list; ListRefusedError if it cannot be parsed at all."""
    kind = command.kind
    bounds = day_bounds(law.edition.settings, tx.today)
    # In a thread, so that other requests are served while a long list is read.
    sent, read = await asyncio.to_thread(_read, command, bounds)
    entries = [each.entry for each in read if each.entry is not None]
    numbers = [each.number for each in entries if each.number is not None]
    taken = await certification_numbers.taken(tx, numbers)
    known = await known_holders.alike(tx, kind, [likeness(each)[0] for each in entries])
    checked = await asyncio.to_thread(checked_together, read, taken=taken, known=known)

    intake = Intake(
        id=new_id(),
        kind=kind,
        columns=sent.columns,
        sha256=hashlib.sha256(command.content).hexdigest(),
        size_bytes=len(command.content),
        received_at=tx.now,
        received_by=tx.actor.subject,
    )
    await intakes.insert(tx, intake)
    rows = (_row(intake, *each) for each in zip(sent.lines, checked, strict=True))
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        intake_rows.insert_soon(tx, chunk)
        await tx.write_out()
    tx.audit("intake.checked", subject_kind="intake", subject_id=intake.id)
    return await show_intake(tx, intake.id)


def _read(command: CheckIntake, bounds: DayBounds) -> tuple[SentList, list[ReadLine]]:
    kind = command.kind
    required, known = required_columns(kind), known_columns(kind)
    sent = read_list(command.content, required=required, known=known)
    return sent, [read_line(kind, sent.columns, each.cells, bounds) for each in sent.lines]


def _row(intake: Intake, sent: SentLine, read: ReadLine) -> IntakeRow:
    return IntakeRow(
        intake_id=intake.id,
        line=sent.line,
        cells=sent.cells,
        outcome=LineOutcome.READY if read.entry else LineOutcome.REFUSED,
        refusals=read.refusals,
        doubts=read.doubts,
        number=read.entry.number if read.entry else None,
    )
