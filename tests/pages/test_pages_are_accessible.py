"""Every page, in both color schemes and on a phone, held to WCAG 2.2 AA by axe-core."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from pages.browsing import DESKTOP, NARROW, Size, window

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = {
    "start": "/directory",
    "two sections": "/directory?county=Fresno",
    "filtered": "/directory?county=Fresno&name=joaquin&language=es&accepting_clients=false",
    "many": "/directory?county=Los+Angeles&page=2",
    "all counties": "/directory?county=",
    "nothing": "/directory?county=Modoc&name=nobody&language=vi&accepting_clients=true",
    "past": "/directory?county=Fresno&as_of=2025-04-01",
    "mistakes": "/directory?county=Fresnoo&as_of=2026-02-30&language=xx&page=x",
    "program": "/directory/programs/PRG-000001",
    "silent program": "/directory/programs/PRG-000010",
    "no program": "/directory/programs/PRG-000009",
    "wrong turn": "/directory/nowhere",
}
EVERY_PAGE = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@EVERY_PAGE
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
async def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, site: str, path: str, scheme: str, size: Size
) -> None:
    context = await window(browser, site, size, scheme=scheme)
    page = await context.new_page()
    await page.goto(path)

    found = await Axe().run(page, options=RULES)
    await context.close()

    assert [(each["id"], each["nodes"]) for each in found.response["violations"]] == []
    assert len(found.response["passes"]) > 15


@EVERY_PAGE
@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
async def test_a_page_never_scrolls_sideways(
    browser: Browser, site: str, path: str, width: int
) -> None:
    context = await window(browser, site, (width, 800))
    page = await context.new_page()
    await page.goto(path)

    widest = await page.evaluate("document.documentElement.scrollWidth")
    await context.close()

    assert widest <= width


@EVERY_PAGE
async def test_a_page_has_its_title_language_and_one_first_heading(
    browser: Browser, site: str, path: str
) -> None:
    context = await window(browser, site, script=False)
    page = await context.new_page()
    await page.goto(path)

    title = await page.title()
    language = await page.locator("html").get_attribute("lang")
    headings = await page.locator("h1").count()
    await context.close()

    assert title.endswith(" · Directory of certified programs")
    assert (language, headings) == ("en", 1)
