"""The panel of a figure: opens beside the page, takes focus, gives it back, tells when it cannot."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from contract import paths
from contract.release import current_id
from tests.running import Server

Visit = Callable[[Page, str], Page]


@pytest.fixture
def opened(page: Page, visit: Visit) -> Page:
    """The fleksjob page with the panel of its first figure."""
    visit(page, "/fleksjob")
    _first(page).click()
    expect(page.locator("#talpas")).to_be_visible()
    expect(page.locator("#talpas .talpas-indhold")).to_be_visible()
    return page


def _first(page: Page) -> Locator:
    return page.get_by_test_id("stMain").locator("a.tal").first


def test_it_takes_focus_and_gives_it_back(opened: Page) -> None:
    panel, link = opened.locator("#talpas"), _first(opened)
    expect(opened.locator("#talpas-titel")).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "true")
    opened.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    assert link.get_attribute("aria-expanded") is None
    link.press("Enter")
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Luk").click()
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()


def test_it_holds_every_row(opened: Page) -> None:
    text = opened.locator("#talpas").inner_text()
    for row in (
        "Kvalifikator",
        "Enhed",
        "Population",
        "Periode",
        "Definition",
        "Slags",
        "Dokument",
        "Sted",
    ):
        assert row in text
    assert opened.url.endswith("/fleksjob"), "the address of the page stays"


def test_the_page_beside_it_can_still_be_used(opened: Page) -> None:
    box, main = opened.locator("#talpas").bounding_box(), opened.locator("h1").bounding_box()
    assert box
    assert main
    assert box["x"] + box["width"] >= 1240
    assert 320 <= box["width"] <= 400
    opened.locator(".gruppe-knap").first.click()
    expect(opened.locator(".gruppe-sider").first).to_be_visible()


def test_a_figure_inside_it_opens_in_its_place(page: Page, visit: Visit) -> None:
    visit(page, "/fleksjob")
    panel = page.locator("#talpas")
    for link in page.get_by_test_id("stMain").locator("a.tal").all()[:12]:
        link.click()
        expect(panel.locator(".talpas-indhold")).to_be_visible()
        expect(panel.locator("#talpas-krop")).not_to_have_attribute("aria-busy", "true")
        if panel.locator("a.tal").count():
            before = panel.locator(".talpas-indhold").get_attribute("data-citation")
            panel.locator("a.tal").first.click()
            expect(panel.locator(".talpas-indhold")).not_to_have_attribute(
                "data-citation", str(before)
            )
            page.keyboard.press("Escape")
            expect(link).to_be_focused()
            return
        page.keyboard.press("Escape")
    pytest.skip("no figure of the page names another")


def test_another_page_closes_it(opened: Page) -> None:
    opened.locator(".navn").click()
    expect(opened.locator("#talpas")).to_be_hidden()
    expect(opened.locator("h1")).to_be_focused()


def test_it_shows_the_release_that_the_page_shows(page: Page, visit: Visit) -> None:
    release = current_id(paths.REPO / "data")
    visit(page, f"/fleksjob?d={release}")
    with page.expect_request(re.compile("/tal/")) as sent:
        _first(page).click()
    assert sent.value.url.endswith(f"?d={release}")


def test_the_citation_is_copied(opened: Page) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = opened.locator("#talpas").get_by_role("button", name="Kopiér henvisning")
    button.click()
    expect(opened.locator("#talpas").get_by_role("button", name="Kopieret")).to_be_visible()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied == opened.locator(".talpas-indhold").get_attribute("data-citation")
    assert "Kilde:" in copied


def test_without_a_clipboard_the_citation_is_shown_marked(opened: Page) -> None:
    opened.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('nej')); }"
    )
    opened.locator("#talpas").get_by_role("button", name="Kopiér henvisning").click()
    field = opened.locator("textarea.henvisning")
    expect(field).to_be_focused()
    assert opened.evaluate("getSelection().toString()") == field.input_value()


def test_when_it_cannot_be_fetched_there_is_a_link_to_the_page(
    page: Page, visit: Visit, console: list[str]
) -> None:
    visit(page, "/fleksjob")
    page.route("**/tal/**", lambda route: _fail(route))
    link = _first(page)
    link.click()
    alert = page.locator("#talpas").get_by_role("alert")
    expect(alert).to_contain_text("Talpasset kunne ikke hentes.")
    expect(alert.get_by_role("link")).to_have_attribute(
        "href", re.compile(str(link.get_attribute("href")) + "$")
    )
    console[:] = [line for line in console if "ERR_FAILED" not in line]


def _fail(route: Route) -> None:
    route.abort("failed")


def test_on_a_phone_it_is_a_sheet_at_the_bottom(
    new_page: Callable[..., Page], visit: Visit
) -> None:
    page = visit(new_page(viewport={"width": 390, "height": 844}), "/fleksjob")
    _first(page).click()
    expect(page.locator("#talpas .talpas-indhold")).to_be_visible()
    box = page.locator("#talpas").bounding_box()
    assert box
    assert box["width"] == 390
    assert abs(box["y"] + box["height"] - 844) < 2


def test_the_page_of_a_figure_works_without_scripts(
    new_page: Callable[..., Page], server: Server, visit: Visit
) -> None:
    with_scripts = visit(new_page(), "/fleksjob")
    address = _first(with_scripts).get_attribute("href")
    page = new_page(java_script_enabled=False)
    page.goto(server.url + str(address))
    expect(page.locator("h1")).to_have_text("Om tallet")
    expect(page.locator(".talpas-indhold")).to_be_visible()
    expect(page.locator("#menu").get_by_role("link", name="Fleksjob og ledighed")).to_be_visible()


def test_without_scripts_a_page_can_be_read(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(server.url + "/fleksjob")
    expect(page.locator(".uden-script")).to_contain_text("Siden kan læses uden JavaScript.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fleksjob og ledighed")
    expect(page.locator(".figurhoved h2")).to_have_count(3)
    expect(page.locator(".graf > svg.marks")).to_have_count(3)
    expect(page.locator('a[href^="/tal/"]').first).to_be_visible()
    tables = page.locator("noscript details, details").filter(has_text="Tabel")
    expect(tables.first).to_be_visible()
