"""An account that applies anew is told what it has applied for already, or holds."""

from uuid import UUID

from certification.domain.applications import Application, Purpose
from certification.domain.repeated_applications import refuse_repeated
from certification.storage import repeated_applications
from shared.database.transaction import Transaction


async def refuse_repeated_application(
    tx: Transaction, application: Application, account_id: UUID
) -> None:
    """Raise ConflictError for what is there already, unless another one is asked for.

    The account is locked first: of two requests at once the second sees what the first has kept.
    """
    if application.purpose is not Purpose.NEW or application.another_reason is not None:
        return
    await tx.lock_subject(account_id)
    kind = application.kind
    refuse_repeated(
        kind,
        application.name,
        under_way=await repeated_applications.under_way(tx, kind, account_id, but=application.id),
        held=await repeated_applications.held(tx, kind, account_id),
    )
