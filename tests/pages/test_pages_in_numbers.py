"""Pages of a long list: how heavy they are, what they count, and that the count is kept."""

import httpx
import pytest

from pages.california import NOW, PROGRAMS
from shared.clock import california_date

LARGEST_PAGE = 100_000


@pytest.mark.parametrize(
    "path", ["/directory", "/directory?county=Los+Angeles", "/directory?county="]
)
async def test_a_full_page_with_its_style_is_light(site: str, path: str) -> None:
    async with httpx.AsyncClient(base_url=site) as http:
        page = await http.get(path)
        style = await http.get("/directory/style.css")

    assert len(page.content) + len(style.content) < LARGEST_PAGE


@pytest.mark.parametrize("page", ["1", "2"])
async def test_every_page_says_how_many_there_are_in_all(site: str, page: str) -> None:
    async with httpx.AsyncClient(base_url=site) as http:
        answer = await http.get("/directory", params={"county": "Los Angeles", "page": page})

    assert "60 programs with headquarters here, no program serving it" in answer.text
    assert f"Page {page}" in answer.text


async def test_the_page_after_the_last_leads_back(site: str) -> None:
    async with httpx.AsyncClient(base_url=site) as http:
        answer = await http.get("/directory", params={"county": "Los Angeles", "page": "3"})

    assert answer.status_code == 200
    assert "There is nothing on page 3" in answer.text


async def test_the_download_holds_every_program_certified_that_day(site: str) -> None:
    certified = [each for each in PROGRAMS if each.until is None]

    async with httpx.AsyncClient(base_url=site) as http:
        answer = await http.get("/directory.csv?county=")

    assert answer.content.count(b"PRG-") == len(certified)
    assert california_date(NOW).isoformat().encode() in answer.content
