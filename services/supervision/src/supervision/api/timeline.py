"""Route that shows the timeline of a case."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from shared.http.paging import After, Limit, Page, moment_cursor, page_of
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
    """One event in the history of a case. It contains only IDs, codes and dates."""

    entry_id: UUID = Field(description="ID of the entry, which is the ID of the event.")
    at: datetime = Field(description="When the event happened.")
    kind: str = Field(
        examples=["supervision.case.opened"], description="Type of the event that was recorded."
    )
    subject_kind: str = Field(description="Kind of thing that the event is about.")
    subject_id: UUID = Field(description="ID of the thing that the event is about.")
    summary: str = Field(description="What happened, in a few words.")


@router.get("/{case_id}/timeline", operation_id="show_timeline", dependencies=[allow(*READERS)])
async def get_timeline(
    tx: CurrentTransaction, case_id: UUID, limit: Limit = 50, after: After = None
) -> Page[TimelineEntryAnswer]:
    """List what happened in a case, in all services, oldest first."""
    seen = moment_cursor(after)
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
