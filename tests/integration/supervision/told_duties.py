"""Duties as ledgers tell of them: one snapshot, varied by the tests."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from integration.supervision.world import Case, Headers, World
from shared.clock import end_of_day
from shared.events.duties import DutyMet, DutyOpened

AS_OF = datetime(2026, 11, 23, 18, tzinfo=UTC)
"""The world's clock when a test begins: ten in the morning, a Monday in California."""


def snapshot(case: Case | None = None, **differences: object) -> dict[str, object]:
    """The facts of a duty of an officer of nowhere, due on December 1 unless told otherwise."""
    facts: dict[str, object] = {
        "duty_id": uuid4(),
        "version": 1,
        "rule": "dynamic-score-to-doj",
        "regime": "officer",
        "edition": "standards-2012",
        "about_kind": "assessment",
        "about_id": uuid4(),
        "case_id": case.id if case else None,
        "owner_role": "officer",
        "started_by": "receipt",
        "started_on": date(2026, 11, 20),
        "due_on": date(2026, 12, 1),
        "state": "open",
    }
    facts |= differences
    due_on = facts["due_on"]
    assert isinstance(due_on, date)
    return {"due_at": end_of_day(due_on), **facts}


async def owed(
    world: World, case: Case | None = None, ledger: str = "scoring", **differences: object
) -> UUID:
    """Let a ledger tell of a duty; any state may be told first, since each event tells all."""
    event = DutyOpened.model_validate(snapshot(case, **differences))
    await world.hear(event, ledger)
    return event.duty_id


async def met(world: World, case: Case | None, met_on: date, **differences: object) -> UUID:
    """Let a ledger tell of a duty that was met."""
    facts = snapshot(case, **{"state": "met", "met_on": met_on, **differences})
    event = DutyMet.model_validate(facts)
    await world.hear(event, "scoring")
    return event.duty_id


async def listed(world: World, headers: Headers, query: str = "") -> list[UUID]:
    """The ids of the duties that somebody sees, in the order of the list."""
    answer = await world.get(f"/v1/owed-duties?{query}", headers)
    assert answer.status_code == 200, answer.text
    return [UUID(item["duty_id"]) for item in answer.json()["items"]]
