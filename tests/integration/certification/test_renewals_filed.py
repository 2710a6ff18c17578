"""Who filed a complete renewal has done what is owed and hears no more; staff are warned."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from certification.app import build_api
from certification.settings import Settings
from integration.certification.board_office import ANOTHER, PROVIDER_ITEMS, BoardOffice, Json
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer


async def _renewal(office: BoardOffice, **changes: object) -> tuple[Json, str]:
    """A certification until November 20, 2028, and the file of its renewal."""
    granted = await office.certified(office.provider_body(**ANOTHER))
    body = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    submitted = await office.submit(body | changes)
    found: str = submitted["application_id"]
    return granted, found


async def _owed(office: BoardOffice, granted: Json) -> tuple[str, str]:
    (duty,) = await office.duties("renew-certification", granted["certification_id"])
    return duty["state"], duty["due_on"]


async def _post(office: BoardOffice, application_id: str, what: str, body: Json) -> None:
    headers = office.reviewer if what == "deficiencies" else office.applicant
    answer = await office.http.post(
        f"/v1/applications/{application_id}/{what}", json=body, headers=headers
    )
    assert answer.status_code == 201, answer.text


SENT_BACK = {"items": [{"item": "attestation", "reason": "not signed"}]}


async def test_a_renewal_that_is_filed_with_everything_meets_what_the_holder_owes(
    office: BoardOffice,
) -> None:
    granted, _ = await _renewal(office)

    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_renewal_that_lacks_something_is_still_owed_until_its_last_item_is_there(
    office: BoardOffice,
) -> None:
    granted, file = await _renewal(office, documents=list(PROVIDER_ITEMS[:-1]))
    while_lacking = await _owed(office, granted)

    await _post(office, file, "documents", {"item": "fee"})

    assert while_lacking == ("open", "2028-11-19")
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_draft_of_a_renewal_meets_nothing_until_it_is_handed_in(
    office: BoardOffice,
) -> None:
    granted, file = await _renewal(office, draft=True)
    while_a_draft = await _owed(office, granted)

    await _post(office, file, "submissions", {})

    assert while_a_draft == ("open", "2028-11-19")
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_renewal_found_deficient_is_owed_again_until_it_is_answered(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted, file = await _renewal(office)
    await office.complete(file)
    await _post(office, file, "deficiencies", SENT_BACK)
    while_waiting = await _owed(office, granted)
    clock.advance(timedelta(days=3))

    await _post(office, file, "documents", {"item": "attestation"})

    assert while_waiting == ("reopened", "2028-11-19")
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_a_renewal_that_is_withdrawn_or_denied_is_owed_again(office: BoardOffice) -> None:
    withdrawn, file = await _renewal(office)
    await _post(office, file, "withdrawals", {})
    denied, other = await _renewal(office)
    await office.complete(other)

    await office.decide(other, outcome="denied", reasons=["no log"])

    assert await _owed(office, withdrawn) == ("reopened", "2028-11-19")
    assert await _owed(office, denied) == ("reopened", "2028-11-19")
    (duty,) = await office.duties("renew-certification", withdrawn["certification_id"])
    url = f"/v1/duties/{duty['duty_id']}"
    history = (await office.http.get(url, headers=office.reviewer)).json()["changes"]
    assert (history[-1]["reason"], history[-1]["evidence"]) == (
        "renewal withdrawn",
        f"application {file}",
    )


async def test_a_renewal_decided_after_the_term_was_filed_in_time_all_the_same(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body(**ANOTHER))
    clock.advance(timedelta(days=720))
    body = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    file = await office.submit(body)
    clock.advance(timedelta(days=30))
    await office.complete(file["application_id"])

    decided = await office.decide(file["application_id"])

    assert decided.json()["effective_from"] == "2028-12-09"
    assert await _owed(office, granted) == ("met", "2028-11-19")


async def test_staff_see_in_the_queue_which_certifications_lapse_while_they_decide(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted, file = await _renewal(office)
    await office.complete(file)
    clock.advance(timedelta(days=700))
    early = await _lapsing(office)
    clock.advance(timedelta(days=1))

    (line,) = await _lapsing(office)

    assert early == []
    assert (line["application_id"], line["lapses_on"]) == (file, granted["effective_until"])


async def _lapsing(office: BoardOffice) -> list[Json]:
    answer = await office.http.get("/v1/queue", params={"lapsing": "true"}, headers=office.reviewer)
    found: list[Json] = answer.json()["items"]
    return found


GOES_ON = """
name: standards-2012
extends: standards-2012
settings:
  late-decision-days:
    value: 60
    text: For how many days a certification goes on while the Board decides late
    citation: Configuration of this system; no source states it
    configured: true
