"""The register over HTTP: anybody looks up a number, of today or of a day gone by."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from integration.certification.board_office import PROVIDER_ITEMS, BoardOffice, Json
from integration.certification.registered import REASONS, register_program, register_provider
from shared.security.principals import Role
from shared.testing.clocks import FixedClock
from unit.certification.register_examples import Life

NUMBER = "PRV-000001"
EMPTY = "TRUNCATE certifications, providers, programs CASCADE"


@pytest.fixture(autouse=True)
async def _an_empty_register(office: BoardOffice) -> None:
    async with office.database.engine.begin() as connection:
        await connection.execute(text(EMPTY))


async def _entry(office: BoardOffice, number: str = NUMBER, **query: str) -> Json:
    kind = {"PRV": "provider", "PRG": "program"}[number[:3]]
    answer = await office.http.get(f"/v1/register/{kind}/{number}", params=query)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_an_entry_says_who_is_certified_since_when_and_until_when(
    office: BoardOffice,
) -> None:
    await register_provider(office.database, NUMBER, Life("2025-11-20", "2027-11-20"))

    assert await _entry(office) == {
        "kind": "provider",
        "number": NUMBER,
        "name": "Avery Example",
        "level": "associate",
        "status": "certified",
        "since": "2025-11-20",
        "certified_since": "2025-11-20",
        "effective_until": "2027-11-20",
        "next_change": {"status": "expired", "level": "associate", "effective_on": "2027-11-20"},
        "conditions": [],
        "as_of": "2026-11-20",
    }


async def test_certified_yesterday_and_suspended_today_are_both_answered(
    office: BoardOffice,
) -> None:
    life = Life("2025-11-20", "2027-11-20", [("suspended", "2026-11-20")])
    await register_provider(office.database, NUMBER, life)

    yesterday, today = await _entry(office, as_of="2026-11-19"), await _entry(office)

    assert (yesterday["status"], yesterday["as_of"]) == ("certified", "2026-11-19")
    assert yesterday["next_change"]["effective_on"] == "2026-11-20"
    assert (today["status"], today["since"]) == ("suspended", "2026-11-20")
    assert today["certified_since"] == "2025-11-20"


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (datetime(2026, 11, 20, 7, 59, tzinfo=UTC), "certified"),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), "expired"),
    ],
)
async def test_it_expires_at_midnight_in_california_whether_a_clerk_runs_or_not(
    office: BoardOffice, clock: FixedClock, now: datetime, status: str
) -> None:
    await register_provider(office.database, NUMBER, Life("2024-11-20", "2026-11-20"))
    clock.set(now)

    assert (await _entry(office))["status"] == status


async def test_a_number_survives_a_late_renewal_whose_gap_stays_visible(
    office: BoardOffice, clock: FixedClock
) -> None:
    first, second = Life("2024-05-01", "2026-05-01"), Life("2026-06-15", "2028-06-15")
    await register_provider(office.database, NUMBER, first, second)

    statuses = [
        (await _entry(office, as_of=day))["status"]
        for day in ("2024-04-30", "2026-04-30", "2026-05-01", "2026-06-14", "2026-06-15")
    ]

    assert statuses == ["not-yet-certified", "certified", "expired", "expired", "certified"]
    assert (await _entry(office))["since"] == "2026-06-15"


async def test_a_program_has_no_level(office: BoardOffice) -> None:
    await register_program(office.database, "PRG-000001", Life("2025-11-20", "2027-11-20"))

    entry = await _entry(office, "PRG-000001")

    assert (entry["kind"], entry["name"], entry["level"]) == ("program", "River Program", None)


@pytest.mark.parametrize(
    "path", ["provider/PRV-000002", "program/PRV-000001", "provider/PRV-000002/history"]
)
async def test_a_number_that_nobody_of_the_kind_holds_is_not_found(
    office: BoardOffice, path: str
) -> None:
    await register_provider(office.database, NUMBER, Life("2025-11-20", "2027-11-20"))

    answer = await office.http.get(f"/v1/register/{path}")

    assert answer.status_code == 404
    assert answer.json()["type"].endswith(":number-not-found")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("provider/000001", "path.number"),
        ("provider/PRV-1", "path.number"),
        ("provider/prv-000001", "path.number"),
        ("provider/PRV-000001%0A", "path.number"),
        ("examiner/PRV-000001", "path.kind"),
        ("provider/PRV-000001?as_of=yesterday", "query.as_of"),
        ("provider/PRV-000001?as_of=1026-11-20", "query.as_of"),
    ],
)
async def test_a_question_nobody_can_answer_is_refused_by_its_field(
    office: BoardOffice, path: str, field: str
) -> None:
    answer = await office.http.get(f"/v1/register/{path}")

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field


@pytest.mark.parametrize(
    "path", ["provider/PRV-000001", "provider/PRV-000001/extract", "extracts?county=Sacramento"]
)
async def test_a_day_to_come_is_refused_by_name(office: BoardOffice, path: str) -> None:
    await register_provider(office.database, NUMBER, Life("2025-11-20", "2027-11-20"))
    joint = "&" if "?" in path else "?"

    answer = await office.http.get(f"/v1/register/{path}{joint}as_of=2026-11-21")

    assert answer.status_code == 422
    assert answer.json()["type"].endswith(":as-of-in-future")
    assert answer.json()["faults"][0]["field"] == "query.as_of"


async def test_history_has_every_standing_and_every_change(office: BoardOffice) -> None:
    first = Life("2024-05-01", "2026-05-01", [("suspended", "2025-03-01")])
    second = Life("2026-06-15", "2028-06-15")
    await register_provider(office.database, NUMBER, first, second)

    answer = await office.http.get(f"/v1/register/provider/{NUMBER}/history")

    history = answer.json()
    standings = [(s["status"], s["effective_from"]) for s in history["standings"]]
    assert standings == [
        ("certified", "2024-05-01"),
        ("suspended", "2025-03-01"),
        ("expired", "2026-05-01"),
        ("certified", "2026-06-15"),
        ("expired", "2028-06-15"),
    ]
    assert history["standings"][-1]["effective_until"] is None
    assert [(c["change"], c["effective_on"]) for c in history["changes"]] == [
        ("granted", "2024-05-01"),
        ("suspended", "2025-03-01"),
        ("granted", "2026-06-15"),
    ]


async def test_what_the_board_does_is_in_the_register_at_once(
    office: BoardOffice, clock: FixedClock
) -> None:
    granted = await office.certified(office.provider_body())
    manager = office.holding(Role.BOARD_MANAGER)
    clock.advance(timedelta(days=1))

    before = await _entry(office, granted["number"])
    await office.http.post(
        f"/v1/certifications/{granted['certification_id']}/suspensions",
        json={"reasons": REASONS},
        headers=manager,
    )
    after = await _entry(office, granted["number"])
    yesterday = await _entry(office, granted["number"], as_of="2026-11-20")

    assert (before["status"], before["since"]) == ("certified", "2026-11-20")
    assert (after["status"], after["since"]) == ("suspended", "2026-11-21")
    assert (yesterday["status"], yesterday["name"]) == ("certified", "Avery Example")


async def test_an_upgrade_keeps_the_number_and_the_time_certified(
    office: BoardOffice, clock: FixedClock
) -> None:
    items = [*PROVIDER_ITEMS, "supervision-agreement"]
    granted = await office.certified(office.provider_body(level="associate", documents=items))
    clock.advance(timedelta(days=30))
    upgrade = {"purpose": "upgrade", "certification_id": granted["certification_id"]}
    await office.certified(office.provider_body(**upgrade))

    now = await _entry(office, granted["number"])
    before = await _entry(office, granted["number"], as_of="2026-12-19")

    assert (before["level"], now["level"]) == ("associate", "independent")
    assert now["since"] == now["certified_since"] == "2026-11-20"
    assert before["next_change"]["effective_on"] == "2026-12-20"


async def test_a_number_that_was_voided_and_given_out_again_is_the_new_holders_alone(
    office: BoardOffice,
) -> None:
    voided = Life("2025-06-01", "2027-06-01", [("voided", "2025-06-01")])
    await register_provider(office.database, NUMBER, voided, name="Mistaken Example")
    await register_provider(office.database, NUMBER, Life("2025-01-01", "2027-01-01"))

    now, before = await _entry(office), await _entry(office, as_of="2025-06-01")
    history = (await office.http.get(f"/v1/register/provider/{NUMBER}/history")).json()

    assert (now["name"], now["status"]) == ("Avery Example", "certified")
    assert now["effective_until"] == "2027-01-01"
    assert (before["name"], before["status"]) == ("Avery Example", "certified")
    assert history["name"] == "Avery Example"
    assert [each["status"] for each in history["standings"]] == ["certified", "expired"]
    assert [each["change"] for each in history["changes"]] == ["granted"]


async def test_before_its_new_holder_was_certified_a_number_says_nothing_of_the_voided_one(
    office: BoardOffice,
) -> None:
    voided = Life("2024-01-01", "2026-01-01", [("voided", "2024-01-01")])
    await register_provider(office.database, NUMBER, voided)
    await register_provider(office.database, NUMBER, Life("2025-01-01", "2027-01-01"))

    assert (await _entry(office, as_of="2024-06-01"))["status"] == "not-yet-certified"


async def test_a_number_that_was_voided_twice_names_whom_it_was_given_to_last(
    office: BoardOffice,
) -> None:
    later = Life("2025-06-01", "2027-06-01", [("voided", "2025-06-01")])
    earlier = Life("2025-01-01", "2027-01-01", [("voided", "2025-01-01")])
    await register_provider(office.database, NUMBER, later, name="Mistaken Example")
    await register_provider(office.database, NUMBER, earlier)

    entry = await _entry(office)

    assert (entry["name"], entry["status"]) == ("Avery Example", "voided")
    assert entry["since"] == "2025-01-01"


@pytest.mark.parametrize("part", ["", "/history", "/extract"])
async def test_reasons_and_who_recorded_them_are_never_shown(
    office: BoardOffice, part: str
) -> None:
    await register_provider(office.database, NUMBER, Life("2025-11-20", "2027-11-20"))

    answer = await office.http.get(f"/v1/register/provider/{NUMBER}{part}")

    assert answer.status_code == 200
    assert REASONS[0] not in answer.text
    assert "reviewer" not in answer.text
