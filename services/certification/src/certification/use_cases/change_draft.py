"""An applicant changes a draft, which nobody else can see."""

from dataclasses import dataclass, replace
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import (
    Application,
    ClientBand,
    EntityType,
    Level,
    ProgramPlace,
    moved,
)
from certification.domain.standards import Standards
from certification.storage import applications
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class ChangeDraft:
    """The new content of a draft; its kind and purpose stay the same."""

    application_id: UUID
    applicant_id: UUID
    name: str
    level: Level | None
    client_band: ClientBand | None
    entity_type: EntityType | None
    place: ProgramPlace | None
    another_reason: str | None
    seen_version: Seen


async def change_draft(tx: Transaction, standards: Standards, command: ChangeDraft) -> Application:
    """Change a draft; its checklist follows from its level."""
    before = await applications.locked(
        tx, command.application_id, applicant_id=command.applicant_id
    )
    check_version(command.seen_version, before.version)
    if (before.level is None) != (command.level is None):
        raise ConflictError(f"this draft is an application of a {before.kind}", code="other-kind")
    application = replace(
        moved(before, Move.CHANGE_DRAFT),
        name=command.name,
        level=command.level,
        client_band=command.client_band,
        entity_type=command.entity_type,
        place=command.place,
        another_reason=command.another_reason,
        checklist=standards.checklist(before.kind, command.level, tx.today).name,
    )

    await applications.update(tx, before, application, Move.CHANGE_DRAFT)
    tx.audit("application.draft-changed", subject_kind="application", subject_id=before.id)
    return application
