"""When the connection fails: what is read stays, the page says in Danish what is wrong, and comes back by itself.

INDBLIK_OFFLINE_SEKUNDER says how long the net is away and the machine asleep (5; 60, 121 and 600 are worth a run of
their own).
"""

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import psutil
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import settled
from tests.browser.looking import ENGLISH_NAME, whole
from tests.browser.net import net
from tests.running import Server

Start = Callable[..., AbstractContextManager[Server]]
OFFLINE = float(os.environ.get("INDBLIK_OFFLINE_SEKUNDER", "5"))
BACK_MS = 20_000
WOKEN_SECONDS = 5.0
SLEEP = 7.0
"""Seconds of sleep that the page notices at least; INDBLIK_OFFLINE_SEKUNDER makes it longer."""
MAIN = "[data-testid=stMain]"
AT_ONCE = {"INDBLIK_LUK_SEKUNDER": "0"}
"""Do not go on serving for a while when told to stop."""


def _choose(page: Page, label: str, address: str) -> None:
    """Choose in a segmented control, and wait until the address holds it."""
    page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True).click()
    expect(page).to_have_url(re.compile(rf"vis={address}\b"))
    settled(page)


def _chosen(page: Page) -> list[str]:
    """What is chosen in the segmented controls, and the address."""
    pressed = page.locator("[aria-checked=true], [aria-pressed=true]").all_inner_texts()
    return [*pressed, re.sub(r"^.*//[^/]*", "", page.url)]


@pytest.mark.faults
def test_without_a_net_the_page_stays_and_comes_back(
    new_page: Callable[..., Page], server: Server, console: list[str]
) -> None:
    with net(server.port) as wire:
        page = new_page()
        page.goto(wire.url + "/udforsk")
        settled(page)
        _choose(page, "Antal", "antal")
        whole(page)
        before, text = _chosen(page), page.locator(MAIN).inner_text()
        notice = page.locator("#forbindelse")
        wire.cut()
        expect(notice).to_have_text(re.compile("^Forbindelsen er afbrudt"))
        page.wait_for_timeout(1000 * OFFLINE)
        assert page.locator(MAIN).inner_text() == text, "what was read can still be read"
        expect(notice).to_be_visible()
        wire.mend()
        expect(notice).to_be_hidden(timeout=BACK_MS)
        assert _chosen(whole(page)) == before
        assert page.locator(MAIN).inner_text() == text
        _choose(page, "Pr. 10.000", "pr10000")
        page.close()
    console.clear()


@pytest.mark.faults
def test_a_server_that_hangs_is_told_of_and_waited_for(
    start: Start, new_page: Callable[..., Page]
) -> None:
    with start() as server:
        page = new_page()
        page.goto(server.url + "/udforsk")
        settled(page)
        server.process.send_signal(signal.SIGSTOP)
        page.get_by_test_id("stButtonGroup").get_by_text("Antal", exact=True).click()
        notice = page.locator("#forbindelse")
        expect(notice).to_have_text("Serveren er længe om at svare. Vent et øjeblik …")
        assert not ENGLISH_NAME.search(page.locator("body").inner_text())
        server.process.send_signal(signal.SIGCONT)
        expect(notice).to_be_hidden()
        expect(page).to_have_url(re.compile(r"vis=antal\b"))
        settled(page)


@pytest.mark.faults
def test_a_line_that_goes_dead_without_a_word_is_found_out(
    new_page: Callable[..., Page], server: Server, console: list[str]
) -> None:
    """Neither end is told: first while the machine sleeps, then while the page is used."""
    with net(server.port) as wire:
        page = new_page()
        page.goto(wire.url + "/udforsk")
        settled(page)
        _choose(page, "Antal", "antal")
        whole(page)
        before, text = _chosen(page), page.locator(MAIN).inner_text()
        sockets: list[str] = []
        page.on("websocket", lambda opened: sockets.append(opened.url))

        wire.hush()
        _asleep(max(SLEEP, OFFLINE))
        wire.mend()
        woken = time.monotonic()
        _until(page, lambda: bool(sockets))
        whole(page)
        assert time.monotonic() - woken < WOKEN_SECONDS
        assert (_chosen(page), page.locator(MAIN).inner_text()) == (before, text)

        wire.hush()
        page.get_by_test_id("stButtonGroup").get_by_text("Pr. 10.000", exact=True).click()
        notice = page.locator("#forbindelse")
        expect(notice).to_have_text("Serveren er længe om at svare. Vent et øjeblik …")
        expect(notice).to_have_text(re.compile("^Forbindelsen er afbrudt"), timeout=30_000)
        assert page.locator("h1").inner_text() == "Udforsk"
        wire.cut()
        wire.mend()
        expect(notice).to_be_hidden(timeout=BACK_MS)
        # Nobody has heard of that choice: button, address and chart go on with the one before.
        _until(page, lambda: _chosen(page) == before)
        assert page.locator(MAIN).inner_text() == whole(page).locator(MAIN).inner_text() == text
        _choose(page, "Pr. 10.000", "pr10000")
        page.close()
    console.clear()


def _asleep(seconds: float) -> None:
    """Stop every process of the browser for a time, as a laptop's lid does."""
    parts = [one for one in psutil.Process().children(recursive=True) if "chrom" in one.name()]
    assert parts
    for one in parts:
        one.suspend()
    time.sleep(seconds)
    for one in parts:
        one.resume()


