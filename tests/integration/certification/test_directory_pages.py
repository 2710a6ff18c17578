"""The directory's pages over HTTP: what they say, with which headers, and what they refuse."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import create_async_engine

from certification.domain.directory import Listing, Search
from certification.domain.kept_counts import KeptCounts
from certification.domain.standings import Status
from certification.pages import directory, download
from certification.pages.page_route import HEADERS
from certification.pages.standing_words import SENTENCES
from certification.storage.tables.programs import PROGRAMS
from certification.use_cases import browse_directory
from integration.certification.board_office import BoardOffice, Json
from integration.certification.program_desk import SITE
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.principals import Role, process_actor
from shared.testing.clocks import FixedClock

HTML, CSV, CSS = "text/html; charset=utf-8", "text/csv; charset=utf-8", "text/css; charset=utf-8"


@pytest.fixture
async def programs(office: BoardOffice) -> list[Json]:
    """One of Sacramento that serves Yolo and Placer, one of Placer with a name like markup."""
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE applications, programs CASCADE"))
    placer = office.program_body(name="=<b>Zephyr</b>", headquarters_county="Placer")
    granted = [await office.certified(each) for each in (office.program_body(), placer)]
    said = {"languages": ["es"], "accepting_clients": True, "public_phone": "+1 916 555 0100"}
    async with office.database.engine.begin() as connection:
        statement = update(PROGRAMS).where(PROGRAMS.c.id == granted[0]["holder_id"])
        await connection.execute(statement.values(**said))
    return granted


def _said(page: str) -> str:
    """The words of a page, as they are read."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


PAGES = ["/directory", "/directory?county=Placer", "/directory.csv", "/directory/style.css"]


@pytest.mark.parametrize("path", [*PAGES, "/directory?county=Oz", "/directory/programs/x"])
async def test_every_page_has_strict_headers_and_no_cookie(
    office: BoardOffice, programs: list[Json], path: str
) -> None:
    answer = await office.http.get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


LOST = ["/directori", "/status/x", "/v1/directories", "/index.php"]


@pytest.mark.parametrize("path", LOST)
async def test_a_wrong_address_is_a_page_in_a_browser_and_a_problem_to_a_program(
    office: BoardOffice, path: str
) -> None:
    browser = await office.http.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    program = await office.http.get(path)

    assert (browser.status_code, browser.headers["content-type"]) == (404, HTML)
    assert "There is no page at this address." in _said(browser.text)
    assert {name: browser.headers[name] for name in HEADERS} == HEADERS
    assert (program.status_code, program.headers["content-type"]) == (
        404,
        "application/problem+json",
    )


async def test_browsers_get_an_icon_and_search_engines_what_they_may_read(
    office: BoardOffice,
) -> None:
    icon = await office.http.get("/favicon.ico")
    robots = await office.http.get("/robots.txt")

    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    assert robots.text.splitlines() == ["User-agent: *", "Disallow: /v1/", "Disallow: /status"]


async def test_a_list_says_how_each_program_is_reached_and_when_it_said_so(
    office: BoardOffice, programs: list[Json]
) -> None:
    program = f"/v1/programs/{programs[0]['holder_id']}"
    shown = await office.http.get(program, headers=office.reviewer)
    told = {
        "languages": ["es"],
        "accepting_clients": True,
        "public_phone": "916 555 0230",
        "website": None,
    }
    seen = office.reviewer | {"If-Match": shown.headers["etag"]}
    await office.http.post(f"{program}/details", json=told, headers=seen)
    for city in ("Sacramento", "Folsom", "Sacramento"):
        site = SITE | {"city": city}
        await office.http.post(f"{program}/sites", json=site, headers=office.reviewer)

    county = _said((await office.http.get("/directory?county=Sacramento")).text)
    own = (await office.http.get(f"/directory/programs/{programs[0]['number']}")).text
    table = await office.http.get("/directory.csv?county=Sacramento")

    rows = list(csv.DictReader(StringIO(table.content.decode("utf-8-sig"))))
    assert "Folsom and Sacramento \u00b7 (916) 555-0230" in county
    assert "Accepting clients Reported on Friday, November 20, 2026" in county
    assert "Yes, reported on Friday, November 20, 2026" in _said(own).replace(" ,", ",")
    assert 'href="tel:+19165550230"' in own
    assert (rows[0]["towns"], rows[0]["details_said_on"]) == ("Folsom; Sacramento", "2026-11-20")


