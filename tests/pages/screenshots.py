"""Takes the pictures of the directory in docs/, on a database and a service of its own.

make screenshots
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from sqlalchemy.ext.asyncio import create_async_engine

from architecture.source_tree import ROOT
from benchmarks.events.servers import postgres_alone
from local_system.fresh_databases import FreshDatabases
from pages.browsing import DESKTOP, PHONE, Size, open_browser, window
from pages.california import PROGRAMS
from pages.seeding import seed
from pages.serving import served
from shared.database.engine import driver_url

PICTURES: dict[str, tuple[str, Size, str]] = {
    "directory-desktop": ("/directory?county=Fresno", DESKTOP, "light"),
    "directory-phone": ("/directory?county=Fresno", PHONE, "light"),
    "directory-entry": ("/directory/programs/PRG-000001", DESKTOP, "light"),
    "directory-start": ("/directory", DESKTOP, "light"),
    "directory-start-phone-dark": ("/directory", PHONE, "dark"),
}


async def main(folder: Path) -> None:
    """Seed, serve, take every picture."""
    async with postgres_alone() as postgres:
        url = FreshDatabases(postgres, folder).fresh("certification")
        engine = create_async_engine(driver_url(url))
        async with engine.begin() as connection:
            await seed(connection, PROGRAMS)
        await engine.dispose()
        with served(url) as site:
            async with async_playwright() as playwright:
                browser = await open_browser(playwright)
                for name in PICTURES:
                    await _take(browser, site, name)
                await browser.close()


async def _take(browser: Browser, site: str, name: str) -> None:
    path, size, scheme = PICTURES[name]
    context = await window(browser, site, size, scheme=scheme)
    page = await context.new_page()
    await page.goto(path)
    file = ROOT / "docs" / f"{name}.png"
    await page.screenshot(path=file)
    sys.stdout.write(f"{file.relative_to(ROOT)}\n")
    await context.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="casomb-pages-") as made:
        asyncio.run(main(Path(made)))
