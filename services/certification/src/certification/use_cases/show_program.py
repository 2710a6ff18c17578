"""Whoever works with a program sees where it is and since when it is certified."""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.directory import Program
from certification.storage import certifications, programs, standings
from certification.use_cases.show_certification import CertificationFile
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class ProgramFile:
    """A program with every certification it was granted."""

    program: Program
    certifications: list[CertificationFile]


async def show_program(tx: Transaction, program_id: UUID) -> ProgramFile:
    """Read one program."""
    program = await programs.by_id(tx, program_id)
    held = await certifications.of_holder(tx, program_id)
    files = [
        CertificationFile(each, await standings.of_certification(tx, each.id)) for each in held
    ]
    return ProgramFile(program, files)
