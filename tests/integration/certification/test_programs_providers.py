"""Providers linked with programs: both certified on the first day, on record ever after."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta

import pytest

from integration.certification.board_office import BoardOffice, Json
from integration.certification.program_desk import ProgramDesk, open_desk, refusal
from integration.certification.registered import register_provider
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock
from unit.certification.register_examples import Life

REASONS = {"reasons": ["as the Board found"]}


@pytest.fixture
async def desk(office: BoardOffice) -> ProgramDesk:
    return await open_desk(office)


async def _act(desk: ProgramDesk, certified: Json, act: str) -> None:
    manager = desk.office.holding(Role.BOARD_MANAGER)
    url = f"/v1/certifications/{certified['certification_id']}/{act}"
    answer = await desk.office.http.post(url, json=REASONS, headers=manager)
    assert answer.status_code == 201, answer.text


async def test_a_linked_provider_is_shown_with_its_program(desk: ProgramDesk) -> None:
    provider = await desk.provider()

    link = await desk.changed("providers", {"provider_id": provider["holder_id"]})

    expected = {
        "link_id": link["link_id"],
        "provider_id": provider["holder_id"],
        "name": "Avery Example",
        "number": provider["number"],
        "level": "independent",
        "status": "certified",
        "effective_from": "2026-11-20",
        "effective_until": None,
    }
    assert await desk.providers() == [expected]
    assert (await desk.show())["providers"] == [expected]
    assert (await desk.entry())["providers"] == [
        {"name": "Avery Example", "number": provider["number"], "level": "independent"}
    ]


async def test_a_provider_is_linked_by_its_public_number(desk: ProgramDesk) -> None:
    provider = await desk.provider()

    link = await desk.changed("providers", {"number": provider["number"]})

    assert link["provider_id"] == provider["holder_id"]


async def test_by_a_number_that_was_voided_and_given_out_again_its_new_holder_is_linked(
    desk: ProgramDesk,
) -> None:
    voided = Life("2026-01-01", "2028-01-01", [("voided", "2026-01-01")])
    database, number = desk.office.database, "PRV-900001"
    await register_provider(database, number, voided, name="Mistaken Example")
    await register_provider(database, number, Life("2026-01-01", "2028-01-01"))

    await desk.changed("providers", {"number": number})

    assert [each["name"] for each in await desk.providers()] == ["Avery Example"]


async def test_a_provider_shows_its_certifications_and_its_programs(desk: ProgramDesk) -> None:
    provider = await desk.provider()
    link = await desk.changed("providers", {"number": provider["number"]})
    url = f"/v1/providers/{provider['holder_id']}"

    answer = await desk.office.http.get(url, headers=desk.representative)

    shown = answer.json()
    assert (shown["name"], shown["number"]) == ("Avery Example", provider["number"])
    assert [each["status"] for each in shown["certifications"]] == ["certified"]
    assert shown["programs"] == [
        {
            "link_id": link["link_id"],
            "program_id": desk.program_id,
            "name": "River Program",
            "number": desk.number,
            "status": "certified",
            "effective_from": "2026-11-20",
            "effective_until": None,
        }
    ]


@pytest.mark.parametrize(
    ("act", "status"),
    [("suspensions", "suspended"), ("revocations", "revoked"), ("surrenders", "surrendered")],
)
async def test_a_provider_who_is_not_certified_is_not_linked(
    desk: ProgramDesk, act: str, status: str
) -> None:
    provider = await desk.provider()
    await _act(desk, provider, act)

    answer = await desk.post("providers", {"provider_id": provider["holder_id"]})

    assert refusal(answer) == (409, "provider-not-certified")
    assert answer.json()["certification_status"] == status
    assert await desk.providers() == []


@pytest.mark.parametrize(
    ("begins", "code", "status"),
    [
        ("2026-11-19", "program-not-certified", "not-yet-certified"),
        ("2028-11-20", "program-not-certified", "expired"),
    ],
)
async def test_a_link_begins_on_a_day_on_which_the_program_is_certified(
    desk: ProgramDesk, clock: FixedClock, begins: str, code: str, status: str
) -> None:
    provider = await desk.provider()
    clock.advance(timedelta(days=720))
    body = {"provider_id": provider["holder_id"], "effective_from": begins}

    answer = await desk.post("providers", body)

    assert refusal(answer) == (409, code)
    assert answer.json()["certification_status"] == status


async def test_a_link_begins_at_most_400_days_ahead(desk: ProgramDesk) -> None:
    provider = await desk.provider()
    body = {"provider_id": provider["holder_id"]}

    beyond = await desk.post("providers", body | {"effective_from": "2027-12-26"})
    within = await desk.post("providers", body | {"effective_from": "2027-12-25"})

    assert refusal(beyond) == (422, "too-far-ahead")
    assert within.status_code == 201


async def test_a_second_link_of_the_same_two_is_refused_until_the_first_has_ended(
    desk: ProgramDesk,
) -> None:
    provider = await desk.provider()
    body = {"provider_id": provider["holder_id"]}
    first = await desk.changed("providers", body)

    second = await desk.post("providers", body)
    await desk.changed(f"providers/{first['link_id']}/endings", {"effective_on": "2026-12-01"})
    overlapping = await desk.post("providers", body | {"effective_from": "2026-11-30"})
    following = await desk.changed("providers", body | {"effective_from": "2026-12-01"})

    assert [refusal(each) for each in (second, overlapping)] == [(409, "linked-before")] * 2
    assert second.json()["link_id"] == first["link_id"]
    assert [each["link_id"] for each in await desk.providers()] == [first["link_id"]]
    later = await desk.providers(as_of="2026-12-01")
    assert [each["link_id"] for each in later] == [following["link_id"]]


async def test_of_two_links_asked_for_at_once_one_is_kept(desk: ProgramDesk) -> None:
    provider = await desk.provider()
    body = {"provider_id": provider["holder_id"]}

    answers = await asyncio.gather(*(desk.post("providers", body) for _ in range(2)))

    assert sorted(each.status_code for each in answers) == [201, 409]
    assert len(await desk.providers()) == 1


async def test_an_ended_link_stays_on_record_and_leaves_the_directory(
    desk: ProgramDesk, clock: FixedClock
) -> None:
    provider = await desk.provider()
    link = await desk.changed("providers", {"number": provider["number"]})
    clock.set(datetime(2026, 12, 1, 20, tzinfo=UTC))

    ended = await desk.changed(f"providers/{link['link_id']}/endings", {})

    assert ended["effective_until"] == "2026-12-01"
    assert await desk.providers() == []
    assert len(await desk.providers(as_of="2026-11-30")) == 1
    assert (await desk.entry())["providers"] == []
    assert len((await desk.entry(as_of="2026-11-30"))["providers"]) == 1
    assert [each["change"] for each in await desk.changes()] == [
        "provider-linked",
        "provider-unlinked",
    ]


async def test_a_mistaken_end_is_corrected_and_both_stay_in_the_history(desk: ProgramDesk) -> None:
    provider = await desk.provider()
    link = await desk.changed("providers", {"number": provider["number"]})
    path = f"providers/{link['link_id']}/endings"
    await desk.changed(path, {"effective_on": "2026-12-01"})

    corrected = await desk.changed(path, {"effective_on": "2027-12-01"})

    assert corrected["effective_until"] == "2027-12-01"
    assert len(await desk.providers(as_of="2027-11-30")) == 1
    last = (await desk.changes())[-1]
    assert last["change"] == "provider-unlinked"
    assert last["before"]["effective_until"] == "2026-12-01"
    assert last["after"]["effective_until"] == "2027-12-01"


async def test_each_change_of_a_link_is_a_new_version_of_the_program(desk: ProgramDesk) -> None:
    provider = await desk.provider()

    linked = await desk.post("providers", {"number": provider["number"]})
    path = f"providers/{linked.json()['link_id']}/endings"
    ended = await desk.post(path, {"effective_on": "2026-12-01"})
    corrected = await desk.post(path, {"effective_on": "2026-12-02"})

    assert [each.headers["etag"] for each in (linked, ended, corrected)] == ['"2"', '"3"', '"4"']


async def test_a_link_with_a_mistaken_first_day_never_held_and_leaves_room_for_the_right_one(
    desk: ProgramDesk,
) -> None:
    provider = await desk.provider()
    body = {"provider_id": provider["holder_id"]}
    mistaken = await desk.changed("providers", body | {"effective_from": "2027-11-20"})

    taken_back = await desk.changed(
        f"providers/{mistaken['link_id']}/endings", {"effective_on": "2027-11-20"}
    )
    right = await desk.changed("providers", body)

    assert taken_back["effective_from"] == taken_back["effective_until"]
    linked = await desk.providers(as_of="2027-11-20")
    assert [each["link_id"] for each in linked] == [right["link_id"]]


async def test_an_end_is_not_moved_into_the_link_that_follows(desk: ProgramDesk) -> None:
    provider = await desk.provider()
    body = {"provider_id": provider["holder_id"]}
    first = await desk.changed("providers", body)
    path = f"providers/{first['link_id']}/endings"
    await desk.changed(path, {"effective_on": "2026-12-01"})
    following = await desk.changed("providers", body | {"effective_from": "2026-12-15"})

    too_late = await desk.post(path, {"effective_on": "2026-12-16"})
    just_before = await desk.changed(path, {"effective_on": "2026-12-15"})

    assert refusal(too_late) == (409, "linked-before")
    assert too_late.json()["link_id"] == following["link_id"]
    assert just_before["effective_until"] == "2026-12-15"


async def test_a_link_is_ended_once_and_only_at_its_own_program(desk: ProgramDesk) -> None:
    provider, other = await desk.provider(), await open_desk(desk.office)
    link = await desk.changed("providers", {"number": provider["number"]})
    path = f"providers/{link['link_id']}/endings"

    elsewhere = await other.post(path, {"effective_on": "2026-12-01"})
    too_early = await desk.post(path, {"effective_on": "2026-11-19"})
    await desk.changed(path, {"effective_on": "2026-12-01"})
    again = await desk.post(path, {})

    assert refusal(elsewhere) == (404, "link-not-found")
    assert refusal(too_early) == (422, "empty-span")
    assert refusal(again) == (409, "ended-before")


async def test_who_is_suspended_stays_linked_for_the_board_and_leaves_the_directory(
    desk: ProgramDesk,
) -> None:
    suspended, certified = await desk.provider("Blake"), await desk.provider("Casey")
    for each in (certified, suspended):
        await desk.changed("providers", {"number": each["number"]})

    await _act(desk, suspended, "suspensions")

    found = [(each["name"], each["status"]) for each in await desk.providers()]
    assert found == [("Blake", "suspended"), ("Casey", "certified")]
    assert [each["name"] for each in (await desk.entry())["providers"]] == ["Casey"]


async def test_who_has_expired_leaves_the_directory_and_not_the_record(
    desk: ProgramDesk, clock: FixedClock
) -> None:
    provider = await desk.provider(level="student", documents=_student_items())
    await desk.changed("providers", {"number": provider["number"]})

    clock.set(datetime(2027, 11, 20, 20, tzinfo=UTC))

    (linked,) = await desk.providers()
    assert linked["status"] == "expired"
    assert (await desk.entry())["providers"] == []
    (shown,) = (await desk.entry(as_of="2027-11-19"))["providers"]
    assert shown["level"] == "student"


async def test_the_providers_of_a_program_come_in_pages_by_name(desk: ProgramDesk) -> None:
    for name in ("Casey", "Avery", "Blake"):
        provider = await desk.provider(name)
        await desk.changed("providers", {"number": provider["number"]})
    url = f"{desk.url}/providers"

    first = await desk.office.http.get(url, params={"limit": "2"}, headers=desk.board)
    query = {"limit": "2", "after": first.json()["next"]}
    second = await desk.office.http.get(url, params=query, headers=desk.board)

    assert [each["name"] for each in first.json()["items"]] == ["Avery", "Blake"]
    assert [each["name"] for each in second.json()["items"]] == ["Casey"]
    assert (second.json()["next"], second.json()["as_of"]) == (None, "2026-11-20")


async def test_no_cursor_carries_a_persons_name(desk: ProgramDesk) -> None:
    for name in ("Avery", "Blake"):
        provider = await desk.provider(name)
        await desk.changed("providers", {"number": provider["number"]})

    answer = await desk.office.http.get(
        f"{desk.url}/providers", params={"limit": "1"}, headers=desk.board
    )

    cursor = answer.json()["next"]
    assert b"Avery" not in base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


async def test_a_representative_links_nobody(desk: ProgramDesk) -> None:
    provider = await desk.provider()

    answer = await desk.post("providers", {"number": provider["number"]}, desk.representative)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"provider_id": str(new_id()), "number": "PRV-000001"}, 422),
        ({"provider_id": str(new_id())}, 404),
        ({"number": "PRV-999999"}, 404),
    ],
)
async def test_a_link_names_one_provider_that_there_is(
    desk: ProgramDesk, body: Json, status: int
) -> None:
    answer = await desk.post("providers", body)

    assert answer.status_code == status


async def test_a_program_is_no_provider(desk: ProgramDesk) -> None:
    answer = await desk.post("providers", {"number": desk.number})

    assert refusal(answer) == (404, "provider-not-found")


async def test_a_provider_nobody_knows_is_not_found(desk: ProgramDesk) -> None:
    answer = await desk.office.http.get(f"/v1/providers/{new_id()}", headers=desk.board)

    assert refusal(answer) == (404, "provider-not-found")


def _student_items() -> list[str]:
    return [
        *("application-form", "live-scan-receipt", "enrollment-proof", "training-log"),
        *("supervision-agreement", "attestation", "fee"),
    ]
