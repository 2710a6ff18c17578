"""Pages that a process keeps for a moment: the same answer, never another question's or day's."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import Response

from certification.app import build_api
from certification.settings import Settings
from certification.storage.kept_pages import MOST_PAGES, KeptPages
from integration.certification.board_office import BoardOffice
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer


@pytest.fixture
async def office(
    settings: Settings, issuer: LocalIssuer, clock: FixedClock
) -> AsyncIterator[BoardOffice]:
    """The office of a process that keeps its pages for a minute."""
    app = build_api(settings.model_copy(update={"pages_kept_seconds": 60.0}), clock)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://certification") as http:
        yield BoardOffice(http, issuer, app.state.parts.database)
    await app.state.parts.database.engine.dispose()


async def test_a_page_is_kept_for_its_question_and_its_day_alone(
    office: BoardOffice, clock: FixedClock
) -> None:
    yolo = {"county": "Yolo"}
    before = await office.http.get("/directory", params=yolo)
    await office.certified(office.program_body(name="New Program", served_counties=["Yolo"]))

    kept = await office.http.get("/directory", params=yolo)
    known = await office.http.get(
        "/directory", params=yolo, headers={"If-None-Match": kept.headers["etag"]}
    )
    other = await office.http.get("/directory", params=yolo | {"name": "new"})
    clock.advance(timedelta(days=1))
    next_day = await office.http.get("/directory", params=yolo)

    assert kept.text == before.text
    assert known.status_code == 304
    assert "New Program" not in kept.text
    assert "New Program" in other.text
    assert "New Program" in next_day.text


async def test_what_is_refused_is_asked_anew(office: BoardOffice) -> None:
    first = await office.certified(office.program_body())
    following = f"/directory/programs/PRG-{int(first['number'][4:]) + 1:06d}"
    before = await office.http.get(following)
    await office.certified(office.program_body(name="Another Program"))

    after = await office.http.get(following)

    assert (before.status_code, after.status_code) == (404, 200)
    assert "Another Program" in after.text


def test_the_page_kept_longest_makes_room_and_none_is_kept_for_no_time() -> None:
    kept, nothing = KeptPages(60), KeptPages(0)
    for number in range(MOST_PAGES + 1):
        kept.keep(number, Response())
    nothing.keep(1, Response())

    assert kept.find(0) is None
    assert kept.find(MOST_PAGES) is not None
    assert nothing.find(1) is None
