"""People in a real browser: by keyboard alone, without JavaScript, on paper, unobserved."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser, Page

from pages.browsing import PHONE, Traffic, window

FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
SMALLEST_TARGET = 24
TOO_SMALL = """
[...document.querySelectorAll('a, button, input, select, summary')]
  .map(each => [each.textContent.trim() || each.id, each.getBoundingClientRect()])
  .filter(([_, box]) => box.height > 0 && (box.height < 24 || box.width < 24))
  .map(([name]) => name)
"""


async def _press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def test_the_keyboard_alone_leads_from_the_first_page_to_a_program(
    browser: Browser, site: str
) -> None:
    context = await window(browser, site)
    page = await context.new_page()
    await page.goto("/directory")

    await _press(page, "Tab")
    skip = await page.evaluate(FOCUSED)
    shown = await page.locator(".skip").bounding_box()
    await _press(page, "Enter")
    main = await page.evaluate(FOCUSED)
    await _press(page, "Tab")
    first = await page.evaluate(FOCUSED)
    await _press(page, *"Fresno", "Tab", "Enter")
    await page.wait_for_url("**county=Fresno**")
    await page.locator(".entry a").first.focus()
    await _press(page, "Enter")
    await page.wait_for_url("**/directory/programs/*")
    heading = await page.locator("h1").text_content()
    await context.close()

    assert (skip, main, first) == ("Skip to main content", "main", "county")
    assert shown is not None
    assert shown["y"] >= 0
    assert heading == "Blackstone Behavioral Health"


async def test_focus_is_seen_on_everything_the_keyboard_reaches(
    browser: Browser, site: str
) -> None:
    context = await window(browser, site)
    page = await context.new_page()
    await page.goto("/directory/programs/PRG-000001")
    outlines = []

    for _ in range(7):
        await _press(page, "Tab")
        outlines.append(
            await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        )
    await context.close()

    assert set(outlines) == {"3px"}


@pytest.mark.parametrize(
    "path",
    [
        *("/directory", "/directory?county=Fresno", "/directory?county=Modoc&name=nobody"),
        "/directory/programs/PRG-000001",
    ],
)
async def test_everything_to_press_is_large_enough_for_a_finger(
    browser: Browser, site: str, path: str
) -> None:
    """WCAG 2.5.8: 24 pixels, but for links within a sentence."""
    context = await window(browser, site, PHONE)
    page = await context.new_page()
    await page.goto(path)

    small = await page.evaluate(TOO_SMALL)
    await context.close()

    assert small == ["the API", "See where your application is", "how long decisions take"]


async def test_a_search_works_without_javascript(browser: Browser, site: str) -> None:
    context = await window(browser, site, script=False)
    page = await context.new_page()
    await page.goto("/")

    await page.get_by_label("County", exact=True).select_option("Fresno")
    await page.get_by_label("Part of the program name").fill("joaquin")
    await page.get_by_label("Language").select_option(label="Spanish (español)")
    await page.get_by_role("button", name="Find programs").click()
    names = await page.locator(".entry h3").all_text_contents()
    asked = parse_qs(urlsplit(page.url).query)
    scripts = await page.locator("script").count()
    await context.close()

    assert names == ["San Joaquín Counseling Group"]
    assert asked == {"county": ["Fresno"], "name": ["joaquin"], "language": ["es"]}
    assert scripts == 0


async def test_what_cannot_be_read_is_said_at_the_top_and_at_its_field(
    browser: Browser, site: str
) -> None:
    context = await window(browser, site)
    page = await context.new_page()
    await page.goto("/directory?county=Fresnoo&name=oak&as_of=2026-02-30")

    await page.locator(".mistakes a").first.click()
    focused = await page.evaluate("document.activeElement.id")
    words = await page.locator("#county-mistake").text_content()
    kept = await page.get_by_label("Part of the program name").input_value()
    is_marked = await page.locator("#as_of").get_attribute("aria-describedby")
    await context.close()

    assert focused == "county"
    assert words is not None
    assert "“Fresnoo” is not a county of California" in words
    assert (kept, is_marked) == ("oak", "as_of-mistake")


async def test_nobody_else_learns_of_a_visit(browser: Browser, site: str) -> None:
    context = await window(browser, site)
    page = await context.new_page()
    traffic = Traffic(page)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    await page.goto("/directory")
    await page.goto("/directory?county=Fresno")
    await page.goto("/directory/programs/PRG-000001")
    cookies = await context.cookies()
    await context.close()

    assert {urlsplit(url).netloc for url in traffic.asked} == {urlsplit(site).netloc}
    assert f"{site}/directory/style.css" in traffic.asked
    assert (cookies, complaints) == ([], [])


async def test_on_paper_the_list_stands_alone(browser: Browser, site: str) -> None:
    context = await window(browser, site)
    page = await context.new_page()
    await page.goto("/directory?county=Fresno")
    await page.emulate_media(media="print", color_scheme="light")

    form = await page.locator("form").is_visible()
    date = await page.locator(".as-of time").is_visible()
    entries = await page.locator(".entry").count()
    ink = await page.evaluate("getComputedStyle(document.body).color")
    sheets = await page.pdf(format="Letter")
    await context.close()

    assert (form, date, entries) == (False, True, 8)
    assert ink == "rgb(0, 0, 0)"
    assert sheets.count(b"/Type /Page\n") <= 2


async def test_two_days_of_a_county_have_two_titles(browser: Browser, site: str) -> None:
    context = await window(browser, site)
    page = await context.new_page()

    await page.goto("/directory?county=Fresno")
    today = await page.title()
    await page.goto("/directory?county=Fresno&as_of=2026-11-01")
    before = await page.title()
    await context.close()

    assert today == "Programs for Fresno County · Directory of certified programs"
    assert "Fresno County on Sunday, November 1, 2026" in before


async def test_turning_the_page_leads_on_and_back(browser: Browser, site: str) -> None:
    context = await window(browser, site, script=False)
    page = await context.new_page()
    await page.goto("/directory?county=Los+Angeles")

    first = await page.locator(".entry h3").all_text_contents()
    await page.get_by_role("link", name="Next page").click()
    second = await page.locator(".entry h3").all_text_contents()
    await page.get_by_role("link", name="Previous page").click()
    again = await page.locator(".entry h3").all_text_contents()
    await context.close()

    assert (len(first), len(second)) == (50, 10)
    assert first == again
    assert not set(first) & set(second)
