"""Fremlæg in a browser: steps, keys, sizes, the window with notes, those who follow, and one's own run sheet."""

import io
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from contract import paths
from contract.release import current_id
from dashboard import read
from tests.browser import axe
from tests.running import Server

NewPage = Callable[..., Page]
SHEET = read.load(current_id(paths.REPO / "data")).runsheets[0]
COUNT = len(SHEET.items)
STAGE = f"/fremlaeg/vis?k={SHEET.id}&nr=1"
SIZES = [(1024, 768), (1280, 720), (1920, 1080)]
SLOWEST_STEP_MS = 150

_STEP = """async () => {
  const before = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  document.querySelector(".skaerm:not([hidden])").getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - before;
}"""
_LOOK = """() => {
  const screen = document.querySelector(".skaerm:not([hidden])");
  const unit = Math.min(innerWidth / 1280, innerHeight / 720);
  const sizes = [];
  for (const text of screen.querySelectorAll("svg text")) {
    if (text.textContent.trim()) sizes.push([parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a / unit, text.textContent]);
  }
  for (const part of screen.querySelectorAll("h2, p, b")) sizes.push([parseFloat(getComputedStyle(part).fontSize) / unit, part.textContent]);
  const over = [];
  for (const part of screen.querySelectorAll("h2, p, svg, .fod")) {
    const box = part.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) over.push(part.textContent || part.tagName);
  }
  for (const text of screen.querySelectorAll(".graf svg text")) {
    const box = text.getBoundingClientRect(), room = text.closest("svg").getBoundingClientRect();
    if (box.right > room.right + 2 || box.left < room.left - 2) over.push(`cut: ${text.textContent}`);
  }
  const content = screen.querySelector(".indhold");
  if (content.scrollHeight > content.clientHeight + 1) over.push("the content is higher than its room");
  return { small: sizes.filter(([size, text]) => text.trim() && size < 21.95), over };
}"""


def _open(page: Page, server: Server, path: str = STAGE) -> Page:
    page.goto(server.url + path, timeout=60_000)  # the first one draws all pictures
    expect(page.locator("h1")).to_be_attached()
    return page


def _number(page: Page, number: int) -> None:
    expect(page.locator(f"#skaerm-{number}")).to_be_visible()
    expect(page.locator(".skaerm:visible")).to_have_count(1)


def test_a_step_is_quick_and_whole(page: Page, server: Server) -> None:
    """From the key to the painted frame; the quicker of two passes, since other work may hold the machine."""
    passes = []
    for _ in range(2):
        _open(page, server)
        times = []
        for number in range(2, COUNT + 1):
            times.append(page.evaluate(_STEP))
            _number(page, number)
        passes.append(times)
    best = [min(pair) for pair in zip(*passes, strict=True)]
    assert max(best) < SLOWEST_STEP_MS, passes


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_screen_fits_and_can_be_read(
    new_page: NewPage, server: Server, width: int, height: int
) -> None:
    page = _open(new_page(viewport={"width": width, "height": height}), server)
    for number in range(1, COUNT + 1):
        seen = page.evaluate(_LOOK)
        assert not seen["small"] and not seen["over"], (number, seen)
        page.keyboard.press("ArrowRight")


def test_the_keys(page: Page, server: Server) -> None:
    _open(page, server)
    for key, number in (
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        (" ", 2),
        ("PageDown", 3),
        ("PageUp", 2),
        ("End", COUNT),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        page.keyboard.press(key)
        _number(page, number)
        assert f"nr={number}" in page.url
    panel = page.locator("#panel")
    for key, heading in (
        ("k", "Kilder"),
        ("q", "Åbn visningen"),
        ("n", "Talepunkt"),
        ("?", "Taster"),
    ):
        page.keyboard.press(key)
        expect(panel.get_by_role("heading", level=2)).to_have_text(heading)
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
    page.keyboard.press("b")
    expect(page.locator("#sort")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("#sort")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(rf"/fremlaeg\?k={SHEET.id}&d="))


def test_the_whole_way_of_a_presenter(new_page: NewPage, server: Server) -> None:
    """Run sheet → stage → full screen → every screen → QR code of the last one → back to the run sheet."""
    page = new_page(viewport={"width": 1280, "height": 720}, has_touch=True)
    _open(page, server, "/fremlaeg")
    page.locator(".plan-knapper a.knap").first.click()
    _number(page, 1)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    for number in range(2, COUNT + 1):
        page.keyboard.press("PageDown")
        _number(page, number)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("q")
    code = page.locator("#panel .stor-qr")
    expect(code).to_be_visible()
    written = page.locator("#panel .adresse").inner_text()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())).convert("L"))
    assert [one.text for one in found] == [written]
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/fremlaeg\?"))
    opened = new_page()
    opened.goto(written)
    expect(opened.locator("h1").first).to_be_visible()


def test_a_finger_turns_the_screens(new_page: NewPage, server: Server) -> None:
    page = new_page(viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True)
    _open(page, server)
    touch = page.context.new_cdp_session(page)
    for begin, end, number in ((600, 200, 2), (200, 600, 1)):
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": begin, "y": 200}]})  # fmt: skip
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end, "y": 200}]})  # fmt: skip
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        _number(page, number)


