"""Where a program treats: sites are opened and closed, and stay on record."""

from datetime import UTC, datetime

import pytest

from integration.certification.board_office import BoardOffice
from integration.certification.program_desk import SITE, ProgramDesk, open_desk, refusal
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


@pytest.fixture
async def desk(office: BoardOffice) -> ProgramDesk:
    return await open_desk(office)


async def test_a_representative_opens_a_site_and_the_directory_shows_it(desk: ProgramDesk) -> None:
    opened = await desk.changed("sites", SITE, desk.representative)

    assert opened["effective_from"] == "2026-11-20"
    assert (await desk.show())["sites"] == [opened]
    assert (await desk.entry())["sites"] == [SITE]


async def test_a_closed_site_is_shown_until_the_day_before_and_stays_on_record(
    desk: ProgramDesk, clock: FixedClock
) -> None:
    opened = await desk.changed("sites", SITE)
    clock.set(datetime(2026, 12, 1, 20, tzinfo=UTC))

    closed = await desk.changed(f"sites/{opened['site_id']}/endings", {}, desk.representative)

    assert closed == opened | {"effective_until": "2026-12-01"}
    assert (await desk.entry())["sites"] == []
    assert (await desk.entry(as_of="2026-11-30"))["sites"] == [SITE]
    assert (await desk.show())["sites"] == [closed]
    last = (await desk.changes())[-1]
    assert (last["change"], last["before"]["effective_until"]) == ("site-closed", None)
    assert last["after"]["effective_until"] == "2026-12-01"


async def test_a_site_that_opens_later_is_not_in_the_directory_yet(desk: ProgramDesk) -> None:
    opened = await desk.changed("sites", SITE | {"effective_from": "2027-01-04"})

    assert (await desk.entry())["sites"] == []
    assert (await desk.show())["sites"] == [opened]


async def test_a_site_that_is_open_is_not_opened_again_in_the_same_words(
    desk: ProgramDesk,
) -> None:
    opened = await desk.changed("sites", SITE)

    again = await desk.post("sites", SITE)
    await desk.changed("sites", SITE | {"street": "2 Another Street"})
    await desk.changed(f"sites/{opened['site_id']}/endings", {})
    await desk.changed("sites", SITE)

    assert refusal(again) == (409, "recorded-already")
    assert again.json()["site_id"] == opened["site_id"]


async def test_a_site_opens_at_most_400_days_ahead(desk: ProgramDesk) -> None:
    beyond = await desk.post("sites", SITE | {"effective_from": "2027-12-26"})
    await desk.changed("sites", SITE | {"effective_from": "2027-12-25"})

    assert refusal(beyond) == (422, "too-far-ahead")


async def test_a_site_is_closed_once_and_not_before_it_opened(desk: ProgramDesk) -> None:
    opened = await desk.changed("sites", SITE)
    path = f"sites/{opened['site_id']}/endings"

    too_early = await desk.post(path, {"effective_on": "2026-11-19"})
    await desk.changed(path, {"effective_on": "2026-12-31"})
    again = await desk.post(path, {"effective_on": "2026-12-31"})

    assert refusal(too_early) == (422, "empty-span")
    assert refusal(again) == (409, "ended-before")


async def test_a_site_opened_by_mistake_is_gone_the_same_day(desk: ProgramDesk) -> None:
    opened = await desk.changed("sites", SITE)

    closed = await desk.changed(f"sites/{opened['site_id']}/endings", {}, desk.representative)

    assert closed["effective_until"] == opened["effective_from"]
    assert (await desk.entry())["sites"] == []


async def test_the_day_a_site_closed_is_corrected(desk: ProgramDesk) -> None:
    opened = await desk.changed("sites", SITE)
    path = f"sites/{opened['site_id']}/endings"
    await desk.changed(path, {"effective_on": "2026-12-31"})

    corrected = await desk.changed(path, {"effective_on": "2026-11-30"}, desk.representative)

    assert corrected["effective_until"] == "2026-11-30"
    assert (await desk.show())["sites"] == [corrected]
    last = (await desk.changes())[-1]
    assert last["before"]["effective_until"] == "2026-12-31"


async def test_a_site_of_another_program_is_not_found(desk: ProgramDesk) -> None:
    other = await open_desk(desk.office)
    theirs = await other.changed("sites", SITE)

    answer = await desk.post(f"sites/{theirs['site_id']}/endings", {"effective_on": "2027-01-01"})

    assert refusal(answer) == (404, "site-not-found")


async def test_a_site_of_somebody_elses_program_is_not_opened(desk: ProgramDesk) -> None:
    stranger = desk.office.holding(Role.PROGRAM_REPRESENTATIVE, program=str(new_id()))

    answer = await desk.post("sites", SITE, stranger)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("zip_code", "9581"), ("county", "Oz"), ("street", " "), ("effective_from", "2026-02-30")],
)
async def test_a_site_nobody_finds_is_refused_by_its_field(
    desk: ProgramDesk, field: str, value: str
) -> None:
    answer = await desk.post("sites", SITE | {field: value})

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == f"body.{field}"


async def test_who_has_seen_an_older_program_opens_no_site(desk: ProgramDesk) -> None:
    seen = {"If-Match": await desk.etag()}
    await desk.changed("sites", SITE, desk.board | seen)

    answer = await desk.post("sites", SITE, desk.board | seen)

    assert answer.status_code == 412