"""


@pytest.fixture
async def patient(
    settings: Settings, issuer: LocalIssuer, clock: FixedClock, tmp_path: Path
) -> AsyncIterator[BoardOffice]:
    """The office under an edition by which a certification goes on for 60 days."""
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "standards-2012.yaml").write_text(GOES_ON)
    app = build_api(settings.model_copy(update={"law_folder": str(tmp_path)}), clock)
    database = app.state.parts.database
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://certification") as http:
        yield BoardOffice(http, issuer, database)
    await database.engine.dispose()


async def _stands(office: BoardOffice, granted: Json) -> tuple[str, str | None]:
    answer = await office.http.get(f"/v1/register/provider/{granted['number']}")
    return answer.json()["status"], answer.json()["effective_until"]


async def test_a_certification_lapses_with_its_term_though_its_renewal_was_filed_in_time(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted, _ = await _renewal(office)

    clock.advance(timedelta(days=731))

    assert await _stands(office, granted) == ("expired", None)


async def test_where_the_edition_says_so_it_goes_on_for_some_days_while_the_board_decides(
    patient: BoardOffice, clock: FixedClock
) -> None:
    granted, _ = await _renewal(patient)

    clock.advance(timedelta(days=731))
    after_the_term = await _stands(patient, granted)
    clock.advance(timedelta(days=60))

    assert after_the_term == ("certified", "2029-01-19")
    assert await _stands(patient, granted) == ("expired", None)
    assert (await patient.announced(granted["certification_id"]))[-1].endswith(".corrected")
    async with patient.database.engine.connect() as connection:
        acts = await connection.execute(
            text("SELECT action, subject_kind FROM audit_entries WHERE subject_id = :id"),
            {"id": granted["certification_id"]},
        )
    assert ("certification.continued", "certification") in [tuple(act) for act in acts]


async def test_what_goes_on_is_renewed_from_the_end_of_its_term_or_from_the_late_decision(
    patient: BoardOffice, clock: FixedClock
) -> None:
    in_time, file = await _renewal(patient)
    late, other = await _renewal(patient)
    await patient.complete(file)
    await patient.complete(other)

    decided = await patient.decide(file)
    clock.advance(timedelta(days=741))
    decided_late = await patient.decide(other)

    since = (await patient.http.get(f"/v1/register/provider/{late['number']}")).json()
    assert decided.json()["effective_from"] == in_time["effective_until"]
    assert decided_late.json()["effective_from"] == "2028-11-30"
    assert since["certified_since"] == "2026-11-20"


async def test_what_goes_on_ends_when_the_renewal_is_denied(
    patient: BoardOffice, clock: FixedClock
) -> None:
    before, file = await _renewal(patient)
    after, other = await _renewal(patient)
    await patient.complete(file)
    await patient.complete(other)
    await patient.decide(file, outcome="denied", reasons=["no log"])
    clock.advance(timedelta(days=741))

    await patient.decide(other, outcome="denied", reasons=["no log"])

    history = await patient.http.get(f"/v1/register/provider/{before['number']}/history")
    assert history.json()["standings"][-1]["effective_from"] == "2028-11-20"
    assert await _stands(patient, after) == ("expired", None)
    assert (await patient.http.get(f"/v1/register/provider/{after['number']}")).json()[
        "since"
    ] == "2028-11-30"


async def test_a_renewal_filed_after_the_term_makes_nothing_go_on(
    patient: BoardOffice, clock: FixedClock
) -> None:
    granted = await patient.certified(patient.provider_body(**ANOTHER))
    clock.advance(timedelta(days=731))
    body = patient.provider_body(purpose="renewal", certification_id=granted["certification_id"])

    await patient.submit(body)

    assert await _stands(patient, granted) == ("expired", None)
