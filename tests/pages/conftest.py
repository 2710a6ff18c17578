"""The service on a seeded PostgreSQL, and one real browser for each module that looks at it."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from playwright.async_api import Browser, async_playwright
from sqlalchemy.ext.asyncio import create_async_engine

from certification.service import SERVICE
from pages.browsing import CHROMIUM, open_browser
from pages.california import PROGRAMS
from pages.seeding import seed
from pages.serving import served
from shared.database.engine import driver_url

WITHOUT = "there is no chromium here and `make browser` could not install it: needs root and apt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none."""
    if CHROMIUM is None:
        for item in items:
            if "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason=WITHOUT))


@pytest.fixture(scope="module")
async def seeded(new_database: Callable[[str | None], str]) -> str:
    """A database with the programs of an invented California."""
    url = new_database(SERVICE.name)
    engine = create_async_engine(driver_url(url))
    async with engine.begin() as connection:
        await seed(connection, PROGRAMS)
    await engine.dispose()
    return url


@pytest.fixture(scope="module")
def site(seeded: str) -> Iterator[str]:
    """The address under which the pages are served."""
    with served(seeded) as address:
        yield address


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    async with async_playwright() as playwright:
        opened = await open_browser(playwright)
        yield opened
        await opened.close()
