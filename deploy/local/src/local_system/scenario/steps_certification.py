"""Steps 1 to 6: two applications, one of them deficient, decided and found in the directory."""

from datetime import date, timedelta

from local_system.scenario.client import Body, check
from local_system.scenario.world import World

MISSING = "live-scan-receipt"
PROGRAM_DOCUMENTS = [
    "application-form",
    "representative-attestation",
    "provider-list",
    "polygraph-arrangement",
    "fee",
]
PROVIDER_DOCUMENTS = [
    "application-form",
    "license-verification",
    "experience-log",
    "training-log",
    "attestation",
    "fee",
]
TARGET_DAYS = 45
TERM_YEARS = 2


async def apply(world: World) -> list[str]:
    """A program headquartered in Sacramento, and a provider, apply."""
    applicant = world.applicant()
    program = await applicant.post(
        "/v1/applications",
        {
            "kind": "program",
            "name": f"River City Treatment {world.person('program name')[:8]}",
            "headquarters_county": "Sacramento",
            "served_counties": ["Yolo", "Placer"],
            "client_band": "1-10",
            "documents": PROGRAM_DOCUMENTS,
        },
    )
    provider = await applicant.post(
        "/v1/applications",
        {
            "kind": "provider",
            "name": "Dana Whitlock",
            "level": "independent",
            "documents": PROVIDER_DOCUMENTS,
        },
    )
    check(program["missing"] == [], f"the program's file misses {program['missing']}")
    world.ids |= {
        "program_application_id": program["application_id"],
        "program_id": program["holder_id"],
        "provider_application_id": provider["application_id"],
        "provider_id": provider["holder_id"],
    }
    return ["program_application_id", "program_id", "provider_application_id", "provider_id"]


async def find_deficient(world: World) -> list[str]:
    """The provider's file lacks its Live Scan receipt, so a deficiency notice names it."""
    file = f"/v1/applications/{world.ids['provider_application_id']}"
    reviewer = world.reviewer()
    await reviewer.refused(f"{file}/completions", {}, status=409, names=MISSING)
    notice = await reviewer.post(f"{file}/deficiencies", {})
    check(MISSING in str(notice["items"]), "the deficiency does not name the missing item")
    seen = await world.applicant().get(file)
    check(seen["waiting_on"] == "applicant", "the file is not waiting on the applicant")
    check(seen["due_on"] is None, "the processing clock runs on an incomplete file")
    world.ids["deficiency_id"] = notice["deficiency_id"]
    return ["deficiency_id"]


async def cure(world: World) -> list[str]:
    """The item arrives: the file is complete, and only now the clock of 45 days starts."""
    reviewer = world.reviewer()
    file = f"/v1/applications/{world.ids['provider_application_id']}"
    await world.applicant().post(f"{file}/documents", {"item": MISSING})
    completed = await reviewer.post(f"{file}/completions", {})
    due_on = (world.today + timedelta(days=TARGET_DAYS)).isoformat()
    check(completed["due_on"] == due_on, f"due {completed['due_on']}, not {due_on}")
    check("45" in _words(completed["explanation"]), "the explanation does not count the days")
    world.ids["decide_duty_id"] = completed["duty_id"]
    program = f"/v1/applications/{world.ids['program_application_id']}"
    await reviewer.post(f"{program}/completions", {})
    return ["decide_duty_id"]


async def stand_in_queue(world: World) -> list[str]:
    """Both are in the queue, in the order in which they became complete."""
    queue = await world.reviewer().get("/v1/applications", state="complete", limit="200")
    places = {item["application_id"]: item["queue_position"] for item in queue["items"]}
    provider = places[world.ids["provider_application_id"]]
    program = places[world.ids["program_application_id"]]
    check(program < provider, f"the program stands at {program}, the provider at {provider}")
    return []


async def decide(world: World) -> list[str]:
    """Both are granted for two years; the directory finds the program where it works."""
    for holder in ("provider", "program"):
        file = f"/v1/applications/{world.ids[f'{holder}_application_id']}"
        seen = await world.reviewer().get(file)
        decision: Body = {"outcome": "granted", "reasons": ["the requirements are met"]}
        granted = await world.reviewer().post(f"{file}/decisions", decision, etag=seen.etag)
        until = date.fromisoformat(granted["effective_until"])
        check(until.year == world.today.year + TERM_YEARS, f"granted until {until}")
        world.ids[f"{holder}_certification_id"] = granted["certification_id"]
    await _look_up(world)
    return ["provider_certification_id", "program_certification_id"]


async def _look_up(world: World) -> None:
    number = world.ids["program_id"]
    for county, listed_as in (("Sacramento", "headquarters"), ("Placer", "serves"), ("Kern", None)):
        page = await world.public("certification").get("/v1/directory", county=county)
        found = {item["program_id"]: item["listed_as"] for item in page["items"]}
        check(found.get(number) == listed_as, f"{county} lists it as {found.get(number)}")


async def record_credentials(world: World) -> list[str]:
    """The Board records scorer credentials, the program's provider and the examiner's standing."""
    reviewer = world.reviewer()
    holders = {
        "sra-fv": world.ids["provider_id"],
        "ls-cmi": world.ids["provider_id"],
        "static-99r": world.person("officer"),
    }
    validity = {
        "effective_from": (world.today - timedelta(days=30)).isoformat(),
        "effective_until": (world.today + timedelta(days=700)).isoformat(),
    }
    for instrument, scorer in holders.items():
        credential = {"scorer_id": scorer, "instrument": instrument, "reference": "SARATSO roster"}
        kept = await reviewer.post("/v1/scorer-credentials", {**credential, **validity})
        world.ids[f"{instrument}_credential_id"] = kept["scorer_credential_id"]
    standing = await reviewer.post(
        "/v1/examiner-standings",
        {"name": "Robin Ames", "qualification": "PCSOT", "training_hours": 40, **validity},
    )
    world.ids["examiner_id"] = standing["examiner_id"]
    await _link(world)
    return ["sra-fv_credential_id", "ls-cmi_credential_id", "examiner_id"]


async def _link(world: World) -> None:
    linked = await world.reviewer().post(
        f"/v1/programs/{world.ids['program_id']}/providers",
        {"provider_id": world.ids["provider_id"]},
    )
    world.ids["program_provider_id"] = linked["link_id"]


def _words(explanation: object) -> str:
    return str(explanation["text"] if isinstance(explanation, dict) else explanation)
