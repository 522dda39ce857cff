"""«Del» in a browser: the dialog by click and by keyboard, copying, the QR code as it is shown, and what links keep."""

import io
import re
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from dashboard import read, releases
from tests.browser import axe
from tests.browser.conftest import settled
from tests.browser.looking import heading
from tests.running import Server

Visit = Callable[[Page, str], Page]
INSIDE = """() => {
  const at = document.activeElement;
  return at === document.body || document.querySelector("dialog.del").contains(at);
}"""
"""Whether focus is in the dialog, or (between its last and first part) with the browser itself."""
SHARE = "window.delt = null; navigator.share = (what) => { window.delt = what; return Promise.resolve(); };"
NEWEST = """() => {
  const link = Object.assign(document.createElement("a"),
    { href: "/fleksjob", className: "nyeste", textContent: "nyeste" });
  document.querySelector("[data-testid=stMain] h1").after(link);
}"""


def _dialog(page: Page) -> Locator:
    return page.locator("dialog.del")


def _ready(page: Page) -> Locator:
    expect(_dialog(page).locator(".del-indhold")).to_be_visible()
    return _dialog(page)


def _link(dialog: Locator) -> str:
    return dialog.get_by_label("Link", exact=True).locator("visible=true").input_value()


@pytest.fixture
def opened(page: Page, visit: Visit) -> Page:
    """The fleksjob page with the dialog of the whole page."""
    visit(page, "/fleksjob")
    page.locator(".del-knap").click()
    _ready(page)
    return page


def test_it_opens_by_click_and_holds_both_links(opened: Page, server: Server) -> None:
    dialog = _dialog(opened)
    short = releases.short(read.current().id)
    assert _link(dialog) == f"{server.url}/fleksjob?d={short}"
    dialog.get_by_label("Følg nyeste").check()
    assert _link(dialog) == f"{server.url}/fleksjob"
    assert opened.url == f"{server.url}/fleksjob", "the address of the page stays"
    dialog.get_by_role("button", name="Luk").click()
    expect(dialog).to_be_hidden()


def test_it_works_by_keyboard_alone(page: Page, visit: Visit, server: Server) -> None:
    visit(page, "/fleksjob")
    link = page.locator(".del-figur").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    dialog = _ready(page)
    expect(page.locator("#del-titel")).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Luk")).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_label("Præcis disse tal")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_label("Følg nyeste")).to_be_checked()
    assert _link(dialog) == f"{server.url}/fleksjob#timer"
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE), "focus stays in the dialog"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_the_link_is_copied_and_says_so(opened: Page) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog = _dialog(opened)
    link = _link(dialog)
    dialog.get_by_role("button", name="Kopiér link").click()
    expect(dialog.get_by_role("button", name="Kopieret")).to_be_visible()
    expect(dialog.get_by_role("status")).to_have_text("Kopieret.")
    assert opened.evaluate("navigator.clipboard.readText()") == link
    expect(dialog.get_by_role("button", name="Kopiér link")).to_be_visible()


def test_without_a_clipboard_it_is_copied_the_old_way_or_left_marked(opened: Page) -> None:
    opened.evaluate("""() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("nej"));
      document.execCommand = () => false;
    }""")
    dialog = _dialog(opened)
    dialog.get_by_role("button", name="Kopiér link").click()
    expect(dialog.get_by_role("status")).to_contain_text("markeret")
    field = dialog.get_by_label("Link", exact=True).locator("visible=true")
    expect(field).to_be_focused()
    assert field.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == _link(dialog)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_code_on_the_screen_holds_the_link(
    new_page: Callable[..., Page], visit: Visit, scheme: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    visit(page, "/udforsk")
    page.locator(".del-knap").click()
    dialog = _ready(page)
    for name in ("Præcis disse tal", "Følg nyeste"):
        dialog.get_by_label(name).check()
        code = dialog.locator(".del-qr").locator("visible=true")
        code.scroll_into_view_if_needed()
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())).convert("L"))
        assert [one.text for one in found] == [_link(dialog)]


