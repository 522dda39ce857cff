"""No barrier that a machine can find, on any page: WCAG 2.1 A and AA, names and focus by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.sitemap import PAGES
from tests.browser import axe
from tests.browser.looking import whole

Visit = Callable[[Page, str], Page]
NewPage = Callable[..., Page]

every_page = pytest.mark.parametrize("path", [f"/{page.path}" for page in PAGES])
MORE_VIEWS = [
    "/udforsk?vis=antal&o=101", "/udforsk?i=", "/udforsk?i=findes-ikke&o=999&vis=%3Cb%3E", "/kilder?emne=fleksjob",
    "/hvad-nu-hvis?vis=fleksjob&find1=10&find2=20&tab1=5&tab2=10&nye=10&ud=5",
]  # fmt: skip
"""States that a page does not show when it first opens: a choice, an empty one, a notice, a worked-out scenario."""
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
_STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const style = getComputedStyle(stop);
  const name = stop.getAttribute("aria-label") || stop.labels?.[0]?.textContent || stop.textContent || stop.placeholder;
  // Streamlit draws the focus of a field on the box around it
  const boxed = stop.closest("[data-testid^=st]") !== null && stop.matches("input, textarea, [role]");
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || boxed;
  return { name: (name ?? "").trim(), seen, html: stop.outerHTML.slice(0, 160) };
}"""


@every_page
def test_no_barrier_that_a_machine_can_find(warm_page: NewPage, visit: Visit, path: str) -> None:
    """axe-core, WCAG 2.1 A and AA, light and dark, wide and narrow."""
    page = whole(visit(warm_page(), path))
    faults = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
            whole(page)
            faults += [f"{scheme}, {size['width']} wide: {one}" for one in axe.violations(page)]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("path", MORE_VIEWS)
def test_no_barrier_in_other_states_of_a_page(warm_page: NewPage, visit: Visit, path: str) -> None:
    page = whole(visit(warm_page(), path))
    assert not (faults := axe.violations(page)), "\n" + "\n".join(faults)


def test_no_barrier_behind_the_tabs_of_a_chart_and_in_a_talpas(
    warm_page: NewPage, visit: Visit
) -> None:
    page = whole(visit(warm_page(), "/fleksjob"))
    figure, faults = page.locator(".st-key-figur-niveau"), []
    for name in ("Tabel", "Hent", "Om tallet"):
        figure.get_by_role("tab", name=name).click()
        expect(figure.get_by_role("tabpanel", name=name)).to_be_visible()
        faults += [f"{name}: {one}" for one in axe.violations(page)]
    page.locator(".niveau a.tal").first.click()
    expect(page.get_by_role("dialog", name="Om tallet").locator("dl")).to_be_visible()
    faults += [f"talpas: {one}" for one in axe.violations(page)]
    assert not faults, "\n" + "\n".join(faults)


@every_page
def test_every_control_has_a_name_and_shows_its_focus(
    warm_page: NewPage, visit: Visit, path: str
) -> None:
    """Tab through the page: everything that takes focus has a name and can be seen to have it, and there is no trap."""
    page = whole(visit(warm_page(), path))
    stops: list[str] = []
    page.locator("body").press("Tab")
    for _ in range(40):
        stop = page.evaluate(_STOP)
        if stop is None:
            break
        assert stop["name"], f"no name: {stop['html']}"
        assert stop["seen"], f"focus cannot be seen: {stop['html']}"
        stops.append(stop["html"])
        page.keyboard.press("Tab")
    assert len(set(stops)) > 3, stops
