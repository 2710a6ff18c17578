"""Refuses a repeated new application of an account for what it already has or applied for."""

from uuid import UUID

from certification.domain.applications import Application, Purpose
from certification.domain.repeated_applications import refuse_repeated
from certification.storage import repeated_applications
from shared.database.transaction import Transaction


async def refuse_repeated_application(
    tx: Transaction, application: Application, account_id: UUID
) -> None:
    """Raise ConflictError for a repetition, unless another one is asked for.

    The account is locked first, so that the second of two requests sees what the first stored.
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
