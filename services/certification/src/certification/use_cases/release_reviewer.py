"""Takes an application from its reviewer; it returns to its place in the queue."""

from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Application
from certification.domain.reviewing import released
from certification.storage import applications, assignments
from certification.use_cases.assign_reviewer import hand_over
from certification.use_cases.bar_interested import refuse_barred
from shared.database.transaction import Transaction
from shared.errors import NotAllowedError
from shared.versions import Seen, check_version


async def release_reviewer(
    tx: Transaction, application_id: UUID, *, only: UUID | None, seen_version: Seen | None
) -> Application:
    """Release an application; `only` limits it to the files of one reviewer.

    A person with a conflict of interest may release it, as they should hand it on.
    """
    before = await applications.locked(tx, application_id)
    check_version(seen_version, before.version)
    if before.reviewer_id != tx.actor.person_id:
        await refuse_barred(tx, before)
    application = released(before)
    if only not in {None, before.reviewer_id}:
        raise NotAllowedError(
            "this application is assigned to another reviewer", code="not-your-file"
        )

    await applications.update(tx, before, application, Move.RELEASE)
    await assignments.end(tx, application.id)
    await hand_over(tx, application, "released")
    tx.audit("application.released", subject_kind="application", subject_id=application.id)
    return application
