"""A chart is there before the server has answered: under a slider that is drawn, and for the choices of a list."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looking import whole

Visit = Callable[[Page, str], Page]


def test_a_chart_follows_the_slider_and_the_server_is_told_when_it_is_let_go(
    page: Page, visit: Visit
) -> None:
    whole(visit(page, "/hvad-nu-hvis"))
    chart = page.locator('#root .graf[data-figur="sagstal"]')
    field = page.get_by_test_id("stSlider").locator("input[type=range]").first
    address = page.url
    thumb = page.get_by_test_id("stSliderThumbValue").first.locator("xpath=..").bounding_box()
    assert thumb
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for _ in range(2):
        x -= 60
        page.mouse.move(x, y, steps=3)
        expect(chart).to_contain_text(f"Dit valg: {field.get_attribute('aria-valuetext')} mio. kr.")
    assert page.url == address, "the server does not know yet"
    page.mouse.up()
    expect(page).not_to_have_url(address)
    whole(page)
    chosen = field.get_attribute("aria-valuetext")
    expect(chart).to_contain_text(f"Dit valg: {chosen} mio. kr.")
    expect(page.locator("#root .figurhoved h2").first).to_contain_text(f"{chosen} mio. kr.")


def test_the_charts_of_a_list_are_asked_for_when_the_pointer_is_over_it(
    page: Page, visit: Visit
) -> None:
    whole(visit(page, "/udforsk"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_test_id("stSelectbox").first.locator("input").click()
    option = page.get_by_role("option").nth(3)
    with page.expect_response(
        lambda answer: "/graf/udforsk/" in answer.url and "fra=" in answer.url
    ):
        option.hover()
    before = [url for url in asked if "/graf/" in url]
    option.click()
    expect(page).to_have_url(re.compile("fra="))
    whole(page)
    assert [url for url in asked if "/graf/" in url] == before, "nothing more is fetched for it"
