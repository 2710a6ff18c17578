"""Step 7: a case is opened, the person is scored before placement, the team is formed."""

from datetime import timedelta
from typing import Any

from local_system.scenario.client import Answer, Body, Client, check, until
from local_system.scenario.world import AGENCY, UNIT, World

CII_DIGITS = 8
SINCE_SENTENCED = timedelta(days=150)


async def open_case(world: World) -> list[str]:
    """An officer opens a case for a person."""
    await _keep_reference_data(world)
    officer = world.officer("supervision")
    person = await officer.post("/v1/persons", _invented_person(world))
    case: Body = {
        "person_id": person["person_id"],
        "supervision_type": "formal-probation",
        "case_number": "26FE004417",
        "sentenced_on": (world.today - SINCE_SENTENCED).isoformat(),
        "starts_on": world.today.isoformat(),
        "placement_on": world.today.isoformat(),
        "county_of_conviction": "Sacramento",
        "county_of_residence": "Sacramento",
    }
    opened = await officer.post("/v1/cases", case)
    world.ids |= {"person_id": person["person_id"], "case_id": opened["case_id"]}
    return ["person_id", "case_id"]


async def score_static(world: World) -> list[str]:
    """Probation's Static-99R is recorded in scoring before the person is placed."""
    officer = world.officer("scoring")
    instrument = await officer.get("/v1/instruments/static-99r")
    draft = await until(
        lambda: officer.post("/v1/assessments", _assessment(world, "static-99r", instrument)),
        "the case to be known in scoring",
    )
    path = f"/v1/assessments/{draft['assessment_id']}/finalizations"
    await until(lambda: officer.post(path, {}, etag=draft.etag), "the credential in scoring")
    world.ids["static_99r_assessment_id"] = draft["assessment_id"]
    return ["static_99r_assessment_id"]


async def place(world: World) -> list[str]:
    """The person is placed after the static score was recorded."""
    officer = world.officer("supervision")
    case = world.ids["case_id"]

    async def met() -> Body | None:
        duties = await officer.get("/v1/duties", rule="static-99r-before-placement", case_id=case)
        return next((duty for duty in duties["items"] if duty["state"] == "met"), None)

    await until(met, "the static score to reach supervision")
    placed = await officer.post(
        "/v1/placements", {"case_id": case, "placed_on": world.today.isoformat()}
    )
    check(placed["static_99r"] == "recorded", f"static_99r is {placed['static_99r']}")
    return []


async def form_team(world: World) -> list[str]:
    """A team with a provider who is not certified is refused; then the correct team is formed."""
    officer = world.officer("supervision")
    members = {
        "case_id": world.ids["case_id"],
        "provider_id": world.ids["provider_id"],
        "program_id": world.ids["program_id"],
        "examiner_id": world.ids["examiner_id"],
        "effective_from": world.today.isoformat(),
    }
    stranger = world.person("provider without certification")
    await officer.refused(
        "/v1/teams", {**members, "provider_id": stranger}, status=409, names=stranger
    )
    team = await until(
        lambda: officer.post("/v1/teams", members), "certifications and standing in supervision"
    )
    world.ids["team_id"] = team["team_id"]
    return ["team_id"]


async def _keep_reference_data(world: World) -> None:
    operator = world.operator("supervision")
    await operator.put(
        f"/v1/agencies/{AGENCY}",
        {
            "name": "Sacramento County Probation",
            "kind": "probation",
            "county": "Sacramento",
            "units": [{"code": UNIT, "name": "Containment unit"}],
        },
    )
    await operator.put(
        f"/v1/officers/{world.person('officer')}",
        {"name": "Lee Marlow", "agency": AGENCY, "unit": UNIT},
    )


def _invented_person(world: World) -> Body:
    digits = str(int(world.person("person").replace("-", ""), 16))[:CII_DIGITS]
    return {
        "given_name": "Jordan",
        "family_name": "Example",
        "birth_date": "1984-03-09",
        "cii_number": digits,
    }


def invented_identity(world: World) -> Body:
    """The invented personal fields that SARATSO's tool has of the person."""
    person = _invented_person(world)
    return {name: person[name] for name in ("cii_number", "birth_date", "family_name")}


def _assessment(world: World, code: str, instrument: Answer) -> Body:
    return {
        "case_id": world.ids["case_id"],
        "instrument": code,
        "assessed_on": world.today.isoformat(),
        "reason": "initial",
        "items": lowest_items(instrument.body),
    }


def lowest_items(instrument: dict[str, Any]) -> dict[str, int]:
    """The lowest value of every item, which is always valid."""
    return {item["code"]: min(item["values"]) for item in instrument["items"]}


async def draft_assessment(world: World, client: Client, code: str, **more: object) -> Answer:
    """Draft an assessment of the case with the lowest values."""
    instrument = await client.get(f"/v1/instruments/{code}")
    body = {**_assessment(world, code, instrument), **more}
    return await until(lambda: client.post("/v1/assessments", body), "the team in scoring")
