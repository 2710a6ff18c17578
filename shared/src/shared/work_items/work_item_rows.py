"""Converts a work item to and from its table row."""

from typing import Any

from sqlalchemy import RowMapping

from shared.law.duty.duties import Subject
from shared.work_items.work_items import Evidence, Opening, Resolved, WorkItem, WorkItemOwner


def row_of(item: WorkItem) -> dict[str, Any]:
    """Return the row's values."""
    said, ended = item.opening, item.resolved
    return {
        "id": item.id,
        "kind": said.kind,
        "subject_kind": said.subject.kind,
        "subject_id": said.subject.id,
        "case_id": said.case_id,
        **{f"owner_{name}": value for name, value in vars(said.owner).items()},
        "because": said.because,
        "evidence_kind": said.evidence.kind,
        "evidence_id": said.evidence.id,
        "fact_id": said.fact_id,
        "effective_on": said.effective_on,
        "opened_at": item.opened_at,
        "resolution": ended.resolution if ended else None,
        "resolved_at": ended.at if ended else None,
        "resolved_by": ended.by if ended else None,
        "version": item.version,
    }


def work_item_of(row: RowMapping) -> WorkItem:
    """Return the work item that a row holds."""
    ended = None
    if row["resolved_at"] is not None:
        ended = Resolved(row["resolution"], row["resolved_at"], row["resolved_by"])
    return WorkItem(row["id"], _opening(row), row["opened_at"], row["version"], ended)


def _opening(row: RowMapping) -> Opening:
    whose = (row[f"owner_{name}"] for name in ("role", "agency", "unit", "person"))
    return Opening(
        kind=row["kind"],
        subject=Subject(row["subject_kind"], row["subject_id"]),
        case_id=row["case_id"],
        owner=WorkItemOwner(*whose),
        because=row["because"],
        evidence=Evidence(row["evidence_kind"], row["evidence_id"]),
        fact_id=row["fact_id"],
        effective_on=row["effective_on"],
    )
