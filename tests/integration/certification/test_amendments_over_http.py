"""Names, levels and conditions amended in mid-term: dated, on record, and public where they are."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from integration.certification.board_office import BoardOffice, Json
from shared.security.principals import Role
from shared.testing.clocks import FixedClock

REASONS = {"reasons": ["shown a certificate of marriage"]}
AGAIN = datetime(2027, 3, 1, 20, tzinfo=UTC)
"""Monday, March 1, 2027; what is granted here is granted on November 20, 2026."""


async def _amend(
    office: BoardOffice, path: str, shown: str, body: Json, role: Role = Role.BOARD_MANAGER
) -> httpx.Response:
    """Amend on the version that stands of what is shown at an address."""
    manager = office.holding(role)
    seen = {"If-Match": (await office.http.get(shown, headers=manager)).headers["etag"]}
    return await office.http.post(path, json=REASONS | body, headers=manager | seen)


async def _name(office: BoardOffice, granted: Json, name: str, **body: object) -> httpx.Response:
    kind = {"PRV": "providers", "PRG": "programs"}[granted["number"][:3]]
    holder = f"/v1/{kind}/{granted['holder_id']}"
    return await _amend(office, f"{holder}/names", holder, {"name": name, **body})


async def _certification(
    office: BoardOffice, granted: Json, what: str, **body: object
) -> httpx.Response:
    url = f"/v1/certifications/{granted['certification_id']}"
    return await _amend(office, f"{url}/{what}", url, body)


async def _entry(office: BoardOffice, granted: Json, more: str = "", **query: str) -> Json:
    kind = {"PRV": "provider", "PRG": "program"}[granted["number"][:3]]
    url = f"/v1/register/{kind}/{granted['number']}{more}"
    answer = await office.http.get(url, params=query)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def _signed(extract: httpx.Response) -> Json:
    """What an extract says; that it is genuine is tested elsewhere."""
    payload: Json = json.loads(urlsafe_b64decode(extract.text.split(".")[1] + "=="))
    return payload


async def test_a_name_changes_in_mid_term_and_a_day_gone_by_keeps_the_one_it_had(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body(name="Ana Peña"))
    clock.set(AGAIN)

    named = await _name(office, granted, "Ana Ruiz", effective_from="2027-02-14")

    before = await _entry(office, granted, as_of="2027-02-13")
    after = await _entry(office, granted, as_of="2027-02-14")
    history = await _entry(office, granted, "/history")
    assert named.status_code == 201, named.text
    assert (before["name"], after["name"]) == ("Ana Peña", "Ana Ruiz")
    assert (await _entry(office, granted))["name"] == history["name"] == "Ana Ruiz"
    assert history["names"] == [
        {"name": "Ana Peña", "effective_from": None, "effective_until": "2027-02-14"},
        {"name": "Ana Ruiz", "effective_from": "2027-02-14", "effective_until": None},
    ]
    assert await office.announced(granted["certification_id"]) == [
        "certification.certification.granted",
        "certification.certification.amended",
    ]


async def test_an_extract_and_a_check_of_a_day_gone_by_have_the_name_of_that_day(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.program_body(name="Old River"))
    clock.set(AGAIN)
    await _name(office, granted, "New River")

    day = {"as_of": "2027-02-28"}
    url = f"/v1/register/program/{granted['number']}/extract"
    extract = await office.http.get(url, params=day)
    county = await office.http.get("/v1/register/extracts", params=day | {"county": "Sacramento"})
    checked = await office.http.post(
        "/v1/register/checks", json=day | {"numbers": [granted["number"]]}
    )

    in_county = {each["name"] for each in _signed(county)["entries"]}
    assert _signed(extract)["entries"][0]["name"] == "Old River"
    assert ("Old River" in in_county, "New River" in in_county) == (True, False)
    assert checked.json()["items"][0]["entry"]["name"] == "Old River"


async def test_a_program_that_goes_by_another_name_is_found_by_it_and_says_so(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.program_body(name="Willow House"))
    clock.set(AGAIN)

    await _name(office, granted, "Alder House")

    found = await office.http.get("/v1/directory", params={"name": "alder"})
    changes = await office.http.get(
        f"/v1/programs/{granted['holder_id']}/changes", headers=office.reviewer
    )
    shown = await office.http.get(f"/v1/programs/{granted['holder_id']}", headers=office.reviewer)
    assert [each["number"] for each in found.json()["items"]] == [granted["number"]]
    assert changes.json()["items"][-1] | {"at": "", "by": ""} == {
        "program_id": granted["holder_id"],
        "number": 2,
        "change": "named",
        "before": {"name": "Willow House"},
        "after": {"name": "Alder House", "effective_from": "2027-03-01"},
        "at": "",
        "by": "",
    }
    assert [each["name"] for each in shown.json()["names"]] == ["Willow House", "Alder House"]


async def test_a_name_that_was_misspelled_is_corrected_on_all_its_days(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body(name="Jhon Dwyer"))
    clock.set(AGAIN)

    corrected = await _name(office, granted, "John Dwyer", correction=True)
    dated = await _name(office, granted, "Jon Dwyer", correction=True, effective_from="2027-01-01")

    shown = await office.http.get(f"/v1/providers/{granted['holder_id']}", headers=office.reviewer)
    assert (corrected.status_code, dated.status_code) == (201, 422)
    assert (await _entry(office, granted, as_of="2026-11-20"))["name"] == "John Dwyer"
    assert [each["name"] for each in shown.json()["names"]] == ["John Dwyer"]


async def test_a_renewal_under_another_name_leaves_the_days_before_as_they_were(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body(name="Lee Park"))
    clock.set(datetime(2028, 11, 1, 20, tzinfo=UTC))
    followed = {"purpose": "renewal", "certification_id": granted["certification_id"]}

    await office.certified(office.provider_body(name="Lee Stone", **followed))

    assert (await _entry(office, granted, as_of="2028-10-31"))["name"] == "Lee Park"
    assert (await _entry(office, granted))["name"] == "Lee Stone"


async def test_a_level_recorded_wrongly_is_right_on_every_day_and_on_record(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    clock.set(AGAIN)

    corrected = await _certification(office, granted, "level-corrections", level="associate")
    again = await _certification(office, granted, "level-corrections", level="associate")

    listed = await office.http.get(
        "/v1/amendments", params={"holder_id": granted["holder_id"]}, headers=office.reviewer
    )
    kept = listed.json()["items"][0]
    assert (corrected.status_code, again.status_code) == (201, 409)
    assert (await _entry(office, granted, as_of="2026-11-20"))["level"] == "associate"
    assert (kept["former"], kept["now"]) == ({"level": "independent"}, {"level": "associate"})
    assert (kept["amended"], kept["reasons"]) == ("level", REASONS["reasons"])
    assert corrected.headers["etag"] == '"2"'


async def test_a_program_has_no_level_to_correct(office: BoardOffice) -> None:
    granted = await office.certified(office.program_body(name="Without Level"))

    answer = await _certification(office, granted, "level-corrections", level="associate")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:casomb:problem:no-level")


async def test_public_conditions_are_public_and_the_others_are_not(office: BoardOffice) -> None:
    submitted = await office.submit(office.program_body(name="Conditional Program"))
    await office.complete(submitted["application_id"])
    decided = await office.decide(
        submitted["application_id"],
        outcome="granted-with-conditions",
        conditions=["reports each quarter"],
        public_conditions=["no groups of more than eight"],
    )
    granted = submitted | decided.json()

    shown = await office.http.get(
        f"/v1/certifications/{granted['certification_id']}", headers=office.reviewer
    )
    entry = await office.http.get(f"/v1/directory/{granted['number']}")
    listed = await office.http.get("/v1/directory", params={"name": "conditional"})
    extract = await office.http.get(f"/v1/register/program/{granted['number']}/extract")
    assert decided.status_code == 201, decided.text
    assert shown.json()["conditions"] == ["reports each quarter"]
    assert shown.json()["public_conditions"] == ["no groups of more than eight"]
    assert (await _entry(office, granted))["conditions"] == ["no groups of more than eight"]
    assert entry.json()["conditions"] == ["no groups of more than eight"]
    assert listed.json()["items"][0]["conditions"] == ["no groups of more than eight"]
    assert _signed(extract)["entries"][0]["conditions"] == ["no groups of more than eight"]
    assert "reports each" not in json.dumps([entry.json(), listed.json(), _signed(extract)])


async def test_a_condition_is_lifted_from_today_on_or_corrected_for_all_days(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.program_body(name="Lifted Program"))
    imposed = {"conditions": [], "public_conditions": ["no groups of more than eight"]}
    none: Json = {"conditions": [], "public_conditions": []}

    corrected = await _certification(office, granted, "conditions", **imposed, correction=True)
    clock.set(AGAIN)
    lifted = await _certification(office, granted, "conditions", **none)

    before = await _entry(office, granted, as_of="2027-02-28")
    directory = await office.http.get(
        f"/v1/directory/{granted['number']}", params={"as_of": "2027-02-28"}
    )
    assert (corrected.status_code, lifted.status_code) == (201, 201)
    assert before["conditions"] == directory.json()["conditions"] == imposed["public_conditions"]
    assert (await _entry(office, granted))["conditions"] == []


@pytest.mark.parametrize(
    ("role", "what", "body"),
    [
        (Role.BOARD_REVIEWER, "level-corrections", {"level": "associate"}),
        (Role.BOARD_REVIEWER, "conditions", {"conditions": [], "public_conditions": []}),
    ],
)
async def test_levels_and_conditions_are_a_managers_to_amend(
    office: BoardOffice, role: Role, what: str, body: Json
) -> None:
    granted = await office.certified(office.provider_body())
    url = f"/v1/certifications/{granted['certification_id']}"

    answer = await _amend(office, f"{url}/{what}", url, body, role)

    assert answer.status_code == 403


async def test_nobody_amends_what_is_their_own(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    manager = office.holding(Role.BOARD_MANAGER, sub=office.applicant_id)
    certification = f"/v1/certifications/{granted['certification_id']}"
    acts: dict[str, Json] = {
        f"{certification}/level-corrections": {"level": "associate"},
        f"{certification}/conditions": {"conditions": [], "public_conditions": []},
        f"/v1/providers/{granted['holder_id']}/names": {"name": "Avery Other"},
    }

    answers = [
        await office.http.post(url, json=REASONS | body, headers=manager | {"If-Match": '"1"'})
        for url, body in acts.items()
    ]

    assert {each.json()["type"] for each in answers} == {"urn:casomb:problem:conflict-of-interest"}


async def test_an_amendment_is_audited_and_no_event_says_what_it_said(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body(name="Quill Ashgrove"))

    await _name(office, granted, "Quill Birchgrove")

    async with office.database.engine.connect() as connection:
        audited = await connection.execute(
            text("SELECT action FROM audit_entries WHERE subject_id = :id"),
            {"id": UUID(granted["holder_id"])},
        )
        told = await connection.execute(
            text("SELECT count(*) FROM outbox WHERE convert_from(data, 'UTF8') LIKE '%grove%'")
        )
    assert "holder.named" in set(audited.scalars())
    assert told.scalar_one() == 0