def test_a_shared_view_opens_as_it_was(page: Page, visit: Visit) -> None:
    visit(page, "/udforsk?i=ledighedsydelse&vis=antal")
    shown = page.locator(".figurhoved h2").inner_text()
    page.locator(".del-knap").click()
    link = _link(_ready(page))
    assert "i=ledighedsydelse" in link
    page.goto(link)
    settled(page)
    expect(page.locator(".figurhoved h2")).to_have_text(shown)
    expect(page.locator(".besked")).to_have_count(0)


def test_what_was_chosen_on_the_page_is_in_the_link(page: Page, visit: Visit) -> None:
    visit(page, "/hvad-nu-hvis?k=5")
    page.locator(".del-figur").first.click()
    assert "k=5" in _link(_ready(page))


def test_on_a_phone_it_fills_the_screen(new_page: Callable[..., Page], visit: Visit) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    visit(page, "/fleksjob")
    button = page.locator(".del-knap")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    button.click()
    dialog = _ready(page)
    box = dialog.bounding_box()
    assert box
    assert (box["width"], box["height"]) == (390, 844)
    assert dialog.evaluate("e => e.scrollWidth <= e.clientWidth")
    small = dialog.locator("button:visible, a:visible, label:has(input):visible").evaluate_all(
        "all => all.filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.textContent)"
    )
    assert small == []


def test_the_phones_own_way_is_offered_only_where_there_is_one(
    new_page: Callable[..., Page], visit: Visit
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.add_init_script(SHARE)
    visit(page, "/fleksjob")
    page.locator(".del-knap").click()
    dialog = _ready(page)
    dialog.get_by_role("button", name="Del med en app på telefonen").click()
    assert page.evaluate("window.delt.url") == _link(dialog)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_keeps_the_rules_of_accessibility(
    new_page: Callable[..., Page], visit: Visit, scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    visit(page, "/fleksjob")
    page.locator(".del-figur").first.click()
    _ready(page)
    assert axe.violations(page) == []


def test_the_page_of_its_own_works_without_scripts(
    new_page: Callable[..., Page], server: Server
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server.url}/del?til=/fleksjob&figur=timer")
    expect(page.get_by_role("heading", name="Del", exact=True)).to_be_visible()
    expect(page.locator("#del-link-fast")).to_be_visible()
    expect(page.locator("#del-link-nyeste")).to_be_hidden()
    page.get_by_label("Følg nyeste").check()
    expect(page.locator("#del-link-nyeste")).to_be_visible()
    expect(page.locator("#del-link-fast")).to_be_hidden()


def test_links_between_pages_keep_the_release_and_what_the_page_knows(
    page: Page, visit: Visit
) -> None:
    short = releases.short(read.current().id)
    visit(page, f"/udforsk?o=101&d={short}")
    page.locator(".bund a[href^='/om']").click()
    expect(page).to_have_url(re.compile(rf"/om\?d={short}$"))
    expect(heading(page)).to_have_text("Om Indblik")
    visit(page, f"/voksne?d={short}")
    page.locator('a[href^="/udforsk?i=status-efter-kontanthjaelp"]').click()
    expect(page).to_have_url(re.compile(rf"/udforsk\?i=status-efter-kontanthjaelp&d={short}$"))


def test_the_way_to_the_newest_figures_drops_the_release(page: Page, visit: Visit) -> None:
    short = releases.short(read.current().id)
    visit(page, f"/fleksjob?d={short}")
    page.evaluate(NEWEST)
    page.get_by_role("link", name="nyeste", exact=True).click()
    expect(page).to_have_url(re.compile(r"/fleksjob$"))


def test_a_link_to_a_figure_shows_the_figure(page: Page, visit: Visit) -> None:
    visit(page, "/fleksjob#tilgang")
    expect(page.locator("#tilgang")).to_be_in_viewport()
    page.wait_for_timeout(600)
    expect(page.locator("#tilgang")).to_be_in_viewport()
