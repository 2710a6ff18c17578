"""Reference data: kept by the agency itself or an operator, versioned, never half written."""

import asyncio
from uuid import uuid4

import pytest

from integration.supervision.world import World
from shared.database.transaction import Cause
from shared.security.principals import Actor, Role
from supervision.use_cases.record_officer import RecordOfficer, record_officer

BODY = {"name": "Yolo Probation", "kind": "probation", "county": "yolo"}


async def test_an_agency_is_recorded_and_its_county_named(world: World) -> None:
    path = f"/v1/agencies/{uuid4().hex[:10]}"

    recorded = await world.http.put(path, json=BODY, headers=world.operator)
    read = await world.get(path, world.provider)

    assert (recorded.status_code, recorded.headers["etag"]) == (201, '"1"')
    assert read.json()["county"] == "Yolo"
    assert read.json()["units"] == []


async def test_a_change_counts_the_version_and_honors_if_match(world: World) -> None:
    path = f"/v1/agencies/{uuid4().hex[:10]}"
    await world.http.put(path, json=BODY, headers=world.operator)

    changed = await world.http.put(
        path, json=BODY | {"name": "New"}, headers=world.operator | {"If-Match": '"1"'}
    )
    stale = await world.http.put(
        path, json=BODY | {"name": "Stale"}, headers=world.operator | {"If-Match": '"1"'}
    )

    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert stale.status_code == 412
    assert (await world.get(path, world.operator)).json()["name"] == "New"


async def test_a_change_of_an_officer_honors_if_match(world: World) -> None:
    path = f"/v1/officers/{world.officer_id}"
    body = {"name": "Stale", "agency": world.agency, "unit": "adult"}

    stale = await world.http.put(path, json=body, headers=world.operator | {"If-Match": '"7"'})

    assert (stale.status_code, stale.json()["type"]) == (412, "urn:casomb:problem:stale-etag")
    assert (await world.get(path, world.operator)).json()["name"] == "Olga Officer"


async def test_an_unknown_county_is_refused_by_its_field(world: World) -> None:
    answer = await world.http.put(
        "/v1/agencies/nowhere", json=BODY | {"county": "Clark"}, headers=world.operator
    )

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "body.county"
    assert (await world.get("/v1/agencies/nowhere", world.operator)).status_code == 404


async def test_a_control_character_in_a_name_is_refused(world: World) -> None:
    answer = await world.http.put(
        "/v1/agencies/nowhere", json=BODY | {"name": "a\x00b"}, headers=world.operator
    )

    assert answer.status_code == 422


async def test_an_agency_lead_records_the_own_agency_alone(world: World) -> None:
    lead = world.of_agency(Role.AGENCY_LEAD)
    units = {"units": [{"code": "adult", "name": "Adult"}]}

    own = await world.http.put(f"/v1/agencies/{world.agency}", json=BODY | units, headers=lead)
    foreign = await world.http.put("/v1/agencies/elsewhere", json=BODY, headers=lead)

    assert own.status_code == 200
    assert [unit["code"] for unit in own.json()["units"]] == ["adult"]
    assert foreign.status_code == 404


async def test_a_unit_with_officers_cannot_be_left_out(world: World) -> None:
    answer = await world.http.put(f"/v1/agencies/{world.agency}", json=BODY, headers=world.operator)

    assert answer.status_code == 409
    assert "adult" in answer.json()["detail"]


async def test_an_officer_moves_to_another_unit_of_the_agency(world: World) -> None:
    lead = world.of_agency(Role.AGENCY_LEAD)
    path = f"/v1/officers/{world.officer_id}"
    body = {"name": "Olga Officer", "agency": world.agency, "unit": "juvenile"}

    moved = await world.http.put(path, json=body, headers=lead)
    read = await world.get(path, world.officer)

    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
    assert read.json()["unit"] == "juvenile"
    assert "officer.read" in await world.audited(world.officer_id)


async def test_an_officer_needs_a_known_agency_and_unit(world: World) -> None:
    path = f"/v1/officers/{uuid4()}"

    no_agency = await world.http.put(
        path, json={"name": "O", "agency": "nowhere"}, headers=world.operator
    )
    no_unit = await world.http.put(
        path, json={"name": "O", "agency": world.agency, "unit": "night"}, headers=world.operator
    )

    assert no_agency.status_code == no_unit.status_code == 422
    assert no_agency.json()["faults"][0]["field"] == "body.agency"
    assert no_unit.json()["faults"][0]["field"] == "body.unit"


async def test_an_officer_of_another_agency_is_not_the_leads_to_move_or_read(world: World) -> None:
    other = await world.other_agency()
    path = f"/v1/officers/{other.officer_id}"
    lead = world.of_agency(Role.AGENCY_LEAD)

    moved = await world.http.put(path, json={"name": "X", "agency": world.agency}, headers=lead)

    assert moved.status_code == 404
    assert (await world.get(path, world.officer)).status_code == 404
    assert (await world.get(path, world.operator)).status_code == 200


async def test_an_unknown_officer_is_not_found(world: World) -> None:
    assert (await world.get(f"/v1/officers/{uuid4()}", world.operator)).status_code == 404


@pytest.mark.parametrize(
    ("kind", "units", "code"),
    [
        ("parole", [{"code": "adult", "name": "Adult"}], "kind-in-use"),
        ("probation", [], "unit-in-use"),
    ],
)
async def test_what_open_cases_rest_on_stays(
    world: World, kind: str, units: list[dict[str, str]], code: str
) -> None:
    await world.open_case()
    moved = {"name": "Olga Officer", "agency": world.agency, "unit": None}
    await world.http.put(f"/v1/officers/{world.officer_id}", json=moved, headers=world.operator)
    body = {"name": "Probation", "kind": kind, "county": "Sacramento", "units": units}

    refused = await world.http.put(
        f"/v1/agencies/{world.agency}", json=body, headers=world.operator
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith(f":{code}")


async def test_a_unit_is_not_dropped_while_an_officer_is_being_moved_into_it(
    world: World,
) -> None:
    lead = Actor("lead", frozenset({Role.AGENCY_LEAD}), agency=world.agency)
    only_adult = {
        "name": "Probation",
        "kind": "probation",
        "county": "Sacramento",
        "units": [{"code": "adult", "name": "Adult"}],
    }
    async with world.database.transaction(Cause(lead, uuid4())) as tx:
        await record_officer(tx, RecordOfficer(uuid4(), "New", world.agency, "juvenile"), None)
        dropping = asyncio.create_task(
            world.http.put(f"/v1/agencies/{world.agency}", json=only_adult, headers=world.operator)
        )
        await somebody_waits(world)

    refused = await dropping
    assert refused.status_code == 409
    assert refused.json()["type"].endswith(":unit-in-use")


async def test_an_agency_is_recorded_once_by_two_at_once(world: World) -> None:
    code = f"new-{uuid4().hex[:8]}"
    body = {"name": "Probation", "kind": "probation", "county": "Yolo", "units": []}

    answers = await asyncio.gather(
        *(
            world.http.put(f"/v1/agencies/{code}", json=body, headers=world.operator)
            for _ in range(4)
        )
    )

    (kept,) = await world.rows("SELECT id, version FROM agencies WHERE code = :code", code=code)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert kept.version == 4
    assert len(await world.audited(kept.id)) == 4


async def somebody_waits(world: World) -> None:
    """Return when a transaction of this database waits for another's lock."""
    waiting = (
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(120):
        while not await world.rows(waiting):
            pass
