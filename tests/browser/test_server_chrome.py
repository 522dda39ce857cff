"""What surrounds the pages: Streamlit's keys, a lost connection, an error in a page."""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.sitemap import PAGES
from tests.browser.conftest import settled
from tests.browser.looking import ENGLISH_NAME
from tests.faults.test_leaks import SECRETS, failing
from tests.running import Server

Visit = Callable[[Page, str], Page]


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
        assert not ENGLISH_NAME.search(page.locator("body").inner_text())
    with start(port=server.port):
        expect(notice).to_have_text("Forbindelsen er tilbage.", timeout=30_000)
        expect(notice).to_be_hidden()
        settled(page)
        page.locator(".navn").click()
        expect(page).to_have_url(server.url + "/")
        expect(page.locator("h1")).to_be_focused()
    expect(notice).to_have_text(lost)
    page.close()
    console.clear()  # the browser reports every attempt


@pytest.mark.faults
def test_an_error_in_a_page_is_told_in_danish_and_nothing_of_it_is_in_the_page(
    tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """On every page with INDBLIK_HELE=1 (`make pages`), otherwise on some; the messages: tests/faults/test_leaks.py."""
    with failing(tmp_path) as server:
        page = new_page()
        for one in PAGES[:: 1 if os.environ.get("INDBLIK_HELE") else 4]:
            page.goto(f"{server.url}/{one.path}")
            notice = page.locator("[data-testid=stMain] .besked.fejl")
            expect(notice).to_contain_text(
                "Denne del af siden kan ikke vises. Fejlen er noteret som"
            )
            expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
            html = page.content()
            assert not (found := SECRETS.search(html)), found
            assert "hemmelig" not in html
            assert not ENGLISH_NAME.search(page.locator("body").inner_text())
        page.close()
