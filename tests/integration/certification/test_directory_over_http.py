"""The public directory: certified programs, from the county they are in and those they serve."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from integration.certification.board_office import BoardOffice, Json
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


@pytest.fixture
async def programs(office: BoardOffice) -> list[Json]:
    """One program in Sacramento that serves Yolo and Placer, one in Placer."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, programs CASCADE"))
    placer = office.program_body(
        name="Zephyr", headquarters_county="Placer", served_counties=["Placer"]
    )
    return [await office.certified(office.program_body()), await office.certified(placer)]


async def _found(office: BoardOffice, **query: str) -> Json:
    answer = await office.http.get("/v1/directory", params=query)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


async def test_a_program_is_listed_under_the_county_of_its_headquarters(
    office: BoardOffice, programs: list[Json]
) -> None:
    page = await _found(office, county="Sacramento")

    assert (page["as_of"], page["county"]) == ("2026-11-20", "Sacramento")
    assert page["items"] == [
        {
            "program_id": programs[0]["holder_id"],
            "name": "River Program",
            "number": programs[0]["number"],
            "headquarters_county": "Sacramento",
            "served_counties": ["Placer", "Yolo"],
            "certified_since": "2026-11-20",
            "languages": [],
            "accepting_clients": None,
            "public_phone": None,
            "website": None,
            "details_said_on": None,
            "conditions": [],
            "listed_as": "headquarters",
            "towns": [],
        }
    ]


@pytest.mark.parametrize("county", ["Placer", "placer", "06061"])
async def test_a_program_is_found_from_a_county_it_serves_after_those_that_are_there(
    office: BoardOffice, programs: list[Json], county: str
) -> None:
    page = await _found(office, county=county)

    found = [(each["name"], each["listed_as"]) for each in page["items"]]
    assert found == [("Zephyr", "headquarters"), ("River Program", "serves")]


async def test_a_program_is_not_found_from_a_county_it_does_not_serve(
    office: BoardOffice, programs: list[Json]
) -> None:
    page = await _found(office, county="Kern")

    assert page["items"] == []


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-11-19", []),
        ("2026-11-20", ["River Program"]),
        ("2028-11-19", ["River Program"]),
        ("2028-11-20", []),
    ],
)
async def test_the_directory_of_a_day_shows_who_was_certified_then(
    office: BoardOffice, programs: list[Json], clock: FixedClock, day: str, names: list[str]
) -> None:
    clock.set(datetime(2029, 1, 2, 18, tzinfo=UTC))

    page = await _found(office, county="Sacramento", as_of=day)

    assert page["as_of"] == day
    assert [each["name"] for each in page["items"]] == names


async def test_without_a_county_every_certified_program_is_listed_by_name(
    office: BoardOffice, programs: list[Json]
) -> None:
    page = await _found(office)

    assert page["county"] is None
    assert [each["name"] for each in page["items"]] == ["River Program", "Zephyr"]


@pytest.mark.parametrize("query", [{"county": "Placer"}, {}])
async def test_pages_of_the_directory_follow_each_other(
    office: BoardOffice, programs: list[Json], query: dict[str, str]
) -> None:
    whole = await _found(office, **query)

    first = await _found(office, **query, limit="1")
    second = await _found(office, **query, limit="1", after=first["next"])

    assert first["items"] + second["items"] == whole["items"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"county": "Kernn"}, "query.county"),
        ({"as_of": "2026-02-30"}, "query.as_of"),
        ({"as_of": "1026-02-03"}, "query.as_of"),
        ({"as_of": "1764000000"}, "query.as_of"),
        ({"as_of": "2026-11-21"}, "query.as_of"),
        ({"language": "xx"}, "query.language"),
        ({"name": " "}, "query.name"),
        ({"accepting_clients": "perhaps"}, "query.accepting_clients"),
        ({"after": "AAAA"}, "query.after"),
        ({"after": "WyIwIiwiXHUwMDAwIiwiMDE5Il0"}, "query.after"),
    ],
)
async def test_a_question_nobody_can_answer_is_refused_by_its_field(
    office: BoardOffice, query: dict[str, str], field: str
) -> None:
    answer = await office.http.get("/v1/directory", params=query)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["faults"][0]["field"] == field


async def test_a_representative_sees_its_own_program_alone(
    office: BoardOffice, programs: list[Json]
) -> None:
    own, other = (each["holder_id"] for each in programs)
    representative = office.holding(Role.PROGRAM_REPRESENTATIVE, program=own)

    shown = await office.http.get(f"/v1/programs/{own}", headers=representative)
    hidden = await office.http.get(f"/v1/programs/{other}", headers=representative)

    assert shown.json()["served_counties"] == ["Placer", "Yolo"]
    assert shown.json()["certifications"][0]["number"] == programs[0]["number"]
    assert hidden.status_code == 404
