"""Steps 12 to 14: the month's contact, the case's timeline, and previews of deadlines."""

from local_system.scenario.client import Body, Client, check, until
from local_system.scenario.world import World

ON_THE_TIMELINE = {
    "supervision.case.opened",
    "supervision.team.changed",
    "supervision.score-receipt.recorded",
    "supervision.contact.attested",
    "supervision.month.met",
    "scoring.assessment.finalized",
    "scoring.share.made",
    "scoring.duty.opened",
    "scoring.duty.met",
    "doj-gateway.duty.opened",
    "doj-gateway.duty.met",
    "doj-gateway.submission.queued",
    "doj-gateway.submission.sent",
    "doj-gateway.submission.acknowledged",
    "doj-gateway.expectation.opened",
    "doj-gateway.expectation.met",
    "doj-gateway.notice.acknowledged",
}


async def attest_contact(world: World) -> list[str]:
    """Officer and provider document the same contact: the month is met."""
    contact = {
        "case_id": world.ids["case_id"],
        "month": world.today.strftime("%Y-%m"),
        "contacted_on": world.today.isoformat(),
        "mode": "telephone",
        "topics": ["progress", "dynamic-risk", "criminogenic-needs"],
    }
    first = await world.provider("supervision").post("/v1/contact-attestations", contact)
    check(first["month_state"] == "one-sided", f"the month is {first['month_state']}")
    second = await world.officer("supervision").post("/v1/contact-attestations", contact)
    check(second["month_state"] == "met", f"the month is {second['month_state']}")
    world.ids |= {
        "provider_attestation_id": first["contact_attestation_id"],
        "officer_attestation_id": second["contact_attestation_id"],
    }
    return ["provider_attestation_id", "officer_attestation_id"]


async def read_timeline(world: World) -> list[str]:
    """The case's timeline shows every earlier step."""
    officer = world.officer("supervision")

    async def whole() -> Body | None:
        seen = {entry["kind"] for entry in await _entries(officer, world.ids["case_id"])}
        missing = ON_THE_TIMELINE - seen
        check(not missing, f"missing: {', '.join(sorted(missing))}")
        return {"kinds": len(seen)}

    await until(whole, "the timeline to be whole")
    return ["case_id"]


async def preview_deadlines(world: World) -> list[str]:
    """Preview deadlines: over Thanksgiving, and before and after the law's change in 2025."""
    client = world.officer("doj-gateway")
    thanksgiving = await _preview(client, "standards-2012", {"receipt": "2026-11-20"})
    check(thanksgiving["due_on"] == "2026-12-01", f"due {thanksgiving['due_on']}")
    text = thanksgiving["explanation"]["text"]
    check("Thanksgiving" in text, f"the explanation does not name the holiday: {text}")
    before = await _preview(
        client, "sb-1473", {"assessment": "2024-12-20", "receipt": "2024-12-24"}
    )
    after = await _preview(client, "sb-1473", {"assessment": "2025-01-10"})
    check(
        (before["owner_role"], before["due_on"]) == ("officer", "2025-01-02"),
        f"before 2025: {before['owner_role']} by {before['due_on']}",
    )
    check(
        (after["owner_role"], after["due_on"]) == ("provider", "2025-02-09"),
        f"from 2025: {after['owner_role']} by {after['due_on']}",
    )
    return []


async def _entries(officer: Client, case: str) -> list[Body]:
    entries: list[Body] = []
    query = {"limit": "200"}
    while True:
        page = await officer.get(f"/v1/cases/{case}/timeline", **query)
        entries += page["items"]
        if page["next"] is None:
            return entries
        query["after"] = page["next"]


async def _preview(client: Client, edition: str, facts: dict[str, str]) -> Body:
    question = {"edition": edition, "rule": "dynamic-score-to-doj", "facts": facts}
    return (await client.post("/v1/deadline-previews", question, status=200)).body
