"""Fixtures of the browser tests: Chromium, pages that watch the console, and waiting for Streamlit."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench.browser import FLAGS
from tests.browser import chromium
from tests.running import Server

WAIT_MS = 15_000
NOISE = re.compile(r"net::ERR_ABORTED")
"""Console lines that say nothing about us."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once for each pytest process."""
    path = chromium.find()
    if path is None:
        pytest.fail("no browser: run `make test`, or name one in CHROMIUM")
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def console() -> Iterator[list[str]]:
    """Errors and refusals the browser reports. What is in it when the test ends fails the test."""
    lines: list[str] = []
    yield lines
    assert not lines, "the browser's console:\n" + "\n".join(lines)


@pytest.fixture
def outside(server: Server) -> Iterator[list[str]]:
    """Requests to other servers than the app. What is in it when the test ends fails the test."""
    found: list[str] = []
    yield found
    assert not found, "requests to other servers:\n" + "\n".join(found)


@pytest.fixture
def new_page(
    browser: Browser, console: list[str], outside: list[str]
) -> Iterator[Callable[..., Page]]:
    """Makes a page in a context of its own; takes Playwright's context options (locale, viewport …)."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> Page:
        options = {"locale": "da-DK", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        return watched(context.new_page(), console, outside)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Browser profiles that are kept between tests, so that the site's files are fetched once."""
    kept: dict[str, BrowserContext] = {}

    def profile(**options: Any) -> BrowserContext:
        options = {"locale": "da-DK", "viewport": {"width": 1280, "height": 900}, **options}
        name = repr(sorted(options.items()))
        if name not in kept:
            kept[name] = browser.new_context(**options)
        return kept[name]

    yield profile
    for context in kept.values():
        context.close()


@pytest.fixture
def warm_page(
    profiles: Callable[..., BrowserContext], console: list[str], outside: list[str]
) -> Iterator[Callable[..., Page]]:
    """Makes a page in a profile that has been on the site before: the site's files are in its cache."""
    opened: list[Page] = []

    def make(**options: Any) -> Page:
        opened.append(watched(profiles(**options).new_page(), console, outside))
        return opened[-1]

    yield make
    for page in opened:
        page.close()


@pytest.fixture
def page(warm_page: Callable[..., Page]) -> Iterator[Page]:
    """One page, Danish, 1280 wide, of somebody who has been here before but left nothing behind."""
    opened = warm_page()
    yield opened
    opened.context.clear_cookies()
    opened.context.clear_permissions()
    opened.context.unroute_all()
    if not opened.is_closed() and opened.url.startswith("http"):
        opened.evaluate("localStorage.clear()")


@pytest.fixture
def visit(server: Server) -> Callable[[Page, str], Page]:
    """Opens an address of the app and waits until its script has run."""

    def go(page: Page, path: str) -> Page:
        page.goto(server.url + path)
        settled(page)
        return page

    return go


def settled(page: Page) -> None:
    """Wait until Streamlit has run the page's script to the end and the live page has taken over."""
    app = page.get_by_test_id("stApp")
    page.wait_for_selector("html.levende", state="attached")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(page.locator("main h1, [data-testid=stMain] h1").first).to_be_visible()
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def watched(page: Page, console: list[str], outside: list[str]) -> Page:
    """The page, with errors of its console and requests to other servers kept in the two lists."""
    page.set_default_timeout(WAIT_MS)
    page.on("console", lambda m: _keep(console, m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: _keep(console, str(e)))
    page.on("request", lambda r: None if _is_ours(r.url) else outside.append(r.url))
    return page


def _keep(lines: list[str], text: str) -> None:
    if not NOISE.search(text):
        lines.append(text)


def _is_ours(url: str) -> bool:
    return url.startswith(("http://localhost:", "data:", "blob:", "about:"))
