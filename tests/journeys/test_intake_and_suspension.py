"""A list is taken in and undone; a provider is suspended while a case counts on it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from journeys.desk_days import DeskDays, desk_days
from local_system.demo import as_the_scenario_sees
from local_system.launch import Launch
from local_system.scenario import steps_case, steps_certification
from local_system.scenario.client import Body, until
from local_system.scenario.steps_case import draft_assessment
from local_system.scenario.world import World

LIST = """name,headquarters_county,served_counties,effective_from,effective_until
Tule Fog Program,Kings,Tulare|Kern,2025-12-01,2027-12-01
Grapevine Program,Kern,,2025-06-15,2027-06-15
Nowhere Program,Atlantis,,2025-06-15,2027-06-15
"""
CERTIFY = (
    steps_certification.apply,
    steps_certification.find_deficient,
    steps_certification.cure,
    steps_certification.decide,
    steps_certification.record_credentials,
)
SUPERVISE = (
    steps_case.open_case,
    steps_case.score_static,
    steps_case.place,
    steps_case.form_team,
)


@pytest.fixture
async def desk(launch: Launch) -> AsyncIterator[DeskDays]:
    """The desk of the running system, today."""
    async with desk_days(launch.system) as opened:
        yield opened


@pytest.fixture
async def world(launch: Launch) -> AsyncIterator[World]:
    """The running system itself, in its own time, with a case whose team is formed."""
    async with httpx.AsyncClient(timeout=120) as http:
        made = World(as_the_scenario_sees(launch.system), http)
        for step in (*CERTIFY, *SUPERVISE):
            await step(made)
        yield made


def _names(page: Body) -> set[str]:
    return {each["name"] for each in page["items"]}


async def _done(desk: DeskDays, path: str, count: str, lines: int) -> Body:
    """Wait until the running clerk has done that many lines."""

    async def done() -> Body | None:
        shown = (await desk.manager.get(path)).body
        return shown if shown["counts"].get(count) == lines else None

    return await until(done, f"{lines} lines {count}")


async def test_a_list_is_checked_taken_in_by_the_clerk_and_undone_but_for_what_was_touched(
    desk: DeskDays,
) -> None:
    checked = await desk.check_list("program", LIST)
    path = f"/v1/intakes/{checked['intake_id']}"
    refused = await desk.manager.get(f"{path}/rows", outcome="refused")

    await desk.manager.refused(f"{path}/runs", {}, status=409, names="refused")
    await desk.manager.post(f"{path}/runs", {"skip_refused": True}, status=202)
    await _done(desk, path, "made", 2)
    made = (await desk.manager.get(f"{path}/rows", outcome="made"))["items"]
    listed = await desk.public.get("/v1/directory", county="Kern")
    touched = f"/v1/certifications/{made[0]['certification_id']}/suspensions"
    await desk.manager.post(touched, {"reasons": ["a complaint is looked into"]})
    await desk.manager.post(f"{path}/undoings", {}, status=202)
    await _done(desk, path, "undone", 1)

    kept = (await desk.manager.get(f"{path}/rows", outcome="kept"))["items"]
    after = await desk.public.get("/v1/directory", county="Kern")
    voided = (await desk.public.get(f"/v1/register/program/{made[1]['number']}")).body
    assert [each["line"] for each in refused["items"]] == [4]
    assert [each["cells"]["name"] for each in made] == ["Tule Fog Program", "Grapevine Program"]
    assert {"Tule Fog Program", "Grapevine Program"} <= _names(listed.body)
    assert [(each["line"], each["kept_because"][0]["code"]) for each in kept] == [
        (2, "changed-since")
    ]
    assert not _names(after.body) & {"Tule Fog Program", "Grapevine Program"}
    assert voided["status"] == "voided"


async def test_a_provider_suspended_in_the_middle_of_a_case_is_felt_at_once(
    world: World,
) -> None:
    provider = world.ids["provider_certification_id"]
    officer, manager = world.officer("supervision"), world.manager()
    reasons: Body = {"reasons": ["a complaint is looked into"]}
    draft = await draft_assessment(world, world.provider("scoring"), "sra-fv", level="low")

    await manager.post(f"/v1/certifications/{provider}/suspensions", reasons)

    async def opened() -> Body | None:
        query = {"kind": "certification-lapsed", "case_id": world.ids["case_id"]}
        found = (await officer.get("/v1/work-items", **query))["items"]
        return found[0] if found else None

    item = await until(opened, "the officer's work item")
    finalize = f"/v1/assessments/{draft['assessment_id']}/finalizations"

    async def refused() -> Body | None:
        return await world.provider("scoring").refused(
            finalize, {}, status=409, names="suspended", etag=draft.etag
        )

    problem = await until(refused, "scoring to refuse the suspended provider")
    await manager.post(f"/v1/certifications/{provider}/reinstatements", reasons)

    async def resolved() -> Body | None:
        shown = (await officer.get(f"/v1/work-items/{item['work_item_id']}")).body
        return shown if shown["resolution"] else None

    assert (item["because"], item["evidence_id"]) == ("suspended", provider)
    assert "provider" in str(problem)
    assert (await until(resolved, "the work item's end"))["resolution"] == "reinstated"