@pytest.mark.faults
def test_a_restart_brings_every_tab_back_to_its_view(
    start: Start, new_page: Callable[..., Page], console: list[str]
) -> None:
    """Stopped as an update does it, and then as a crash does it."""
    views = {"/udforsk": ("Antal", "antal"), "/hvad-nu-hvis": ("Fleksjobledighed", "fleksjob")}
    with start(AT_ONCE) as server:
        pages = [new_page() for _ in views]
        for page, (path, choice) in zip(pages, views.items(), strict=True):
            page.goto(server.url + path)
            settled(page)
            _choose(page, *choice)
            whole(page)
        before = [(_chosen(page), page.locator(MAIN).inner_text()) for page in pages]
        _stopped(server, signal.SIGTERM, pages)
    with start(AT_ONCE, port=server.port) as second:
        _back(pages, before)
        _stopped(second, signal.SIGKILL, pages)
    with start(port=server.port):
        _back(pages, before)
        for page in pages:
            page.close()
    console.clear()


def _stopped(server: Server, how: signal.Signals, pages: list[Page]) -> None:
    server.process.send_signal(how)
    server.process.wait(20)
    for page in pages:
        expect(page.locator("#forbindelse")).to_have_text(re.compile("^Forbindelsen er afbrudt"))
        expect(page.locator("h1")).to_be_visible()


def _back(pages: list[Page], before: list[tuple[list[str], str]]) -> None:
    for page in pages:
        expect(page.locator("#forbindelse")).to_be_hidden(timeout=BACK_MS)
        whole(page)
    assert [(_chosen(page), page.locator(MAIN).inner_text()) for page in pages] == before


def _loads(page: Page) -> list[str]:
    seen: list[str] = []
    page.on("load", lambda _: seen.append(page.url))
    return seen


@pytest.mark.faults
def test_a_script_file_that_is_gone_loads_the_page_once_more(
    new_page: Callable[..., Page], server: Server, console: list[str]
) -> None:
    """As after a redeploy: the files of the page that is open are no longer on the server."""
    page = new_page()
    page.goto(server.url + "/om")
    settled(page)
    loads, gone = _loads(page), []

    def missing(route: Route) -> None:
        gone.append(route.request.url)
        route.fulfill(status=404, body="Findes ikke")

    widget = re.compile(r"/static/js/(?:Selectbox|Multiselect)[\w.-]*\.js")
    page.context.route(widget, missing)
    page.on("framenavigated", lambda _: page.context.unroute(widget) if gone else None)
    page.evaluate("history.pushState({}, '', '/udforsk')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate', {state: {indblik: true}}))")
    expect(page.get_by_test_id("stMultiSelect")).to_be_visible(timeout=BACK_MS)
    settled(page)
    assert gone, "the file was asked for"
    assert loads == [server.url + "/udforsk"]
    console.clear()


@pytest.mark.faults
def test_a_file_that_never_comes_is_told_and_not_asked_for_for_ever(
    new_page: Callable[..., Page], server: Server, console: list[str]
) -> None:
    page = new_page()
    page.goto(server.url + "/om")
    settled(page)
    loads = _loads(page)
    page.context.route(
        re.compile(r"/static/js/(?:Selectbox|Multiselect)[\w.-]*\.js"),
        lambda route: route.fulfill(status=404, body="Findes ikke"),
    )
    page.evaluate("history.pushState({}, '', '/udforsk')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate', {state: {indblik: true}}))")
    notice = page.locator("#forbindelse")
    expect(notice).to_contain_text("Noget af siden kunne ikke hentes.", timeout=BACK_MS)
    assert len(loads) <= 2
    page.close()  # React goes on telling the console what is missing
    console.clear()


@pytest.mark.faults
def test_new_files_and_too_many_cookies_after_a_restart(
    start: Start, new_page: Callable[..., Page], console: list[str]
) -> None:
    """New files are followed, once; cookies that keep the web socket shut are named instead of a spinner."""
    page = new_page()
    with start(AT_ONCE) as server:
        page.goto(server.url + "/udforsk")
        settled(page)
        _choose(page, "Antal", "antal")
        before = _chosen(page)
    expect(page.locator("#forbindelse")).to_be_visible()
    loads = _loads(page)

    def renamed(route: Route) -> None:
        """What the page's HTML would be in the next version: the script has another name."""
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("/static/js/index.", "/static/js/index.Ny")
        )

    page.route(re.compile(r"/udforsk"), renamed, times=1)
    with start(AT_ONCE, port=server.port):
        _until(page, lambda: bool(loads))
        settled(page)
        assert _chosen(page) == before
        page.context.add_cookies([
            {"name": f"a{n}", "value": "x" * 3000, "url": server.url} for n in range(3)
        ])  # fmt: skip
    with start(port=server.port):
        notice = page.locator("#forbindelse")
        expect(notice).to_contain_text("for mange cookies", timeout=BACK_MS)
        expect(page.locator("h1")).to_be_visible()
        assert len(loads) == 1
        page.reload()
        expect(page.locator("h1")).to_have_text("Browseren sender for mange cookies")
        page.context.clear_cookies()
        page.goto(server.url + "/udforsk")
        settled(page)
        page.close()
    console.clear()


def _until(page: Page, condition: Callable[[], bool]) -> None:
    until = time.monotonic() + BACK_MS / 1000
    while not condition():
        assert time.monotonic() < until
        page.wait_for_timeout(50)
