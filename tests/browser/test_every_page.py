"""Every page in a real browser, opened once on a desk and once on a phone, and then looked at in many ways.

What a machine can judge of it: WCAG 2.1 A and AA, names and focus by keyboard, nothing wider than the screen,
the same Danish for everyone, no request out of the house, nothing in the console. INDBLIK_HELE=1 (`make pages`)
looks at every page in every combination; without it each combination is looked at on some of the pages.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from playwright.sync_api import Page as Tab

from dashboard.server.titles import html_title
from dashboard.sitemap import PAGES, Page
from tests.browser import axe
from tests.browser.conftest import watched
from tests.browser.looking import ENGLISH, ENGLISH_NAME, ENGLISH_NUMBER, too_wide, whole, words
from tests.browser.wayout import WayOut, way_out
from tests.running import Server

ALL = os.environ.get("INDBLIK_HELE") == "1"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
}  # fmt: skip
NARROWEST = {"width": 320, "height": 700}
"""A desk screen at 400 per cent."""
SPOKEN = [("/udforsk", "en-US"), ("/udforsk", "de-DE"), ("/", "en-US"), ("/hvad-nu-hvis", "en-US"), ("/kilder", "en-US")]  # fmt: skip
"""Pages with every kind of widget, and the languages of the browsers that they are opened in."""
if ALL:
    SPOKEN = [(f"/{page.path}", locale) for page in PAGES for locale in ("en-US", "de-DE")]
BESIDE = ("/tal/findes-ikke", "/del?til=/fleksjob", "/fremlaeg", "/findes-ikke")
"""Pages that need no Streamlit."""

_NAMES = """() => [...document.querySelectorAll("*")].flatMap(e =>
  ["aria-label", "title", "placeholder", "alt", "aria-roledescription", "aria-description"]
    .filter(a => e.getAttribute(a)).map(a => `${a}=${e.getAttribute(a)}`))"""
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


class House:
    """Opens pages in profiles that keep the site's files, with the way out and the console watched."""

    def __init__(self, browser: Browser, server: Server, way: WayOut) -> None:
        self._browser, self._server, self._way = browser, server, way
        self._profiles: dict[str, BrowserContext] = {}

    @contextmanager
    def opened(self, path: str, noise: str = "\0", **options: Any) -> Iterator[Tab]:
        """The page at an address; at the end only `noise` may be in the console, and nothing have left the house."""
        console: list[str] = []
        outside: list[str] = []
        tab = watched(self._profile(options).new_page(), console, outside)
        tab.goto(self._server.url + path)
        yield tab
        tab.close()
        told = [line for line in console if noise not in line]
        assert not told, "the browser's console:\n" + "\n".join(told)
        assert not outside + self._way.foreign()

    def close(self) -> None:
        """Close every profile."""
        for profile in self._profiles.values():
            profile.close()

    def _profile(self, options: dict[str, Any]) -> BrowserContext:
        options = {"locale": "da-DK", **DESK, **options, **self._way.options}
        name = repr(sorted(options.items(), key=repr))
        if name not in self._profiles:
            self._profiles[name] = self._browser.new_context(**options)
        return self._profiles[name]


@dataclass(frozen=True)
class Opened:
    """A page and the tab it is open in."""

    page: Page
    tab: Tab

    @property
    def number(self) -> int:
        """Where the page stands in the sitemap; every other page is looked at in the other colours."""
        return PAGES.index(self.page)


@pytest.fixture(scope="module")
def house(browser: Browser, server: Server) -> Iterator[House]:
    with way_out() as way:
        opens = House(browser, server, way)
        yield opens
        opens.close()


@pytest.fixture(scope="module", params=PAGES, ids=lambda page: page.path or "forside")
def page(request: pytest.FixtureRequest) -> Page:
    return request.param


