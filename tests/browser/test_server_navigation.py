"""From page to page in a real browser: address, title, menu, focus, scrolling, back and forward."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.server.titles import html_title
from dashboard.sitemap import by_path
from tests.browser.conftest import settled
from tests.running import Server

Visit = Callable[[Page, str], Page]
NewPage = Callable[..., Page]


def _title(path: str) -> str:
    page = by_path(path)
    assert page
    return html_title(page)


def _scroll_top(page: Page) -> float:
    return float(page.get_by_test_id("stMain").evaluate("e => e.scrollTop"))


def _choose(page: Page, group: str, title: str) -> None:
    page.locator(".gruppe-knap", has_text=group).click()
    page.locator(".gruppe-sider").get_by_role("link", name=title, exact=True).click()


def test_the_very_first_visitor_of_a_server_gets_the_whole_page(
    start: Callable[..., object], new_page: NewPage
) -> None:
    """Streamlit's old automatic pages must not answer before st.navigation has been called once."""
    with start() as fresh:  # type: ignore[attr-defined]
        page = new_page()
        page.goto(fresh.url + "/om")
        settled(page)
        expect(page).to_have_title(_title("om"))
        expect(page.locator(".bund")).to_be_visible()
        page.close()


def test_a_link_changes_the_page_without_loading_the_site_again(page: Page, visit: Visit) -> None:
    visit(page, "/")
    page.evaluate("window.same = true")
    _choose(page, "Udvikling", "Fleksjob og ledighed")
    expect(page).to_have_url(re.compile("/fleksjob$"))
    expect(page).to_have_title(_title("fleksjob"))
    expect(page.locator("#bjaelke [aria-current=page]")).to_have_text("Fleksjob og ledighed")
    expect(page.locator(".menu-gruppe.aktuel .gruppe-knap")).to_have_text("Udvikling")
    expect(page.locator(".gruppe-knap[aria-expanded=true]")).to_have_count(0)
    settled(page)
    expect(page).to_have_title(_title("fleksjob"))
    assert page.evaluate("window.same") is True


def test_the_new_pages_heading_has_focus_at_the_top(page: Page, visit: Visit) -> None:
    visit(page, "/fleksjob")
    page.get_by_test_id("stMain").evaluate("e => e.scrollTo(0, 600)")
    _choose(page, "Forstå", "Begreber og kilder")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_have_text("Begreber og kilder")
    assert _scroll_top(page) == 0


def test_a_link_in_a_pages_text_works_like_the_menu(page: Page, visit: Visit) -> None:
    visit(page, "/fleksjob")
    page.evaluate("window.same = true")
    page.locator(".bund").get_by_role("link", name="Om Indblik").click()
    expect(page).to_have_title(_title("om"))
    settled(page)
    assert page.evaluate("window.same") is True


def test_back_and_forward_return_to_the_page_and_the_place(page: Page, visit: Visit) -> None:
    visit(page, "/fleksjob")
    page.get_by_test_id("stMain").evaluate("e => e.scrollTo(0, 500)")
    _choose(page, "Overblik", "Kort fortalt")
    expect(page).to_have_title(_title(""))
    settled(page)
    page.go_back()
    expect(page).to_have_title(_title("fleksjob"))
    expect(page.locator("#bjaelke [aria-current=page]")).to_have_text("Fleksjob og ledighed")
    settled(page)
    expect(page.get_by_test_id("stMain")).to_have_js_property("scrollTop", 500)
    page.go_forward()
    expect(page).to_have_title(_title(""))
    settled(page)


def test_the_query_of_a_link_reaches_the_page(page: Page, visit: Visit) -> None:
    visit(page, "/om")
    page.evaluate(
        "() => { const a = document.createElement('a'); a.href = '/udforsk?i=findes-ikke'; a.id = 'proeve';"
        " a.textContent = 'prøve'; document.querySelector('h1').after(a); }"
    )
    page.locator("#proeve").click()
    expect(page).to_have_title(_title("udforsk"))
    expect(page.locator(".besked").first).to_contain_text("findes-ikke")


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_new_tab_or_window_is_left_to_the_browser(
    page: Page, visit: Visit, modifier: str
) -> None:
    visit(page, "/fleksjob")
    with page.context.expect_page() as opened:
        page.locator(".navn").click(modifiers=[modifier])  # type: ignore[list-item]
    opened.value.wait_for_load_state()
    expect(page).to_have_title(_title("fleksjob"))


def test_a_link_in_a_page_that_is_not_connected_loads_it_in_full(
    server: Server, page: Page
) -> None:
    page.goto(server.url + "/findes-ikke")
    page.get_by_role("link", name="Fleksjob og ledighed").first.click()
    expect(page).to_have_title(_title("fleksjob"))
    settled(page)
    page.context.clear_cookies()


@pytest.fixture(autouse=True)
def _the_404_of_the_test_itself_is_no_error(console: list[str]) -> object:
    yield
    console[:] = [line for line in console if "status of 404" not in line]


def test_the_skip_link_comes_first_and_leads_to_the_heading(page: Page, visit: Visit) -> None:
    visit(page, "/fleksjob")
    page.locator("body").press("Tab")
    expect(page.locator(":focus")).to_have_text("Gå til indhold")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_text("Skip to main content")).to_be_hidden()


def test_the_menu_by_keyboard(page: Page, visit: Visit) -> None:
    visit(page, "/")
    group = page.locator(".gruppe-knap", has_text="Udvikling")
    links = group.locator("xpath=..").get_by_role("link")
    group.focus()
    page.keyboard.press("Enter")
    expect(group).to_have_attribute("aria-expanded", "true")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(links.last).to_be_focused()
    page.keyboard.press("Home")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(group).to_be_focused()
    page.keyboard.press("Escape")
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(group).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".gruppe-knap", has_text="Forstå")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(group).to_be_focused()
    page.keyboard.press("Space")
    expect(links.first).to_be_visible()
    links.last.focus()
    page.keyboard.press("Tab")
    expect(group).to_have_attribute("aria-expanded", "false")


def test_one_group_is_open_at_a_time_and_a_click_outside_closes_it(
    page: Page, visit: Visit
) -> None:
    visit(page, "/")
    first, second = page.locator(".gruppe-knap").nth(0), page.locator(".gruppe-knap").nth(1)
    first.click()
    second.click()
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(second).to_have_attribute("aria-expanded", "true")
    page.locator("h1").click()
    expect(second).to_have_attribute("aria-expanded", "false")


def test_the_menu_on_a_phone(new_page: NewPage, visit: Visit) -> None:
    page = visit(new_page(viewport={"width": 390, "height": 844}, has_touch=True), "/")
    menu, button = page.locator("#menu"), page.get_by_role("button", name="Menu")
    expect(menu).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    for link in menu.get_by_role("link").all():
        expect(link).to_be_visible()
        box = link.bounding_box()
        assert box
        assert box["height"] >= 43.5
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    menu.get_by_role("link", name="Fleksjob og ledighed").click()
    expect(page).to_have_title(_title("fleksjob"))
    expect(menu).to_be_hidden()
