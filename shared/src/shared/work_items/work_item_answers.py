"""The API's answers about work items."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from shared.work_items.work_item_rows import row_of
from shared.work_items.work_items import WorkItem


class WorkItemAnswer(BaseModel):
    """A work item: what somebody must look at, why, who owns it, and how it was resolved."""

    work_item_id: UUID
    kind: str = Field(description="What kind of work item it is, as a code.")
    subject_kind: str = Field(description="What kind of record it is about, as a code.")
    subject_id: UUID = Field(description="ID of the record it is about.")
    case_id: UUID | None = Field(
        description="ID of the case it concerns. Null if it concerns no case."
    )
    owner_role: str = Field(description="The role that must handle it.")
    owner_agency: str | None = Field(
        description="Code of the agency that owns it, or the ID of a program. Null if it "
        "belongs to neither."
    )
    owner_unit: str | None = Field(
        description="Code of the agency's unit that owns it. Null if it belongs to no unit."
    )
    owner_person: UUID | None = Field(
        description="ID of the person who owns it. Null if it is assigned to no person."
    )
    because: str = Field(description="Code of the reason why it was opened.")
    evidence_kind: str = Field(description="What kind of record it is based on, as a code.")
    evidence_id: UUID = Field(description="ID of the record it is based on.")
    fact_id: UUID = Field(description="ID of the event or request that caused it.")
    effective_on: date | None = Field(
        description="The first day on which it matters; may be in the future. Null if no day"
        " applies."
    )
    opened_at: datetime
    is_open: bool = Field(description="Whether it still needs attention.")
    resolution: str | None = Field(
        description="Code of how it was resolved. Null while it is open."
    )
    resolved_at: datetime | None = Field(description="When it was resolved. Null while it is open.")
    resolved_by: str | None = Field(
        description="ID of the person, or name of the service's process, that resolved it. "
        "Null while open."
    )
    version: int = Field(description="Increases with each change. Also sent as the `ETag`.")


def work_item_answer(item: WorkItem) -> WorkItemAnswer:
    """Convert one work item to its answer."""
    shaped = {"work_item_id": item.id, "is_open": item.is_open}
    return WorkItemAnswer.model_validate(row_of(item) | shaped)