@pytest.mark.parametrize(
    ("accepting", "sign"),
    [
        (True, "Accepting clients"),
        (False, "Not accepting clients"),
        (None, "Ask whether it accepts clients"),
    ],
)
async def test_what_a_program_says_of_places_is_told_apart(
    office: BoardOffice, programs: list[Json], *, accepting: bool | None, sign: str
) -> None:
    async with office.database.engine.begin() as connection:
        of_it = PROGRAMS.c.id == programs[0]["holder_id"]
        await connection.execute(update(PROGRAMS).where(of_it).values(accepting_clients=accepting))

    listed = (await office.http.get("/directory?county=Sacramento")).text

    assert re.findall(r'<p class="sign \w+">([^<]*)</p>', listed) == [sign]


async def test_public_conditions_stand_on_the_programs_page(office: BoardOffice) -> None:
    submitted = await office.submit(office.program_body(name="Conditional Page"))
    await office.complete(submitted["application_id"])
    decided = await office.decide(
        submitted["application_id"],
        outcome="granted-with-conditions",
        public_conditions=["no groups of more than eight"],
    )

    own = await office.http.get(f"/directory/programs/{decided.json()['number']}")
    listed = await office.http.get("/directory?name=conditional+page")

    assert "Conditions of the Board no groups of more than eight" in _said(own.text)
    assert "Certified with conditions" in _said(listed.text)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_kept_for_a_minute_at_the_most(
    office: BoardOffice, programs: list[Json], path: str
) -> None:
    answer = await office.http.get(path)
    head = await office.http.head(path)

    assert answer.headers["cache-control"] == "public, max-age=60"
    assert (head.status_code, head.headers["content-type"]) == (200, answer.headers["content-type"])


async def test_no_page_is_kept_past_midnight(office: BoardOffice, clock: FixedClock) -> None:
    clock.set(datetime(2026, 11, 21, 7, 59, 40, tzinfo=UTC))

    answer = await office.http.get("/directory")

    assert answer.headers["cache-control"] == "public, max-age=20"


async def test_who_has_the_page_already_gets_nothing_again(
    office: BoardOffice, programs: list[Json]
) -> None:
    first = await office.http.get("/directory?county=Placer")

    again = await office.http.get(
        "/directory?county=Placer", headers={"If-None-Match": first.headers["etag"]}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


async def test_headquarters_and_served_counties_are_told_apart(
    office: BoardOffice, programs: list[Json]
) -> None:
    words = _said((await office.http.get("/directory?county=Placer")).text)

    here = words.index("Headquarters in Placer County : 1 program")
    elsewhere = words.index("Headquarters elsewhere, serving Placer County : 1 program")
    assert here < words.index("Zephyr") < elsewhere < words.index("River Program")
    assert "As of Friday, November 20, 2026" in words
    assert "1 program with headquarters here, 1 program serving it from elsewhere." in words


async def test_what_programs_say_of_themselves_is_never_markup(
    office: BoardOffice, programs: list[Json]
) -> None:
    page = (await office.http.get("/directory?county=Placer&name=%3Cb%3E")).text

    assert "<b>" not in page
    assert "=&lt;b&gt;Zephyr&lt;/b&gt;" in page


async def test_what_narrows_a_search_is_said_and_can_be_left_out(
    office: BoardOffice, programs: list[Json]
) -> None:
    page = (await office.http.get("/directory?county=Yolo&name=RIVER&language=es")).text

    assert "Showing only those with “RIVER” in the name and that treat in Spanish." in _said(page)
    assert '<a href="/directory?county=Yolo">Show all</a>' in page


async def test_an_empty_answer_says_what_can_be_tried(
    office: BoardOffice, programs: list[Json]
) -> None:
    answer = await office.http.get("/directory?county=Placer&name=nobody&language=vi")

    words = _said(answer.text)
    assert answer.status_code == 200
    assert "No certified program matches" in words
    assert "Search without the name “nobody”" in words
    assert "Search without the language" in words
    assert 'href="/directory?name=nobody&amp;language=vi"' in answer.text


async def test_a_county_without_programs_says_so(office: BoardOffice, programs: list[Json]) -> None:
    words = _said((await office.http.get("/directory?county=Modoc")).text)

    assert "No certified program has its headquarters in Modoc County or serves it" in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("county=Oz", "“Oz” is not a county of California"),
        ("language=xx", "is not a language of the directory"),
        ("as_of=2026-02-30", "“2026-02-30” is not a valid date"),
        ("as_of=20261120", "“20261120” is not a valid date"),
        ("as_of=1999-01-01", "begins in the year 2000"),
        ("as_of=2026-11-21", "The date must not be in the future"),
        ("accepting_clients=perhaps", "“true” or “false”"),
        ("page=0", "“0” is not a page"),
        ("page=99999999999999999999", "is not a page"),
        ("page=²", "is not a page"),
        (f"page={1:09}{10**20}", "is not a page"),
        (f"county={'x' * 5000}", f"“{'x' * 60}…” is not a county"),
        (f"name={'x' * 101}", "at most 100 letters"),
        ("name=a%0Ab", "at most 100 letters"),
        ("name=a%00b", "This address cannot be read"),
    ],
)
@pytest.mark.parametrize("path", ["/directory", "/directory.csv"])
async def test_what_cannot_be_read_is_said_on_a_page(
    office: BoardOffice, path: str, query: str, words: str
) -> None:
    answer = await office.http.get(f"{path}?{query}")

    assert (answer.status_code, answer.headers["content-type"]) == (422, HTML)
    assert answer.headers["cache-control"] == "no-store"
    assert words in _said(answer.text)


