"""Whoever of the Board acts on a file takes it first: the version seen, and no interest in it."""

from uuid import UUID

from certification.domain.applications import Application
from certification.domain.reviewing import refuse_interested
from certification.storage import applications, assignments
from shared.database.transaction import Transaction
from shared.versions import check_version


async def file_to_act_on(
    tx: Transaction, application_id: UUID, seen_version: int | None
) -> Application:
    """Lock it; StaleVersionError for another version, NotAllowedError for whoever is barred."""
    application = await applications.locked(tx, application_id)
    check_version(seen_version, application.version)
    await refuse_barred(tx, application)
    return application


async def refuse_barred(tx: Transaction, application: Application) -> None:
    """Raise NotAllowedError where an interest in the holder bars whoever acts."""
    barred = await assignments.barred_from(tx, application.holder_id)
    refuse_interested(tx.actor.person_id, barred)
