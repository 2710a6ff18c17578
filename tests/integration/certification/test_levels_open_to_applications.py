"""From a day on Student takes Apprentice's place: who applies for the other is told the days."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from certification.app import build_api
from certification.settings import Settings
from integration.certification.board_office import PROVIDER_ITEMS, BoardOffice
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer

BEFORE, FROM_THEN_ON = datetime(2026, 12, 31, 20, tzinfo=UTC), datetime(2027, 1, 1, 20, tzinfo=UTC)
EDITION = """
name: with-the-day
title: The Board's standards, with a day for Student
extends: standards-2012
settings:
  apprentice-until: {value: "2027-01-01", text: A day, citation: A decision, configured: true}
  student-from: {value: "2027-01-01", text: A day, citation: A decision, configured: true}
"""
STUDENT_ITEMS = [
    *("application-form", "live-scan-receipt", "enrollment-proof", "training-log"),
    *("supervision-agreement", "attestation", "fee"),
]


@pytest.fixture
async def dated_office(
    settings: Settings, issuer: LocalIssuer, clock: FixedClock, tmp_path: Path
) -> AsyncIterator[BoardOffice]:
    """The Board's office under an edition that knows the day."""
    file = tmp_path / "editions" / "with-the-day.yaml"
    file.parent.mkdir()
    file.write_text(EDITION)
    law = {"law_folder": str(tmp_path), "rulebook_edition": "with-the-day"}
    app = build_api(settings.model_copy(update=law), clock)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://certification") as http:
        yield BoardOffice(http, issuer, app.state.parts.database)
    await app.state.parts.database.engine.dispose()


@pytest.fixture
def student() -> dict[str, object]:
    return {"level": "student", "documents": STUDENT_ITEMS}


async def test_who_applies_for_a_level_that_is_not_open_is_told_from_when(
    dated_office: BoardOffice, clock: FixedClock, student: dict[str, object]
) -> None:
    clock.set(BEFORE)

    answer = await dated_office.http.post(
        "/v1/applications",
        json=dated_office.provider_body(**student),
        headers=dated_office.applicant,
    )

    assert (answer.status_code, answer.json()["type"]) == (
        409,
        "urn:casomb:problem:level-not-open",
    )
    assert "from 2027-01-01 on, not on 2026-12-31" in answer.json()["detail"]


async def test_a_draft_is_handed_in_for_a_level_that_is_still_open(
    dated_office: BoardOffice, clock: FixedClock
) -> None:
    clock.set(BEFORE)
    draft = await dated_office.submit(dated_office.provider_body(level="apprentice", draft=True))
    clock.set(FROM_THEN_ON)

    answer = await dated_office.http.post(
        f"/v1/applications/{draft['application_id']}/submissions", headers=dated_office.applicant
    )

    assert answer.json()["type"] == "urn:casomb:problem:level-not-open"


async def test_an_apprentice_renews_after_the_level_is_closed(
    dated_office: BoardOffice, clock: FixedClock
) -> None:
    clock.set(BEFORE)
    granted = await dated_office.certified(dated_office.provider_body(level="apprentice"))
    clock.set(FROM_THEN_ON)
    followed = {"purpose": "renewal", "certification_id": granted["certification_id"]}

    renewed = await dated_office.certified(
        dated_office.provider_body(level="apprentice", **followed)
    )

    assert renewed["level"] == "apprentice"


async def test_nothing_is_granted_at_a_lower_level_that_is_not_open(
    dated_office: BoardOffice, clock: FixedClock
) -> None:
    clock.set(FROM_THEN_ON)
    submitted = await dated_office.submit(
        dated_office.provider_body(documents=list(PROVIDER_ITEMS))
    )
    await dated_office.complete(submitted["application_id"])

    answer = await dated_office.decide(submitted["application_id"], level="apprentice")

    assert answer.json()["type"] == "urn:casomb:problem:level-not-open"
