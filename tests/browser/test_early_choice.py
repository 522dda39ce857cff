"""A choice made in the first content, before Streamlit's scripts have come: answered at once, and never lost."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.looking import whole
from tests.running import Server

NewPage = Callable[..., Page]
FIRST = "#foerst"
LIVE = '[data-testid="stMain"]'
EVERYTHING = re.compile(r"/static/js/")
BUTTONS = re.compile(r"/static/js/ButtonGroup")
"""Without this file the live page runs, but is not whole: the first content stays in front of it."""


@contextmanager
def held_back(page: Page, files: re.Pattern[str]) -> Iterator[None]:
    """Requests for these files wait until the block ends, as on a slow net."""
    waiting: list[Route] = []
    released: list[bool] = []
    page.route(files, lambda route: route.continue_() if released else waiting.append(route))
    yield
    released.append(True)
    for route in waiting:
        route.continue_()


def _button(page: Page, word: str):
    return page.locator(FIRST).locator(".foerst-knapper").get_by_text(word, exact=True)


def _marks(page: Page) -> str:
    return page.locator(f"{FIRST} svg.marks").first.inner_html()


@pytest.mark.parametrize("files", [EVERYTHING, BUTTONS], ids=["nothing-yet", "not-whole-yet"])
def test_a_choice_is_answered_before_the_live_page_and_is_there_when_it_comes(
    new_page: NewPage, server: Server, files: re.Pattern[str]
) -> None:
    page = new_page()
    with held_back(page, files):
        page.goto(server.url + "/udforsk", wait_until="commit")
        if files is BUTTONS:
            expect(page.locator(f"#root {LIVE} h1")).to_be_attached()
        before = _marks(page)
        _button(page, "Antal").click()
        expect(page).to_have_url(server.url + "/udforsk?vis=antal")
        expect(_button(page, "Antal")).to_have_class("valgt")
        assert _marks(page) != before
        _button(page, "Pr. 10.000").click()
        _button(page, "Odense").click()
        expect(page).to_have_url(server.url + "/udforsk?vis=pr10000&o=101.000.147.751.851")
        expect(_button(page, "Odense")).not_to_have_class("valgt")
        said = page.locator(f"{FIRST} h1").inner_text()
        address = page.url
    expect(page.locator(FIRST)).to_have_count(0)
    whole(page)
    assert page.url == address
    assert page.locator(f"{LIVE} h1").inner_text() == said
    chosen = page.get_by_test_id("stButtonGroup").locator(
        'button[aria-pressed="true"], button[aria-checked="true"]'
    )
    assert "Odense" not in chosen.all_inner_texts()
    assert not [
        text for text in page.locator(f"{LIVE} .besked").all_inner_texts() if "linket" in text
    ]
    page.get_by_test_id("stButtonGroup").get_by_text("Indeks", exact=True).click()
    expect(page).not_to_have_url(address)


def test_a_choice_without_scripts_is_a_link(new_page: NewPage, server: Server) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(server.url + "/udforsk")
    before = _marks(page)
    _button(page, "Antal").click()
    expect(page).to_have_url(server.url + "/udforsk?vis=antal")
    expect(_button(page, "Antal")).to_have_class("valgt")
    assert _marks(page) != before


def test_a_choice_that_cannot_be_fetched_is_followed_as_a_link(
    new_page: NewPage, server: Server, console: list[str]
) -> None:
    page = new_page()
    refused: list[str] = []

    def once(route: Route) -> None:
        if refused or route.request.is_navigation_request():
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    with held_back(page, EVERYTHING):
        page.goto(server.url + "/udforsk", wait_until="commit")
        page.route(re.compile(r"vis=antal"), once)
        _button(page, "Antal").click()
        expect(page).to_have_url(server.url + "/udforsk?vis=antal")
        expect(_button(page, "Antal")).to_have_class("valgt")
    whole(page)
    assert refused
    console.clear()
