"""«Tag med hjem» in a browser: a folder that is made, cancelled, and opened where there is no net."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.running import Server

SHEET = "/fremlaeg?k=fleksjob_timer~unge_sagstal~kort-fortalt&t1="
TITLE = "Et møde i prøven"


def _file(page: Page, name: str) -> bytes:
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name=name).first.click()
    return Path(download.value.path()).read_bytes()


def test_the_folder_opens_without_a_net(
    new_page: Callable[..., Page], browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = new_page()
    page.goto(f"{server.url}{SHEET}{TITLE}")
    raw = _file(page, "Mødemappe")
    expect(page.locator("#hentning-besked")).to_have_text("Mødemappe (zip) er hentet.")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        archive.extractall(tmp_path)
    for width, height in ((1280, 800), (390, 844)):
        context = browser.new_context(offline=True, viewport={"width": width, "height": height})
        asked: list[str] = []
        context.on("request", lambda request, asked=asked: asked.append(request.url))
        offline = context.new_page()
        offline.goto((tmp_path / "index.html").as_uri())
        headings = offline.locator("section h2")
        expect(headings.first).to_have_text(TITLE)
        expect(offline.locator("header li")).to_have_count(3)
        expect(offline.locator("figure svg:visible")).to_have_count(2)
        assert offline.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert offline.evaluate("[...document.fonts].every((font) => font.status !== 'error')")
        assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
        assert not (faults := axe.violations(offline)), "\n".join(faults)
        context.close()


def test_it_can_be_cancelled(page: Page, server: Server) -> None:
    page.goto(f"{server.url}{SHEET}Fortrudt")
    page.get_by_role("link", name="Mødemappe").first.click()
    expect(page.locator("#hentning-maaler")).to_be_visible()
    page.get_by_role("button", name="Annullér").click()
    expect(page.locator("#hentning-besked")).to_have_text("Mødemappe (zip) er annulleret.")
    expect(page.locator("#hentning")).to_be_hidden()


def test_long_talking_points_of_ones_own_come_along(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/fremlaeg?k=fleksjob_timer")
    page.get_by_role("button", name="Kopiér til min køreplan").first.click()
    talk = ("Et talepunkt, der er for langt til et link. " * 5).strip()
    field = page.locator("[data-felt=tale]")
    field.fill(talk)
    field.blur()
    expect(page.locator("#egen-besked")).to_have_text("Gemt i denne browser.")
    with page.expect_download(timeout=60_000) as download:
        page.locator("#egen-plan").get_by_role("link", name="PowerPoint").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert talk in archive.read("ppt/notesSlides/notesSlide1.xml").decode()


def test_without_scripts_the_link_gives_the_file(
    new_page: Callable[..., Page], server: Server
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server.url}/fremlaeg?k=fleksjob_timer")
    assert _file(page, "PowerPoint").startswith(b"PK")
