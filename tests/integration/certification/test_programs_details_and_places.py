"""What a program says of itself and where the Board has it: told, kept, shown, never lost."""

import pytest

from integration.certification.board_office import BoardOffice, Json
from integration.certification.program_desk import DETAILS, ProgramDesk, open_desk, refusal
from shared.identifiers import new_id
from shared.security.principals import Role

PLACES = {"headquarters_county": "Yolo", "served_counties": ["Yolo", "06067", "Sacramento"]}


@pytest.fixture
async def desk(office: BoardOffice) -> ProgramDesk:
    return await open_desk(office)


async def test_a_representative_says_how_its_program_treats_and_everybody_reads_it(
    desk: ProgramDesk,
) -> None:
    seen = {"If-Match": await desk.etag()}

    changed = await desk.changed("details", DETAILS, desk.representative | seen)

    told = DETAILS | {"public_phone": "+1 916 555 0100"}
    nothing: Json = {
        "languages": [],
        "accepting_clients": None,
        "public_phone": None,
        "website": None,
    }
    assert (changed["change"], changed["before"], changed["after"]) == ("details", nothing, told)
    shown, entry = await desk.show(), await desk.entry()
    assert {name: shown[name] for name in told} == told
    assert {name: entry[name] for name in told} == told


async def test_a_website_in_capitals_is_written_as_the_table_wants_it(desk: ProgramDesk) -> None:
    typed = DETAILS | {"website": "HTTPS://RIVER.EXAMPLE/"}

    changed = await desk.changed("details", typed, desk.board | {"If-Match": await desk.etag()})

    assert changed["after"]["website"] == "https://RIVER.EXAMPLE/"


async def test_each_change_raises_the_version_and_stays_in_the_history(desk: ProgramDesk) -> None:
    first = await desk.changed("details", DETAILS, desk.board | {"If-Match": await desk.etag()})
    closed = DETAILS | {"accepting_clients": False}

    second = await desk.changed("details", closed, desk.board | {"If-Match": await desk.etag()})

    assert second["number"] == first["number"] + 1
    assert second["before"] == first["after"]
    assert await desk.changes() == [first, second]
    assert (second["by"], second["at"]) == (
        str(desk.office.reviewer_id),
        "2026-11-20T18:00:00Z",
    )


async def test_the_history_comes_in_pages(desk: ProgramDesk) -> None:
    await desk.changed("details", DETAILS, desk.board | {"If-Match": await desk.etag()})
    await desk.changed("places", PLACES, desk.board | {"If-Match": await desk.etag()})
    url = f"{desk.url}/changes"

    first = await desk.office.http.get(url, params={"limit": "1"}, headers=desk.board)
    query = {"limit": "1", "after": first.json()["next"]}
    second = await desk.office.http.get(url, params=query, headers=desk.board)

    assert [each["change"] for each in first.json()["items"]] == ["details"]
    assert [each["change"] for each in second.json()["items"]] == ["places"]
    assert second.json()["next"] is None


async def test_a_program_that_moves_is_found_from_its_new_counties(desk: ProgramDesk) -> None:
    seen = {"If-Match": await desk.etag()}

    changed = await desk.changed("places", PLACES, desk.board | seen)

    assert changed["before"] == {
        "headquarters_county": "06067",
        "served_counties": ["06061", "06113"],
    }
    assert changed["after"] == {"headquarters_county": "06113", "served_counties": ["06067"]}
    entry = await desk.entry()
    assert (entry["headquarters_county"], entry["served_counties"]) == ("Yolo", ["Sacramento"])


@pytest.mark.parametrize(("path", "body"), [("details", DETAILS), ("places", PLACES)])
async def test_nobody_changes_a_program_they_have_not_seen(
    desk: ProgramDesk, path: str, body: dict[str, object]
) -> None:
    unseen = await desk.post(path, body)
    stale = await desk.post(path, body, desk.board | {"If-Match": '"9"'})

    assert (unseen.status_code, stale.status_code) == (428, 412)
    assert await desk.changes() == []


async def test_a_representative_speaks_for_no_other_program_whatever_else_it_is(
    desk: ProgramDesk,
) -> None:
    seen = {"If-Match": await desk.etag()}
    elsewhere = desk.office.holding(Role.PROGRAM_REPRESENTATIVE, program=str(new_id()))
    token = desk.office.issuer.authorization(
        Role.PROGRAM_REPRESENTATIVE, Role.PROVIDER, program=new_id()
    )

    answers = [await desk.post("details", DETAILS, each | seen) for each in (elsewhere, token)]

    assert [refusal(each) for each in answers] == [
        (404, "program-not-found"),
        (404, "program-not-found"),
    ]


async def test_where_a_program_is_the_board_alone_records(desk: ProgramDesk) -> None:
    seen = {"If-Match": await desk.etag()}

    answer = await desk.post("places", PLACES, desk.representative | seen)

    assert answer.status_code == 403
    assert await desk.changes() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("languages", ["xx"]),
        ("languages", ["en"] * 51),
        ("public_phone", "call us"),
        ("public_phone", "+44 20 7946 0000"),
        ("website", "javascript:alert(1)"),
        ("website", "https://user@river.example/"),
        ("website", "https://localhost/"),
        ("website", "https://river.example/<script>"),
        ("accepting_clients", "perhaps"),
    ],
)
async def test_what_the_directory_cannot_show_is_refused_by_its_field(
    desk: ProgramDesk, field: str, value: object
) -> None:
    seen = {"If-Match": await desk.etag()}

    answer = await desk.post("details", DETAILS | {field: value}, desk.representative | seen)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"].startswith(f"body.{field}")


async def test_a_renewal_that_moves_a_program_is_in_its_history(desk: ProgramDesk) -> None:
    renewal = desk.office.program_body(
        name="River and Valley Program",
        purpose="renewal",
        certification_id=desk.certified["certification_id"],
        headquarters_county="Placer",
        served_counties=[],
    )

    await desk.office.certified(renewal)

    (change,) = await desk.changes()
    assert (change["change"], change["before"]["name"]) == ("certified", "River Program")
    assert change["after"] == {
        "name": "River and Valley Program",
        "headquarters_county": "06061",
        "served_counties": [],
    }


async def test_a_change_of_a_program_nobody_knows_is_not_found(desk: ProgramDesk) -> None:
    url = f"/v1/programs/{new_id()}"
    seen = desk.board | {"If-Match": '"1"'}

    written = await desk.office.http.post(f"{url}/details", json=DETAILS, headers=seen)
    read = await desk.office.http.get(f"{url}/changes", headers=seen)

    assert (written.status_code, read.status_code) == (404, 404)
