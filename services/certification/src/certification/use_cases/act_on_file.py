"""Locks an application for an act of the Board and checks the version seen and the reviewer."""

from uuid import UUID

from certification.domain.applications import Application
from certification.storage import applications
from certification.use_cases.bar_interested import refuse_barred
from shared.database.transaction import Transaction
from shared.versions import Seen, check_version


async def file_to_act_on(
    tx: Transaction, application_id: UUID, seen_version: Seen | None
) -> Application:
    """Lock an application.

    Raises StaleVersionError for another version, NotAllowedError for a person with a conflict of
    interest.
    """
    application = await applications.locked(tx, application_id)
    check_version(seen_version, application.version)
    await refuse_barred(tx, application)
    return application
