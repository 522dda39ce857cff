"""Every page in a real browser: no machine-found barrier, nothing wider than a phone, Danish for everyone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.sitemap import PAGES
from tests.browser import axe
from tests.browser.looking import MAIN, too_wide, whole, words

Visit = Callable[[Page, str], Page]
NewPage = Callable[..., Page]

every_page = pytest.mark.parametrize("path", [f"/{page.path}" for page in PAGES])
MORE_VIEWS = [
    "/udforsk?vis=antal&o=101", "/udforsk?i=", "/udforsk?i=findes-ikke&o=999&vis=%3Cb%3E", "/kilder?emne=fleksjob",
    "/hvad-nu-hvis?vis=fleksjob&find1=10&find2=20&tab1=5&tab2=10&nye=10&ud=5",
]  # fmt: skip
"""States that a page does not show when it first opens: a choice, an empty one, a notice, a worked-out scenario."""
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 700}

ENGLISH = re.compile(
    r"\b(?:January|February|March|May|June|July|October|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Choose|Select|Search|Clear|Download|Loading|Running|Error|Close|Open|Fullscreen|Show|Hide|undefined|null|NaN)\b"
)
ENGLISH_NUMBER = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d])|\d\.\d\s?%")


@every_page
def test_no_barrier_that_a_machine_can_find(page: Page, visit: Visit, path: str) -> None:
    """axe-core, WCAG 2.1 A and AA, light and dark, wide and narrow."""
    whole(visit(page, path))
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
def test_no_barrier_in_other_states_of_a_page(page: Page, visit: Visit, path: str) -> None:
    whole(visit(page, path))
    assert not (faults := axe.violations(page)), "\n" + "\n".join(faults)


@every_page
def test_a_phone_shows_the_page_without_scrolling_sideways(new_page: NewPage, visit: Visit, path: str) -> None:
    page = whole(visit(new_page(viewport=PHONE, has_touch=True, is_mobile=True), path))
    assert not too_wide(page)
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    whole(page)
    assert not too_wide(page), "at 320 px, which is 400 per cent on a desk"


@every_page
def test_the_page_is_the_same_whatever_language_the_browser_speaks(new_page: NewPage, visit: Visit, path: str) -> None:
    said = {}
    for locale in ("da-DK", "en-US", "de-DE"):
        page = whole(visit(new_page(locale=locale, timezone_id="America/New_York" if locale == "en-US" else None), path))
        said[locale] = words(page)
        page.close()
    for locale in ("en-US", "de-DE"):
        for what, danish in said["da-DK"].items():
            assert said[locale][what] == danish, f"{what} differs for {locale}"
    shown = [said["da-DK"]["text"], *said["da-DK"]["written"]]
    faults = [found[0] for text in shown for pattern in (ENGLISH, ENGLISH_NUMBER) for found in pattern.finditer(text)]
    assert not faults
    named = [text for text in said["da-DK"]["named"] if ENGLISH.search(text)]
    assert not named, "names that only those who hear the page are told"


@every_page
def test_every_control_has_a_name_and_shows_its_focus(page: Page, visit: Visit, path: str) -> None:
    """Tab through the page: everything that takes focus has a name and can be seen to have it, and there is no trap."""
    whole(visit(page, path))
    stops: list[str] = []
    page.locator("body").press("Tab")
    for _ in range(40):
        stop = page.evaluate("""() => {
          const e = document.activeElement;
          if (e === document.body) return null;
          const style = getComputedStyle(e), box = e.getBoundingClientRect();
          const name = (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent || e.placeholder || e.title || "").trim();
          const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || e.closest("[data-baseweb], [data-testid^=st]") !== null;
          return { name, seen, size: box.width * box.height, html: e.outerHTML.slice(0, 120) };
        }""")
        if stop is None:
            break
        assert stop["name"], f"no name: {stop['html']}"
        assert stop["seen"], f"focus cannot be seen: {stop['html']}"
        stops.append(stop["html"])
        page.keyboard.press("Tab")
    assert len(set(stops)) > 3, stops


def test_the_whole_site_stays_on_its_own_server(page: Page, visit: Visit, outside: list[str]) -> None:
    whole(visit(page, "/"))
    for path in ("/udforsk", "/fleksjob"):
        whole(visit(page, path))
    expect(page.locator(MAIN)).to_be_visible()
    assert not outside
