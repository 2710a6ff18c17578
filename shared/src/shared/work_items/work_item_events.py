"""The events that announce changes of work items; they contain only ids, codes and dates."""

from typing import Any

from shared.events.work_items import WorkItemOpened, WorkItemResolved
from shared.work_items.work_items import Resolved, WorkItem


def opened(item: WorkItem) -> WorkItemOpened:
    """The event for a new work item."""
    return WorkItemOpened(**_snapshot(item))


def resolved(item: WorkItem, how: Resolved) -> WorkItemResolved:
    """The event for a resolved work item."""
    return WorkItemResolved(**_snapshot(item), resolution=how.resolution, resolved_at=how.at)


def _snapshot(item: WorkItem) -> dict[str, Any]:
    said = item.opening
    return {
        "work_item_id": item.id,
        "version": item.version,
        "kind": said.kind,
        "about_kind": said.subject.kind,
        "about_id": said.subject.id,
        "case_id": said.case_id,
        "because": said.because,
        "evidence_kind": said.evidence.kind,
        "evidence_id": said.evidence.id,
        "fact_id": said.fact_id,
        "effective_on": said.effective_on,
        "owner_role": said.owner.role,
        "owner_agency": said.owner.agency,
        "owner_unit": said.owner.unit,
        "owner_person": said.owner.person,
        "opened_at": item.opened_at,
    }
