"""What came of an event that is in no log any more is undone, or told to a person."""

from datetime import date
from uuid import UUID

import pytest

from integration.supervision.board import suspended, told
from integration.supervision.told_duties import snapshot
from integration.supervision.world import HANDLERS, Case, World, granted, linked, standing
from shared.events.certification import CertificationGranted
from shared.events.duties import DutyMet, DutyOpened
from shared.events.event import Event
from shared.identifiers import new_id
from shared.testing.forgetting import forgotten

TODAY = date(2026, 11, 23)
STATIC_99R = "static-99r-before-placement"


@pytest.fixture
async def provider(world: World, case: Case) -> CertificationGranted:
    """The certification of the provider in the team of the case."""
    made = granted("provider", world.provider_id)
    await world.hear(made)
    await world.hear(granted("program", world.program_id))
    await world.hear(standing(world.examiner_id))
    await world.hear(linked(world.provider_id, world.program_id))
    assert (await world.form_team(case)).status_code == 201
    return made


async def heard(world: World, event: Event, service: str = "") -> UUID:
    """Let an event arrive; return its id."""
    event_id = new_id()
    await world.hear(event, service, event_id)
    return event_id


async def forget(
    world: World, event: Event, event_id: UUID | None = None, service: str = ""
) -> str | None:
    return await forgotten(world.database, HANDLERS, event, event_id=event_id, service=service)


async def timeline(world: World, case: Case) -> list[str]:
    """What others told of a case."""
    answer = await world.get(f"/v1/cases/{case.id}/timeline", world.officer)
    kinds = [item["kind"] for item in answer.json()["items"]]
    return [kind for kind in kinds if not kind.startswith("supervision.")]


async def test_a_suspension_that_never_was_leaves_no_lapse_open(
    world: World, case: Case, provider: CertificationGranted
) -> None:
    suspension = suspended(provider, TODAY)
    event_id = await heard(world, suspension)
    ((because, before),) = await told(world, case)

    assert await forget(world, suspension, event_id) is None

    ((_, after),) = await told(world, case)
    assert (because, before) == ("suspended", "open")
    assert after != "open"


async def test_a_certification_that_never_was_is_told_where_a_team_counts_on_it(
    world: World, case: Case, provider: CertificationGranted
) -> None:
    left = await forget(world, provider)

    other = await world.open_case()
    refused = await world.form_team(other)
    assert left is not None
    assert left.startswith("1 cases have a team that counts on its holder")
    assert refused.status_code == 409


async def test_an_examiners_standing_that_never_was_lets_no_team_be_formed(
    world: World, case: Case
) -> None:
    await world.certify_team()
    examiner = standing(world.examiner_id)
    await world.hear(examiner)
    (other,) = await world.rows(
        "SELECT id FROM examiner_standings WHERE examiner_id = :id AND id <> :kept",
        id=world.examiner_id,
        kept=examiner.examiner_standing_id,
    )

    assert await forget(world, examiner) is None
    lost = examiner.model_copy(update={"examiner_standing_id": other.id})
    assert await forget(world, lost) is None

    assert (await world.form_team(case)).status_code == 409


async def test_a_static_99r_that_never_was_leaves_its_duty_open_with_its_due_date(
    world: World, case: Case
) -> None:
    assessment = world.assessment(case.id)
    event_id = await heard(world, assessment)
    due_on = (await world.duty(case, STATIC_99R))["due_on"]

    assert await forget(world, assessment, event_id) is None

    duty = await world.duty(case, STATIC_99R)
    assert (duty["state"], duty["due_on"]) == ("reopened", due_on)
    assert await timeline(world, case) == []


async def test_a_static_99r_that_never_was_is_taken_back_from_a_placement_on_another_day(
    world: World, case: Case
) -> None:
    assessment = world.assessment(case.id)
    event_id = await heard(world, assessment)
    body = {"case_id": str(case.id), "placed_on": "2026-11-18"}
    placed = await world.post("/v1/placements", body, world.officer)

    await forget(world, assessment, event_id)

    duty = await world.duty(case, STATIC_99R)
    assert placed.json()["static_99r"] == "recorded-late"
    assert (duty["state"], duty["due_on"]) == ("reopened", "2026-11-18")


async def test_a_duty_met_by_a_static_99r_that_never_was_is_met_by_the_other_one(
    world: World, case: Case
) -> None:
    lost = world.assessment(case.id, assessed_on=date(2026, 11, 18))
    event_id = await heard(world, lost)
    await world.hear(world.assessment(case.id, assessed_on=date(2026, 11, 20)))

    await forget(world, lost, event_id)

    duty = await world.duty(case, STATIC_99R)
    assert (duty["state"], duty["met_on"]) == ("met", "2026-11-20")


async def test_a_duty_met_by_another_static_99r_stays_met(world: World, case: Case) -> None:
    first, second = world.assessment(case.id), world.assessment(case.id)
    await world.hear(first)
    event_id = await heard(world, second)

    await forget(world, second, event_id)

    assert (await world.duty(case, STATIC_99R))["state"] == "met"


async def test_a_share_that_never_was_leaves_the_inbox_and_the_timeline(
    world: World, case: Case
) -> None:
    share = world.share(case.id)
    event_id = await heard(world, share)

    assert await forget(world, share, event_id) is None

    assert (await world.get("/v1/inbox", world.officer)).json()["items"] == []
    assert await timeline(world, case) == []


async def test_a_share_that_an_officer_received_stays_and_is_told(world: World, case: Case) -> None:
    share = world.share(case.id)
    await world.hear(share)
    body = {"share_id": str(share.share_id)}
    assert (await world.post("/v1/score-receipts", body, world.officer)).status_code == 201

    left = await forget(world, share)

    assert left == "the share and its receipt stay, because an officer has recorded the receipt"
    assert len((await world.get("/v1/inbox", world.officer)).json()["items"]) == 1


async def test_a_duty_that_never_was_leaves_the_overview_and_the_timeline(
    world: World, case: Case
) -> None:
    facts = snapshot(case, owner_agency=world.agency)
    opened = DutyOpened.model_validate(facts)
    met = DutyMet.model_validate(facts | {"version": 2, "state": "met", "met_on": TODAY})
    first = await heard(world, opened, "scoring")
    second = await heard(world, met, "scoring")

    await forget(world, met, second, "scoring")
    await forget(world, opened, first, "scoring")

    known = "SELECT 1 FROM known_duties WHERE id = :id"
    assert await world.rows(known, id=opened.duty_id) == []
    assert await timeline(world, case) == []


async def test_a_link_that_never_was_forms_no_team(world: World, case: Case) -> None:
    await world.certify_team()
    link = linked(world.provider_id, world.program_id)
    event_id = await heard(world, link)

    assert await forget(world, link, event_id) is None

    refused = await world.post("/v1/teams", world.team_body(case, "2026-11-23"), world.officer)
    assert refused.status_code == 409
    assert "no link is recorded" in refused.json()["detail"]
