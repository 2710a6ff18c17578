"""What the API says of a work item."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from shared.work_items.work_item_rows import row_of
from shared.work_items.work_items import WorkItem


class WorkItemAnswer(BaseModel):
    """One work item: what is to be looked at, why, whose it is, and how it ended if it did."""

    work_item_id: UUID
    kind: str
    subject_kind: str
    subject_id: UUID
    case_id: UUID | None
    owner_role: str
    owner_agency: str | None
    owner_unit: str | None
    owner_person: UUID | None
    because: str
    evidence_kind: str
    evidence_id: UUID
    fact_id: UUID = Field(description="The event, or the request, that told of it.")
    effective_on: date | None = Field(description="From when it matters; it may lie ahead.")
    opened_at: datetime
    is_open: bool
    resolution: str | None
    resolved_at: datetime | None
    resolved_by: str | None = Field(description="A person's id, or the process of a service.")
    version: int


def work_item_answer(item: WorkItem) -> WorkItemAnswer:
    """Shape one work item."""
    shaped = {"work_item_id": item.id, "is_open": item.is_open}
    return WorkItemAnswer.model_validate(row_of(item) | shaped)
