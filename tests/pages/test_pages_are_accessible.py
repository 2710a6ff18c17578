"""Every page, in both color schemes, held to WCAG 2.2 AA by axe-core; none scrolls sideways."""

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
    "nothing": "/directory?county=Modoc&name=nobody&language=vi&accepting_clients=true",
    "past": "/directory?county=Fresno&as_of=2025-04-01",
    "mistakes": "/directory?county=Fresnoo&as_of=2026-02-30&language=xx&page=x",
    "program": "/directory/programs/PRG-000001",
    "silent program": "/directory/programs/PRG-000010",
    "no program": "/directory/programs/PRG-000009",
    "number nobody holds": "/directory/programs/PRG-999999",
    "long words": "/directory?county=San+Luis+Obispo",
    "long words of a program": "/directory/programs/PRG-000071",
    "wrong turn": "/directory/nowhere",
    "wrong address": "/nowhere",
    "status": "/status",
    "processing times": "/processing-times",
}
SERVICES = {"Directory of certified programs", "Applications for certification"}
EVERY_PAGE = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@EVERY_PAGE
@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", NARROW)])
async def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, site: str, path: str, scheme: str, size: Size
) -> None:
    context = await window(browser, site, size, scheme=scheme)
    page = await context.new_page()
    await page.goto(path)

    found = await Axe().run(page, options=RULES)
    await context.close()

    assert [(each["id"], each["nodes"]) for each in found.response["violations"]] == []
    assert "color-contrast" in {each["id"] for each in found.response["passes"]}


@EVERY_PAGE
async def test_a_page_never_scrolls_sideways_and_has_title_language_and_one_first_heading(
    browser: Browser, site: str, path: str
) -> None:
    context = await window(browser, site, (320, 800))
    page = await context.new_page()
    await page.goto(path)

    narrow = await page.evaluate("document.documentElement.scrollWidth")
    await page.set_viewport_size({"width": 360, "height": 800})
    phone = await page.evaluate("document.documentElement.scrollWidth")
    title = await page.title()
    language = await page.locator("html").get_attribute("lang")
    headings = await page.locator("h1").count()
    await context.close()

    assert (narrow, phone) == (320, 360)
    assert title.rpartition(" · ")[2] in SERVICES
    assert (language, headings) == ("en", 1)