async def test_a_mark_that_trackers_add_to_a_link_changes_nothing(
    office: BoardOffice, programs: list[Json]
) -> None:
    plain = await office.http.get("/directory?county=Placer")

    marked = await office.http.get("/directory?county=Placer&fbclid=abc")
    start = await office.http.get("/directory?utm_source=mail")

    assert marked.text == plain.text
    assert "Find a certified treatment program" in start.text


async def test_an_entry_shows_status_and_since_when(
    office: BoardOffice, programs: list[Json]
) -> None:
    answer = await office.http.get(f"/directory/programs/{programs[0]['number']}")

    words = _said(answer.text)
    assert "Certified program since Friday, November 20, 2026" in words
    assert "As of Friday, November 20, 2026" in words
    assert "Accepting clients Yes" in words
    assert "Also serves Placer and Yolo" in words
    assert "Spanish español" in words
    assert 'href="tel:+19165550100"' in answer.text


async def test_what_a_program_has_not_said_is_called_so(
    office: BoardOffice, programs: list[Json]
) -> None:
    words = _said((await office.http.get(f"/directory/programs/{programs[1]['number']}")).text)

    assert "Accepting clients Not reported. Ask the program." in words
    assert "Languages Not reported" in words


async def test_an_old_link_tells_what_became_of_a_program_and_nothing_it_says_of_itself(
    office: BoardOffice, programs: list[Json], clock: FixedClock
) -> None:
    clock.set(datetime(2028, 11, 21, 18, tzinfo=UTC))

    answer = await office.http.get(f"/directory/programs/{programs[0]['number']}")

    words = _said(answer.text)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "River Program Not certified on Tuesday, November 21, 2028 ." in words
    assert "ended without renewal. Monday, November 20, 2028 was its first day" in words
    assert "555" not in answer.text


async def test_a_suspended_program_is_called_so_by_its_link(
    office: BoardOffice, programs: list[Json]
) -> None:
    url = f"/v1/certifications/{programs[0]['certification_id']}/suspensions"
    manager = office.holding(Role.BOARD_MANAGER)
    await office.http.post(url, json={"reasons": ["not for the public"]}, headers=manager)

    answer = await office.http.get(f"/directory/programs/{programs[0]['number']}")

    words = _said(answer.text)
    assert answer.status_code == 404
    assert "Its certification has been suspended since Friday, November 20, 2026" in words
    assert "not for the public" not in answer.text


async def test_a_program_before_its_first_day_was_not_certified_yet(
    office: BoardOffice, programs: list[Json]
) -> None:
    answer = await office.http.get(f"/directory/programs/{programs[0]['number']}?as_of=2026-11-19")

    assert answer.status_code == 404
    assert "It had not been certified yet." in _said(answer.text)


async def test_a_number_nobody_holds_is_said_to_be_none(office: BoardOffice) -> None:
    answer = await office.http.get("/directory/programs/PRG-999999")

    assert answer.status_code == 404
    assert "No program with the number PRG-999999 is certified" in _said(answer.text)


def test_every_standing_but_certified_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Status) - {Status.CERTIFIED}


@pytest.mark.parametrize("path", ["/directory/?county=Placer", "/directory/programs/{}/"])
async def test_a_slash_too_many_leads_to_the_same_page(
    office: BoardOffice, programs: list[Json], path: str
) -> None:
    told = path.format(programs[1]["number"].lower())

    answer = await office.http.get(told)

    assert answer.status_code == 200
    assert "Zephyr" in answer.text


