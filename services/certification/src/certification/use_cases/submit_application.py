"""Somebody applies for certification; the clock does not start before everything is there."""

from dataclasses import dataclass
from uuid import UUID

from certification import published
from certification.domain.applications import (
    Application,
    ClientBand,
    Kind,
    Level,
    Place,
    State,
)
from certification.domain.completeness import missing, refuse_unknown
from certification.domain.standards import Standards
from certification.storage import applications
from shared.database.transaction import Transaction
from shared.identifiers import new_id


@dataclass(frozen=True)
class SubmitApplication:
    """What an applicant sends; `documents` are the checklist items that come with it."""

    kind: Kind
    applicant_id: UUID
    name: str
    documents: tuple[str, ...]
    level: Level | None = None
    client_band: ClientBand | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Submitted:
    """The application as it was received, and what it lacks."""

    application: Application
    missing: tuple[str, ...]


async def submit_application(
    tx: Transaction, standards: Standards, command: SubmitApplication
) -> Submitted:
    """Receive an application under the checklist in force today."""
    checklist = standards.checklist(command.kind, command.level, tx.today)
    refuse_unknown(checklist, {item: f"body.documents.{item}" for item in command.documents})
    application = Application(
        id=new_id(),
        kind=command.kind,
        holder_id=new_id(),
        applicant_id=command.applicant_id,
        name=command.name,
        level=command.level,
        client_band=command.client_band,
        place=command.place,
        checklist=checklist.name,
        state=State.SUBMITTED,
        received_on=tx.today,
    )

    await applications.keep(tx, application, tuple(dict.fromkeys(command.documents)))
    tx.publish(published.application_submitted(application))
    tx.audit("application.submitted", subject_kind="application", subject_id=application.id)
    return Submitted(application, missing(checklist, command.documents))
