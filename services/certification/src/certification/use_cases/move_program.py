"""The Board records the headquarters county and the served counties of a program."""

from dataclasses import dataclass, replace
from uuid import UUID

from certification.domain.applications import ProgramPlace
from certification.domain.program_changes import KeptChange, ProgramChange, places_of
from certification.storage import programs
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class MoveProgram:
    """The counties of a program from today on."""

    program_id: UUID
    place: ProgramPlace
    seen_version: Seen


async def move_program(tx: Transaction, command: MoveProgram) -> KeptChange:
    """Store the new counties, and the former ones in the program's history."""
    before = await programs.locked(tx, command.program_id)
    await refuse_barred_from(tx, before.id)
    check_version(command.seen_version, before.version)
    after = replace(before, place=command.place, version=before.version + 1)

    told = places_of(before), places_of(after)
    change = await programs.update(tx, after, ProgramChange.PLACES, *told)
    tx.audit("program.moved", subject_kind="program", subject_id=after.id)
    return change
