"""The timeline of a case."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.security.principals import Role
from supervision.domain.timeline import TimelineEntry
from supervision.use_cases.show_timeline import show_timeline

router = guarded_router("/v1/cases", tags=["timeline"])
READERS = (
    Role.OFFICER,
    Role.UNIT_SUPERVISOR,
    Role.AGENCY_LEAD,
    Role.PROVIDER,
    Role.PROGRAM_REPRESENTATIVE,
    Role.EXAMINER,
    Role.AUDITOR,
)


class TimelineEntryAnswer(BaseModel):
    """One thing that happened, in codes and dates."""

    entry_id: UUID
    at: datetime
    kind: str
    subject_kind: str
    subject_id: UUID
    summary: str


@router.get("/{case_id}/timeline", operation_id="show_timeline", dependencies=[allow(*READERS)])
async def get_timeline(
    tx: CurrentTransaction, case_id: UUID, limit: Limit = 50, after: After = None
) -> Page[TimelineEntryAnswer]:
    """Show what happened in a case, the oldest first."""
    seen = decode_cursor(after, datetime.fromisoformat, UUID) if after else None
    found = await show_timeline(tx, case_id, after=seen, limit=limit)
    shown, cursor = page_of(found, limit, lambda entry: (entry.at.isoformat(), entry.id))
    return Page(items=[_answer(entry) for entry in shown], next=cursor)


def _answer(entry: TimelineEntry) -> TimelineEntryAnswer:
    return TimelineEntryAnswer(
        entry_id=entry.id,
        at=entry.at,
        kind=entry.kind,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        summary=entry.summary,
    )
