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
    subject_kind: str = Field(description="What kind of record the work item is about, as a code.")
    subject_id: UUID = Field(description="ID of the record that the work item is about.")
    case_id: UUID | None = Field(
        description="ID of the case that the work item concerns. Null if it concerns no case."
    )
    owner_role: str = Field(description="The role that must handle the work item.")
    owner_agency: str | None = Field(
        description="Code of the agency, or ID of the program, that must handle it. Null if it "
        "belongs to neither."
    )
    owner_unit: str | None = Field(
        description="Code of the agency's unit that must handle it. Null if it belongs to no unit."
    )
    owner_person: UUID | None = Field(
        description="ID of the person who must handle it. Null if it is assigned to no person."
    )
    because: str = Field(description="Code of the reason why the work item was opened.")
    evidence_kind: str = Field(description="What kind of record is the evidence, as a code.")
    evidence_id: UUID = Field(description="ID of the record that is the evidence.")
    fact_id: UUID = Field(description="ID of the event or request that caused the work item.")
    effective_on: date | None = Field(
        description="First day of the problem; may be in the future. Null if no day applies."
    )
    opened_at: datetime
    is_open: bool = Field(description="Whether the work item still needs attention.")
    resolution: str | None = Field(
        description="Code of how the work item was resolved. Null while it is open."
    )
    resolved_at: datetime | None = Field(description="When it was resolved. Null while open.")
    resolved_by: str | None = Field(
        description="ID of the person, or name of the service's process, that resolved it. "
        "Null while open."
    )
    version: int = Field(description="Increases with each change. Also sent as the `ETag`.")


def work_item_answer(item: WorkItem) -> WorkItemAnswer:
    """Convert one work item to its answer."""
    shaped = {"work_item_id": item.id, "is_open": item.is_open}
    return WorkItemAnswer.model_validate(row_of(item) | shaped)
