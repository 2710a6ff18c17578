"""Steps 8 to 10: an SRA-FV score from the provider's item codes to DOJ's acknowledgment."""

from datetime import date, datetime, timedelta

from local_system.scenario.client import Answer, Body, Client, check, until
from local_system.scenario.steps_case import draft_assessment, lowest_items
from local_system.scenario.world import World

SHARE_DAYS = 30
WORKING_DAYS = 5


async def score(world: World) -> list[str]:
    """SRA-FV by item codes: an invalid code is refused; the score is totaled, finalized, shared."""
    provider = world.provider("scoring")
    await _refuse_impossible_code(world, provider)
    draft = await draft_assessment(world, provider, "sra-fv", level="low")
    check(draft["total"] is not None, "no total was computed")
    world.ids["sra_fv_assessment_id"] = draft["assessment_id"]
    world.ids["sra_fv_share_id"] = await finalize_and_share(provider, draft)
    duty = await find_duty(provider, world, "share-score", draft["assessment_id"])
    due_on = (world.today + timedelta(days=SHARE_DAYS)).isoformat()
    check(duty["due_on"] == due_on, f"the share is due {duty['due_on']}, not {due_on}")
    world.ids["share_duty_id"] = duty["duty_id"]
    return ["sra_fv_assessment_id", "sra_fv_share_id", "share_duty_id"]


async def receive(world: World) -> list[str]:
    """The officer's receipt meets the duty to share and opens the duty to DOJ: 5 working days."""
    receipt = await record_receipt(world, "sra_fv_share_id")
    world.ids["sra_fv_receipt_id"] = receipt["score_receipt_id"]
    await duty_in_state(
        world.provider("scoring"),
        world,
        "share-score",
        world.ids["sra_fv_assessment_id"],
        {"met"},
    )
    officer = world.officer("doj-gateway")
    duty = await find_duty(officer, world, "dynamic-score-to-doj")
    explained = await officer.get(f"/v1/duties/{duty['duty_id']}/explanation")
    _check_every_day(explained.body, world.today)
    world.ids["doj_duty_id"] = duty["duty_id"]
    return ["sra_fv_receipt_id", "doj_duty_id"]


async def forward(world: World) -> list[str]:
    """The gateway forwards it: DOJ's acceptance meets *send*, its acknowledgment *acknowledged*."""
    officer = world.officer("doj-gateway")

    async def acknowledged() -> Body | None:
        found = await officer.get("/v1/submissions", case_id=world.ids["case_id"])
        return next((each for each in found["items"] if each["state"] == "acknowledged"), None)

    submission = await until(acknowledged, "DOJ's acknowledgment")
    for rule in ("dynamic-score-to-doj", "doj-acknowledgment"):
        await duty_in_state(officer, world, rule, None, {"met"})
    received = await world.officer("supervision").get(
        f"/v1/score-receipts/{world.ids['sra_fv_receipt_id']}"
    )
    took = _instant(submission["accepted_at"]) - _instant(received["received_at"])
    world.figures["receipt_to_acceptance_ms"] = round(took.total_seconds() * 1000, 1)
    world.ids["submission_id"] = submission["submission_id"]
    return ["submission_id"]


async def finalize_and_share(provider: Client, draft: Answer) -> str:
    """Freeze a draft and give it to the officer; returns the share's id."""
    assessment, etag = draft["assessment_id"], draft.etag
    path = f"/v1/assessments/{assessment}/finalizations"
    await until(lambda: provider.post(path, {}, etag=etag), "the scorer's credentials in scoring")
    share = await provider.post("/v1/shares", {"assessment_id": assessment})
    return str(share["share_id"])


async def record_receipt(world: World, share: str) -> Body:
    """The officer finds the share in the inbox and records its receipt."""
    officer = world.officer("supervision")

    async def waiting() -> Body | None:
        inbox = await officer.get("/v1/inbox", state="waiting", limit="200")
        return next((e for e in inbox["items"] if e["share_id"] == world.ids[share]), None)

    await until(waiting, "the share in the officer's inbox")
    receipt = await officer.post("/v1/score-receipts", {"share_id": world.ids[share]})
    return receipt.body


async def find_duty(client: Client, world: World, rule: str, subject: str | None = None) -> Body:
    """Wait for a duty of the case, whatever its state."""
    return await duty_in_state(client, world, rule, subject, None)


async def duty_in_state(
    client: Client, world: World, rule: str, subject: str | None, states: set[str] | None
) -> Body:
    """Wait until a duty of the case is in one of the states."""

    async def found() -> Body | None:
        duties = await client.get("/v1/duties", rule=rule, case_id=world.ids["case_id"])
        for duty in duties["items"]:
            is_it = subject is None or duty["subject_id"] == subject
            if is_it and (states is None or duty["state"] in states):
                kept: Body = duty
                return kept
        return None

    return await until(found, f"the duty {rule} to be {states or 'there'}")


async def _refuse_impossible_code(world: World, provider: Client) -> None:
    instrument = await provider.get("/v1/instruments/sra-fv")
    items = lowest_items(instrument.body)
    impossible = next(iter(items))
    body = {
        "case_id": world.ids["case_id"],
        "instrument": "sra-fv",
        "assessed_on": world.today.isoformat(),
        "reason": "initial",
        "items": {**items, impossible: 9},
        "level": "low",
    }
    await provider.refused("/v1/assessments", body, status=422, names=f"items.{impossible}")


def _check_every_day(explanation: Body, received_on: date) -> None:
    days = [date.fromisoformat(day["on"]) for day in explanation["days"]]
    after = [received_on + timedelta(days=n + 1) for n in range(len(days))]
    check(days in (after, [received_on, *after[:-1]]), f"days are missing between {days}")
    counted = [day for day in explanation["days"] if day["counted"]]
    skipped = [day for day in explanation["days"] if not day["counted"]]
    check(len(counted) == WORKING_DAYS, f"{len(counted)} days are counted")
    check(all(day["reason"] for day in skipped), "a day is skipped without a reason")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
