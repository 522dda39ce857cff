"""What surrounds the pages: no English from Streamlit, no refusals in the console, a lost connection."""

import re
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.running import Server

Visit = Callable[[Page, str], Page]

ENGLISH = re.compile(
    r"\b(?:open|close|dismiss|choose|show|download|copy|link to|fullscreen|search|visualization|axis titled|"
    r"mark container|increment|decrement|clear|options?|streamlit|skip to|running|connecting|loading|error)\b",
    re.IGNORECASE,
)
NAMES = """() => [...document.querySelectorAll("*")].flatMap(e =>
  ["aria-label", "title", "placeholder", "alt", "aria-roledescription", "aria-description"]
    .filter(a => e.getAttribute(a)).map(a => `${a}=${e.getAttribute(a)}`))"""


@pytest.mark.parametrize("path", ["/", "/udforsk", "/hvad-nu-hvis", "/kilder"])
def test_no_name_on_a_page_is_english(
    new_page: Callable[..., Page], visit: Visit, path: str
) -> None:
    """Not even in an English browser, which is what meeting rooms have. These pages have every kind of widget."""
    page = visit(new_page(locale="en-US"), path)
    page.wait_for_timeout(500)
    names = set(page.evaluate(NAMES))
    assert not [name for name in names if ENGLISH.search(name.split("=", 1)[1])]
    assert not ENGLISH.findall(page.locator("body").inner_text().replace("Download", ""))


def test_the_keys_of_streamlit_do_nothing(page: Page, visit: Visit) -> None:
    visit(page, "/om")
    for key in ("c", "r"):
        page.locator("h1").press(key)
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)


@pytest.mark.faults
def test_a_lost_connection_is_told_in_danish_and_mends_itself(
    start: Callable[..., AbstractContextManager[Server]],
    new_page: Callable[..., Page],
    console: list[str],
) -> None:
    lost = "Forbindelsen er afbrudt. Siden forsøger igen …"
    with start() as server:
        page = new_page()
        page.goto(server.url + "/om")
        settled(page)
        notice = page.locator("#forbindelse")
        expect(notice).to_be_hidden()
        server.process.send_signal(signal.SIGKILL)
        expect(notice).to_have_text(lost)
        page.wait_for_timeout(4000)
        expect(page.get_by_test_id("stDialog")).to_have_count(0)
        assert not ENGLISH.search(page.locator("body").inner_text())
    with start(port=server.port):
        expect(notice).to_have_text("Forbindelsen er tilbage.", timeout=30_000)
        expect(notice).to_be_hidden()
        settled(page)
        page.locator(".navn").click()
        expect(page).to_have_url(server.url + "/")
        expect(page.locator("h1")).to_be_focused()
    expect(notice).to_have_text(lost)
    console.clear()  # the browser reports every attempt
