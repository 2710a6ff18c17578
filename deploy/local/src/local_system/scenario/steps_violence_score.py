"""Step 11: SARATSO's tool sends an LS/CMI to DOJ, and DOJ's notice is matched to the score."""

from local_system.scenario.client import Body, Client, check, until
from local_system.scenario.steps_case import draft_assessment, invented_identity
from local_system.scenario.steps_dynamic_score import finalize_and_share, record_receipt
from local_system.scenario.world import World


async def score_violence(world: World) -> list[str]:
    """The provider records an LS/CMI: shared and received as before, and expected at DOJ."""
    provider = world.provider("scoring")
    draft = await draft_assessment(world, provider, "ls-cmi", tool="saratso-online")
    world.ids["ls_cmi_assessment_id"] = draft["assessment_id"]
    world.ids["ls_cmi_share_id"] = await finalize_and_share(provider, draft)
    receipt = await record_receipt(world, "ls_cmi_share_id")
    world.ids["ls_cmi_receipt_id"] = receipt["score_receipt_id"]
    expectation = await _expectation(world.officer("doj-gateway"), world, {"open", "met"})
    world.ids["expectation_id"] = expectation["expectation_id"]
    return ["ls_cmi_assessment_id", "ls_cmi_share_id", "ls_cmi_receipt_id", "expectation_id"]


async def notice_violence(world: World) -> list[str]:
    """DOJ's notice is matched and acknowledged; no officer owes DOJ a submission."""
    result = {
        "instrument": "ls-cmi",
        "assessed_on": world.today.isoformat(),
        "person": invented_identity(world),
    }
    sent = await world.simulator().post("/simulation/automatic-results", result)
    for side in (world.officer("doj-gateway"), world.provider("doj-gateway")):
        await _expectation(side, world, {"met"})

    async def acknowledged() -> Body | None:
        notice = await world.simulator().get(f"/v1/notices/{sent['notice_id']}")
        return notice.body if notice["acknowledged_at"] else None

    await until(acknowledged, "DOJ to hold the acknowledgment of its notice")
    await _check_no_officer_owes_it(world)
    world.ids["doj_notice_id"] = sent["notice_id"]
    return ["doj_notice_id"]


async def _expectation(client: Client, world: World, states: set[str]) -> Body:
    async def found() -> Body | None:
        page = await client.get("/v1/expectations", case_id=world.ids["case_id"])
        return next((each for each in page["items"] if each["state"] in states), None)

    return await until(found, f"the expectation to be {' or '.join(sorted(states))}")


async def _check_no_officer_owes_it(world: World) -> None:
    officer = world.officer("doj-gateway")
    duties = await officer.get("/v1/duties", case_id=world.ids["case_id"], owner_role="officer")
    about = {duty["rule"] for duty in duties["items"]}
    check(about == {"dynamic-score-to-doj"}, f"the officer owes {sorted(about)}")
