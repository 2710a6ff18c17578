"""The real browser: Debian's Chromium, headless, driven by Playwright."""

import shutil

from playwright.async_api import Browser, BrowserContext, Page, Playwright, Request

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = shutil.which("chromium")
DESKTOP, PHONE, NARROW = (1280, 900), (390, 844), (360, 740)
Size = tuple[int, int]


async def open_browser(playwright: Playwright) -> Browser:
    """Start Chromium."""
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


async def window(
    browser: Browser, site: str, size: Size = DESKTOP, *, scheme: str = "light", script: bool = True
) -> BrowserContext:
    """A fresh profile of the browser with a window of that size."""
    return await browser.new_context(
        base_url=site,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
    )


class Traffic:
    """Every address that a page asks for."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)
