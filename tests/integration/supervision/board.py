"""The Board's word about certifications, as certification announces it after the grant."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from integration.supervision.world import VALID, Case, World
from shared.events.certification import (
    CertificationCorrected,
    CertificationEnded,
    CertificationGranted,
    CertificationRecorded,
    CertificationReinstated,
    CertificationSuspended,
    ExaminerStandingEnded,
    ExaminerStandingRecorded,
)
from shared.events.work_items import WorkItemOpened


def suspended(granted: CertificationGranted, on: date) -> CertificationSuspended:
    """It does not hold from a day on."""
    return CertificationSuspended(**_of(granted), effective_on=on)


def reinstated(granted: CertificationGranted, on: date) -> CertificationReinstated:
    """It holds again from a day on."""
    return CertificationReinstated(**_of(granted), effective_on=on)


def ended(granted: CertificationGranted, on: date, because: str) -> CertificationEnded:
    """It holds no longer from a day on."""
    return CertificationEnded(**_of(granted), effective_on=on, because=because)


def corrected(granted: CertificationGranted, span: tuple[date, date]) -> CertificationCorrected:
    """Other dates hold, from the start."""
    return CertificationCorrected(**_of(granted), effective_from=span[0], effective_until=span[1])


def recorded(kind: str, holder_id: UUID, span: tuple[date, date] = VALID) -> CertificationRecorded:
    """A list brought it in."""
    return CertificationRecorded(
        certification_id=uuid4(),
        kind=kind,
        holder_id=holder_id,
        effective_from=span[0],
        effective_until=span[1],
    )


def standing_ended(
    standing: ExaminerStandingRecorded, on: date, because: str
) -> ExaminerStandingEnded:
    """An examiner has no standing from a day on."""
    return ExaminerStandingEnded(
        examiner_standing_id=standing.examiner_standing_id,
        examiner_id=standing.examiner_id,
        effective_on=on,
        because=because,
    )


async def work_items(world: World, case: Case, query: str = "") -> list[dict[str, Any]]:
    """The work items of a case as its officer sees them, the oldest first."""
    answer = await world.get(f"/v1/work-items?case_id={case.id}{query}", world.officer)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def told(world: World, case: Case) -> list[tuple[str, str]]:
    """Because of what each work item of a case was opened, and how it ended if it did."""
    found = await work_items(world, case)
    return [(item["because"], item["resolution"] or "open") for item in found]


async def hear_own_work_items(world: World, case: Case) -> None:
    """Let what the service announced of a case's work items arrive here, as Kafka brings it."""
    openings = await world.rows(
        "SELECT event_id, data FROM outbox WHERE type = 'supervision.work-item.opened'"
        " AND subject_id IN (SELECT id FROM work_items WHERE case_id = :id) ORDER BY id",
        id=case.id,
    )
    for row in openings:
        event = WorkItemOpened.model_validate_json(row.data)
        await world.hear(event, service="supervision", event_id=row.event_id)


def _of(granted: CertificationGranted) -> dict[str, Any]:
    return {
        "certification_id": granted.certification_id,
        "kind": granted.kind,
        "holder_id": granted.holder_id,
    }
