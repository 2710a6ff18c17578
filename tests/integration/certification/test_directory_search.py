"""Searching the directory: by part of a name, language, accepting clients; and one entry."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import insert, text, update

from certification.storage.tables.programs import PROGRAM_SITES, PROGRAMS
from integration.certification.board_office import BoardOffice, Json
from shared.identifiers import new_id

OTHERS: Mapping[str, Mapping[str, object]] = {
    "San José Counseling": {"languages": ["en", "es"], "accepting_clients": True},
    "100% Recovery_Group": {"languages": ["vi"], "accepting_clients": False},
    "Oak's \\ River": {"languages": [], "accepting_clients": None},
}

ANYWHERE = {
    "san jose": ["San José Counseling"],
    "JOSÉ SAN": ["San José Counseling"],
    "jose\u0301": ["San José Counseling"],
    "ounsel": ["San José Counseling"],
    "%": [],
    "y_g": ["100% Recovery_Group"],
    "_": [],
    "\\": [],
    "r": ["100% Recovery_Group", "Oak's \\ River"],
    "100\uff05covery": ["100% Recovery_Group"],
    "100%covery": ["100% Recovery_Group"],
    "oak\u2019s": ["Oak's \\ River"],
    "oaks": ["Oak's \\ River"],
    "oaksriver": ["Oak's \\ River"],
    "san nobody": [],
    "re _g": ["100% Recovery_Group"],
    "É sé ounsel": ["San José Counseling"],
    "ri o oak": ["Oak's \\ River"],
    "os nobody": [],
}
"""What is typed, and the names that have all its words."""

FILTERED: list[tuple[dict[str, str], list[str]]] = [
    ({"language": "es"}, ["San José Counseling"]),
    ({"language": "vi", "county": "Placer"}, ["100% Recovery_Group"]),
    ({"accepting_clients": "true"}, ["San José Counseling"]),
    ({"accepting_clients": "false"}, ["100% Recovery_Group"]),
    ({"accepting_clients": "true", "language": "vi"}, []),
    ({"county": "Kern", "language": "es"}, []),
]


@pytest.fixture
async def programs(office: BoardOffice) -> dict[str, Json]:
    """Three programs of Sacramento, told apart by what they say of themselves."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, programs CASCADE"))
    granted = {name: await office.certified(office.program_body(name=name)) for name in OTHERS}
    async with office.database.engine.begin() as connection:
        for name, said in OTHERS.items():
            await connection.execute(update(PROGRAMS).where(PROGRAMS.c.name == name).values(**said))
    return granted


async def _names(office: BoardOffice, **query: str) -> list[str]:
    answer = await office.http.get("/v1/directory", params=query)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


async def test_every_word_is_found_anywhere_in_the_name_in_any_case_without_marks(
    office: BoardOffice, programs: dict[str, Json]
) -> None:
    found = {typed: await _names(office, name=typed) for typed in ANYWHERE}

    assert found == ANYWHERE


async def test_a_name_is_found_as_people_type_it(office: BoardOffice) -> None:
    asked = {
        "dinh": "\u0110\u00ecnh Counseling",
        "lodz": "\u0141\u00f3d\u017a House",
        "soren": "S\u00f8ren Group",
        "strasse": "Neue Stra\u00dfe",
        "obrien": "O\u2019Brien & Sons",
        "o brien and sons": "O\u2019Brien & Sons",
        "st johns": "St. John\u2019s Center",
        "rivercity": "River-City Treatment",
    }
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, programs CASCADE"))
    for name in set(asked.values()):
        await office.certified(office.program_body(name=name))

    found = {typed: await _names(office, name=typed) for typed in asked}

    assert found == {typed: [name] for typed, name in asked.items()}


async def test_filters_hold_together(office: BoardOffice, programs: dict[str, Json]) -> None:
    found = [await _names(office, **query) for query, _ in FILTERED]

    assert found == [names for _, names in FILTERED]


async def test_pages_follow_each_other_whatever_the_names_look_like(
    office: BoardOffice, programs: dict[str, Json]
) -> None:
    first = (await office.http.get("/v1/directory?limit=2")).json()

    second = (await office.http.get(f"/v1/directory?limit=2&after={first['next']}")).json()

    names = [each["name"] for each in first["items"] + second["items"]]
    assert names == ["100% Recovery_Group", "Oak's \\ River", "San José Counseling"]
    assert second["next"] is None


async def test_pages_of_what_a_name_finds_follow_each_other(
    office: BoardOffice, programs: dict[str, Json]
) -> None:
    names = ["r", "o r", "rec", "e"]

    found = {name: await _page_by_page(office, name) for name in names}

    assert found == {name: await _names(office, name=name) for name in names}
    assert all(found.values())


async def test_a_day_to_come_is_refused_by_name(office: BoardOffice) -> None:
    answer = await office.http.get("/v1/directory", params={"as_of": "2026-11-21"})

    refused = answer.json()
    assert answer.status_code == 422
    assert refused["type"] == "urn:casomb:problem:as-of-in-future"
    assert refused["faults"][0]["field"] == "query.as_of"


async def test_an_entry_says_everything_the_public_may_know(
    office: BoardOffice, programs: dict[str, Json]
) -> None:
    granted = programs["San José Counseling"]
    await _open_site(office, granted, "Former office", date(2026, 1, 1), date(2026, 11, 20))
    await _open_site(office, granted, "Main office", date(2026, 11, 20), None)

    answer = await office.http.get(f"/v1/directory/{granted['number']}")

    assert answer.json() == {
        "program_id": granted["holder_id"],
        "name": "San José Counseling",
        "number": granted["number"],
        "headquarters_county": "Sacramento",
        "served_counties": ["Placer", "Yolo"],
        "certified_since": "2026-11-20",
        "languages": ["en", "es"],
        "accepting_clients": True,
        "public_phone": None,
        "website": None,
        "details_said_on": None,
        "conditions": [],
        "as_of": "2026-11-20",
        "sites": [
            {
                "name": "Main office",
                "street": "1 Capitol Mall",
                "city": "Sacramento",
                "county": "Sacramento",
                "zip_code": "95814",
            }
        ],
        "providers": [],
    }


@pytest.mark.parametrize("as_of", ["2026-11-19", "2011-08-01"])
async def test_what_is_not_certified_that_day_is_not_found(
    office: BoardOffice, programs: dict[str, Json], as_of: str
) -> None:
    number = programs["San José Counseling"]["number"]

    before = await office.http.get(f"/v1/directory/{number}", params={"as_of": as_of})
    never = await office.http.get("/v1/directory/PRG-999999", params={"as_of": as_of})

    assert (before.status_code, never.status_code) == (404, 404)
    assert before.json()["type"] == never.json()["type"]
    assert before.json()["type"] == "urn:casomb:problem:program-not-certified"


async def _page_by_page(office: BoardOffice, name: str) -> list[str]:
    found: list[str] = []
    query = {"name": name, "limit": "1"}
    while True:
        answer = (await office.http.get("/v1/directory", params=query)).json()
        found += [each["name"] for each in answer["items"]]
        if answer["next"] is None:
            return found
        query["after"] = answer["next"]


async def _open_site(
    office: BoardOffice, program: Json, name: str, since: date, until: date | None
) -> None:
    async with office.database.engine.begin() as connection:
        await connection.execute(
            insert(PROGRAM_SITES).values(
                id=new_id(),
                program_id=program["holder_id"],
                name=name,
                street="1 Capitol Mall",
                city="Sacramento",
                county="06067",
                zip_code="95814",
                effective_from=since,
                effective_until=until,
            )
        )