def test_the_sources_follow_the_screen(page: Page, server: Server) -> None:
    _open(page, server)
    page.keyboard.press("k")
    first = page.locator("#panel-krop").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel-krop").inner_text() != first
    expect(page.locator("#panel-krop a").first).to_have_attribute("target", "_blank")


def test_the_address_opens_the_same_screen(page: Page, server: Server) -> None:
    _open(page, server)
    page.keyboard.press("End")
    _open(page, server, page.url.removeprefix(server.url))
    _number(page, COUNT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_that_a_machine_can_find(new_page: NewPage, server: Server, scheme: str) -> None:
    page = new_page(
        viewport={"width": 1280, "height": 720}, color_scheme=scheme, reduced_motion="reduce"
    )
    faults = []
    for path in (STAGE, f"/fremlaeg/talepapir?k={SHEET.id}", "/fremlaeg"):
        _open(page, server, path)
        faults += [f"{path}: {one}" for one in axe.violations(page)]
    _open(page, server)
    for key in ("ArrowRight", "k", "q", "?"):
        page.keyboard.press(key)
        page.mouse.move(200, 200)
        page.wait_for_timeout(300)
        faults += [f"{key}: {one}" for one in axe.violations(page)]
    assert not faults, "\n".join(faults)


def test_the_notes_follow_and_steer(page: Page, server: Server) -> None:
    _open(page, server)
    notes = page.context.new_page()
    _open(notes, server, f"/fremlaeg/talepapir?k={SHEET.id}")
    sheet = notes.locator("#talepapir")
    page.keyboard.press("ArrowRight")
    expect(sheet).to_have_attribute("data-nr", "2")
    notes.keyboard.press("ArrowRight")
    _number(page, 3)
    expect(sheet).to_have_attribute("data-nr", "3")


def _follow(page: Page, new_page: NewPage, server: Server) -> Page:
    _open(page, server)
    page.mouse.move(300, 300)
    page.get_by_role("button", name="Følg med").click()
    address = page.locator("#panel-krop .adresse").inner_text()
    page.keyboard.press("Escape")
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.goto(address)
    expect(phone.locator("#foelger")).to_have_attribute("data-nr", "1")
    phone.wait_for_timeout(500)
    return phone


def test_a_follower_is_there_within_a_second(page: Page, new_page: NewPage, server: Server) -> None:
    phone = _follow(page, new_page, server)
    for key, number in (("ArrowRight", "2"), ("End", str(COUNT)), ("Home", "1")):
        start = time.monotonic()
        page.keyboard.press(key)
        expect(phone.locator("#foelger")).to_have_attribute("data-nr", number, timeout=1000)
        assert time.monotonic() - start < 1
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not (faults := axe.violations(phone)), "\n".join(faults)


def test_a_follower_may_look_around_and_come_back(
    page: Page, new_page: NewPage, server: Server
) -> None:
    phone = _follow(page, new_page, server)
    phone.get_by_role("button", name="Næste").click()
    page.keyboard.press("End")
    expect(phone.locator("#tilstand")).to_contain_text(f"skærm {COUNT}")
    expect(phone.locator("#foelger")).to_have_attribute("data-nr", "2")
    phone.get_by_role("button", name="Følg igen").click()
    expect(phone.locator("#foelger")).to_have_attribute("data-nr", str(COUNT))


def test_ones_own_run_sheet(page: Page, server: Server) -> None:
    _open(page, server, "/fremlaeg")
    page.get_by_role("button", name="Kopiér til min køreplan").click()
    rows: Any = page.locator("#egen-plan [data-ref]")
    expect(rows).to_have_count(COUNT)
    second = rows.nth(1).get_attribute("data-ref")
    page.get_by_role("button", name="Flyt skærm 1 ned").click()
    expect(rows.first).to_have_attribute("data-ref", second)
    expect(page.get_by_role("button", name="Flyt skærm 2 ned")).to_be_focused()
    page.get_by_role("button", name="Fjern skærm 2").click()
    expect(rows).to_have_count(COUNT - 1)
    page.locator("[data-felt=titel]").first.fill("Min <b>egen</b> overskrift")
    page.locator("[data-felt=tale]").first.fill(
        "Et langt talepunkt, som ikke kan være i linket. " * 5
    )
    page.locator("[data-felt=tale]").first.blur()
    expect(page.locator("#link-egen")).to_have_value(re.compile("t1="))
    page.locator("#egen-plan a.knap").click()
    expect(page.locator(".skaerm:visible .budskab")).to_have_text("Min <b>egen</b> overskrift")
    page.keyboard.press("n")
    expect(page.locator("#panel-krop")).to_contain_text("Et langt talepunkt")


def test_a_figure_is_added_from_its_page(
    page: Page, server: Server, visit: Callable[[Page, str], Page]
) -> None:
    visit(page, "/fleksjob")
    page.locator(".figurhoved .koereplan-knap").nth(1).click()
    expect(page.locator(".figurhoved .koereplan-knap").nth(1)).to_contain_text("I køreplan")
    page.goto(server.url + "/fremlaeg")
    expect(page.locator("#egen-plan [data-ref]")).to_have_attribute("data-ref", "fleksjob_timer")


def test_the_stage_works_without_scripts(new_page: NewPage, server: Server) -> None:
    page = _open(
        new_page(java_script_enabled=False, viewport={"width": 1280, "height": 720}), server
    )
    page.get_by_role("link", name="Næste").click()
    _number(page, 2)
