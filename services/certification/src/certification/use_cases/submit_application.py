"""Somebody applies for certification; the Board then owes the check for completeness.

A renewal or an upgrade is an application that names the certification it follows.
"""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import (
    Application,
    ClientBand,
    EntityType,
    Kind,
    Level,
    ProgramPlace,
    Purpose,
)
from certification.domain.completeness import fields_of, missing, refuse_unknown
from certification.domain.documents import Document
from certification.domain.standards import Standards
from certification.domain.status_tokens import StatusToken, new_status_token
from certification.storage import applications, certifications, documents, providers
from certification.use_cases.follow_certification import refuse_unless_followable
from certification.use_cases.receive_application import receive_application
from certification.use_cases.refuse_repeated import refuse_repeated_application
from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.identifiers import new_id
from shared.law.in_force import Law


@dataclass(frozen=True)
class SubmitApplication:
    """What an applicant sends; `documents` are the codes of the items that come with it.

    A draft is stored and not submitted. `certification_id` is the certification to renew or
    upgrade. `another_reason` is why the account applies again for the same.
    """

    kind: Kind
    applicant_id: UUID
    name: str
    documents: tuple[str, ...]
    level: Level | None = None
    client_band: ClientBand | None = None
    place: ProgramPlace | None = None
    entity_type: EntityType | None = None
    purpose: Purpose = Purpose.NEW
    certification_id: UUID | None = None
    is_draft: bool = False
    another_reason: str | None = None


@dataclass(frozen=True)
class Submitted:
    """The application as received, what it lacks, and its status token."""

    application: Application
    missing: tuple[str, ...]
    status_token: StatusToken


async def submit_application(
    tx: Transaction, law: Law, standards: Standards, command: SubmitApplication
) -> Submitted:
    """Receive an application, or store a draft, under the checklist in force today."""
    if command.purpose is not Purpose.RENEWAL:
        standards.refuse_level(command.level, tx.today)
    checklist = standards.checklist(command.kind, command.level, tx.today)
    refuse_unknown(checklist, fields_of("documents.{}", command.documents))
    application = Application(
        id=new_id(),
        kind=command.kind,
        holder_id=await _holder(tx, command),
        applicant_id=command.applicant_id,
        name=command.name,
        level=command.level,
        client_band=command.client_band,
        place=command.place,
        checklist=checklist.name,
        state=ApplicationState.DRAFT if command.is_draft else ApplicationState.SUBMITTED,
        received_on=None if command.is_draft else tx.today,
        purpose=command.purpose,
        certification_id=command.certification_id,
        entity_type=command.entity_type,
        another_reason=command.another_reason,
    )
    await refuse_repeated_application(tx, application, command.applicant_id)
    token = new_status_token()
    items = tuple(dict.fromkeys(command.documents))
    lacking = missing(checklist, items)

    await applications.insert(tx, application)
    await applications.update_status_token(tx, application.id, token.hash)
    await documents.insert_all(
        tx, [Document(new_id(), application.id, item, tx.now) for item in items]
    )
    if command.is_draft:
        tx.audit("application.drafted", subject_kind="application", subject_id=application.id)
    else:
        await receive_application(tx, law, application, lacking)
    return Submitted(application, lacking, token)


async def _holder(tx: Transaction, command: SubmitApplication) -> UUID:
    """Return a new holder, or the holder of the certification to renew or upgrade."""
    if command.certification_id is None:
        return new_id()
    followed = await certifications.locked(tx, command.certification_id)
    applicant = await providers.applicant_of(tx, followed.kind, followed.holder_id)
    if applicant != command.applicant_id or followed.kind is not command.kind:
        raise certifications.not_found(followed.id)
    await refuse_unless_followable(tx, followed, command.purpose, command.level)
    if under_way := await applications.open_for(tx, followed.id, command.purpose):
        raise ConflictError(
            f"there is already an open {command.purpose} of this certification",
            code="under-way",
            members={"application_id": str(under_way)},
        )
    return followed.holder_id