async def test_what_is_shown_of_a_day_gone_by_says_what_of_it_is_todays(
    office: BoardOffice, programs: list[Json], clock: FixedClock
) -> None:
    clock.set(datetime(2026, 11, 25, 18, tzinfo=UTC))
    entry = f"/directory/programs/{programs[0]['number']}"

    listed = await office.http.get("/directory?county=Placer&as_of=2026-11-21")
    shown = await office.http.get(f"{entry}?as_of=2026-11-21")
    today = await office.http.get("/directory?county=Placer")

    assert "Their names, counties and the details that they report are today" in listed.text
    assert "Its name, counties and the details that it reports are today" in shown.text
    assert "are today" not in today.text


async def test_a_wide_sign_that_folds_to_a_wildcard_finds_itself_alone(
    office: BoardOffice, programs: list[Json]
) -> None:
    answer = await office.http.get("/directory?county=Placer&name=%EF%BC%85")

    assert "No certified program matches" in _said(answer.text)


async def test_what_goes_wrong_unforeseen_is_said_on_a_page(
    office: BoardOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "sections", None)

    answer = await office.http.get("/directory?county=Placer")

    assert (answer.status_code, answer.headers["content-type"]) == (500, HTML)
    assert "Something went wrong here" in answer.text
    assert "TypeError" not in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/directory/nowhere", 404),
        ("/directory/programs", 404),
        ("/directory/programs/a/b", 404),
        ("/directory/programs/PRG-000001?as_of=2026-02-30", 422),
    ],
)
async def test_a_wrong_turn_leads_to_a_page(office: BoardOffice, path: str, status: int) -> None:
    answer = await office.http.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (status, HTML)
    assert 'href="/directory"' in answer.text


@pytest.mark.parametrize("path", ["/directory", "/directory.csv", "/directory/programs/PRG-000001"])
async def test_pages_are_only_read(office: BoardOffice, path: str) -> None:
    answer = await office.http.post(path)

    assert (answer.status_code, answer.headers["content-type"]) == (405, HTML)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


async def test_the_root_leads_to_the_directory(office: BoardOffice) -> None:
    answer = await office.http.get("/")

    assert (answer.status_code, answer.headers["location"]) == (307, "/directory")


async def test_the_download_holds_all_that_is_found_and_no_formula(
    office: BoardOffice, programs: list[Json]
) -> None:
    answer = await office.http.get("/directory.csv?county=Placer")

    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["content-type"] == CSV
    assert "directory-2026-11-20.csv" in answer.headers["content-disposition"]
    assert [(each["name"], each["listed_as"]) for each in rows] == [
        ("'=<b>Zephyr</b>", "headquarters"),
        ("River Program", "serves"),
    ]
    assert rows[1] == {
        "number": programs[0]["number"],
        "name": "River Program",
        "headquarters_county": "Sacramento",
        "served_counties": "Placer; Yolo",
        "listed_as": "serves",
        "certified_since": "2026-11-20",
        "conditions": "",
        "towns": "",
        "languages": "Spanish",
        "accepting_clients": "yes",
        "details_said_on": "",
        "phone": "(916) 555-0100",
        "website": "",
        "as_of": "2026-11-20",
    }


async def test_every_page_says_how_many_programs_were_found_in_all(
    office: BoardOffice, programs: list[Json], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse_directory, "PAGE", 1)
    cause = Cause(process_actor("tests"), new_id())

    async with office.database.transaction(cause) as tx:
        pages = [
            await browse_directory.browse_directory(
                tx,
                KeptCounts(),
                browse_directory.BrowseDirectory(Search(county="06061"), tx.today, page),
            )
            for page in (1, 2)
        ]

    assert [len(page.entries) for page in pages] == [1, 1]
    assert [page.has_more for page in pages] == [True, False]
    assert [dict(page.counts) for page in pages] == [
        {Listing.HEADQUARTERS: 1, Listing.SERVES: 1}
    ] * 2


async def test_a_long_download_is_read_in_parts(
    office: BoardOffice, programs: list[Json], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await office.http.get("/directory.csv?county=")
    monkeypatch.setattr(download, "PART", 1)

    in_parts = await office.http.get("/directory.csv?county=")

    assert in_parts.content == whole.content
    assert whole.content.count(b"PRG-") == 2


async def test_a_download_asked_for_by_an_unknown_name_is_refused(office: BoardOffice) -> None:
    answer = await office.http.get("/directory.csv?conty=Placer")

    assert (answer.status_code, answer.headers["content-type"]) == (422, HTML)


async def test_a_database_that_is_away_is_said_on_a_page(office: BoardOffice) -> None:
    await office.database.engine.dispose()
    office.database.engine = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/x")

    answer = await office.http.get("/directory?county=Placer")

    assert (answer.status_code, answer.headers["content-type"]) == (503, HTML)
    assert answer.headers["retry-after"] == "1"
    assert "Not available at the moment" in answer.text