@pytest.fixture(scope="module")
def desk(house: House, page: Page) -> Iterator[Opened]:
    """The page on a desk; every test leaves it as wide and as it opened."""
    with house.opened(f"/{page.path}") as tab:
        yield Opened(page, whole(tab))


@pytest.fixture(scope="module")
def phone(house: House, page: Page) -> Iterator[Opened]:
    """The page on a phone."""
    with house.opened(f"/{page.path}", **PHONE) as tab:
        yield Opened(page, whole(tab))


def _barriers(opened: Opened, schemes: tuple[str, ...]) -> None:
    faults: list[str] = []
    for scheme in schemes:
        opened.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        expect(opened.tab.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        whole(opened.tab)
        faults += [f"{scheme}: {one}" for one in axe.violations(opened.tab)]
    assert not faults, "\n" + "\n".join(faults)


def _schemes(first: bool) -> tuple[str, ...]:
    return ("light", "dark") if ALL else ("light",) if first else ("dark",)


def test_it_opens_from_its_address(desk: Opened) -> None:
    expect(desk.tab).to_have_title(html_title(desk.page))
    assert desk.tab.evaluate("document.documentElement.lang") == "da"
    expect(desk.tab.locator("h1")).to_have_count(1)


def test_it_is_written_in_danish(desk: Opened) -> None:
    danish = words(desk.tab)
    faults = [
        found[0]
        for text in (danish["text"], *danish["written"])
        for pattern in (ENGLISH, ENGLISH_NUMBER)
        for found in pattern.finditer(text)
    ]
    assert not faults
    named = [text for text in danish["named"] if ENGLISH.search(text)]
    assert not named, "names that only those who hear the page are told"


def test_every_control_has_a_name_and_shows_its_focus(desk: Opened) -> None:
    """Tab through the page: everything that takes focus has a name and can be seen to have it, and there is no trap."""
    stops: list[str] = []
    desk.tab.locator("body").press("Tab")
    for _ in range(40):
        stop = desk.tab.evaluate(_STOP)
        if stop is None:
            break
        assert stop["name"], f"no name: {stop['html']}"
        assert stop["seen"], f"focus cannot be seen: {stop['html']}"
        stops.append(stop["html"])
        desk.tab.keyboard.press("Tab")
    desk.tab.evaluate("document.activeElement.blur()")
    assert len(set(stops)) > 3, stops


def test_no_barrier_on_a_desk(desk: Opened) -> None:
    _barriers(desk, _schemes(first=desk.number % 2 == 0))


def test_a_phone_shows_it_without_scrolling_sideways(phone: Opened) -> None:
    assert not too_wide(phone.tab), "390 px"
    phone.tab.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    assert not too_wide(whole(phone.tab)), "320 px"
    phone.tab.set_viewport_size(PHONE["viewport"])


def test_no_barrier_on_a_phone(phone: Opened) -> None:
    _barriers(phone, _schemes(first=phone.number % 2 == 1))


@pytest.mark.parametrize(("path", "locale"), SPOKEN)
def test_it_says_the_same_whatever_language_the_browser_speaks(
    house: House, path: str, locale: str
) -> None:
    """Meeting rooms have English browsers."""
    with house.opened(path) as tab:
        danish = words(whole(tab))
    zone = {"timezone_id": "America/New_York"} if locale == "en-US" else {}
    with house.opened(path, locale=locale, **zone) as tab:
        foreign = words(whole(tab))
        for what, said in danish.items():
            assert foreign[what] == said, what
        names = set(tab.evaluate(_NAMES))
        assert not [name for name in names if ENGLISH_NAME.search(name.split("=", 1)[1])]
        text = tab.locator("body").inner_text().replace("Download", "")
        assert not ENGLISH_NAME.findall(text)


def test_the_other_pages_ask_nobody_either(house: House) -> None:
    """The fixtures see to it that none of those above does."""
    for path in BESIDE:
        with house.opened(path, noise="status of 404") as tab:
            expect(tab.locator("h1").first).to_be_visible()
