"""A program, or the Board for it, reports its languages and contact details."""

from dataclasses import dataclass, replace
from uuid import UUID

from certification.domain.program_changes import KeptChange, ProgramChange, details_of
from certification.storage import programs
from shared.database.transaction import Transaction
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class ChangeProgramDetails:
    """All details a program reports; None for those it does not report."""

    program_id: UUID
    languages: tuple[str, ...]
    accepting_clients: bool | None
    public_phone: str | None
    website: str | None
    seen_version: Seen


async def change_program_details(tx: Transaction, command: ChangeProgramDetails) -> KeptChange:
    """Store the new details, and the former ones in the program's history."""
    before = await programs.locked(tx, command.program_id)
    check_version(command.seen_version, before.version)
    after = replace(
        before,
        languages=tuple(dict.fromkeys(command.languages)),
        accepting_clients=command.accepting_clients,
        public_phone=command.public_phone,
        website=command.website,
        details_said_on=tx.today,
        version=before.version + 1,
    )

    told = details_of(before), details_of(after)
    change = await programs.update(tx, after, ProgramChange.DETAILS, *told)
    tx.audit("program.details-changed", subject_kind="program", subject_id=after.id)
    return change
