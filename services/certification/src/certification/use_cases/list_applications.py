"""Lists the applications that the caller may see; the complete ones are the Board's queue."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Kind
from certification.storage import application_lists
from certification.storage.application_lists import Queued
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class ListApplications:
    """The filter and the end of the page before; `after_completed_at` is for the queue only."""

    state: ApplicationState | None
    kind: Kind | None
    applicant_id: UUID | None
    limit: int
    after_id: UUID | None = None
    after_completed_at: datetime | None = None


async def list_applications(tx: Transaction, command: ListApplications) -> list[Queued]:
    """Read one more than the limit, so that the caller knows whether another page follows."""
    if command.state is not ApplicationState.COMPLETE:
        return await application_lists.listed(
            tx,
            kind=command.kind,
            state=command.state,
            applicant_id=command.applicant_id,
            after=command.after_id,
            limit=command.limit,
        )
    after = None
    if command.after_completed_at is not None and command.after_id is not None:
        after = (command.after_completed_at, command.after_id)
    return await application_lists.queue(
        tx,
        kind=command.kind,
        applicant_id=command.applicant_id,
        after=after,
        limit=command.limit,
    )
