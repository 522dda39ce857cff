"""Every page in a real browser: nothing wider than a phone, and the same Danish for everyone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dashboard.sitemap import PAGES
from tests.browser.looking import too_wide, whole, words

Visit = Callable[[Page, str], Page]
NewPage = Callable[..., Page]

every_page = pytest.mark.parametrize("path", [f"/{page.path}" for page in PAGES])
PHONE, NARROWEST = {"width": 390, "height": 844}, {"width": 320, "height": 700}

ENGLISH = re.compile(
    r"\b(?:January|February|March|May|June|July|October|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Choose|Selected?|Remove|Search|Clear|Download|Loading|Running|Error|Close|Open|Fullscreen|Show|Hide|undefined|null|NaN)\b"
)
ENGLISH_NUMBER = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d])|\d\.\d\s?%")


@every_page
def test_a_phone_shows_the_page_without_scrolling_sideways(
    warm_page: NewPage, visit: Visit, path: str
) -> None:
    """At 320 px, which is 400 per cent on a desk, and at 390."""
    page = whole(visit(warm_page(viewport=NARROWEST, has_touch=True, is_mobile=True), path))
    assert not too_wide(page), "320 px"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert not too_wide(whole(page)), "390 px"


@every_page
def test_the_page_is_the_same_whatever_language_the_browser_speaks(
    warm_page: NewPage, visit: Visit, path: str
) -> None:
    danish = words(whole(visit(warm_page(), path)))
    others = [{"locale": "en-US", "timezone_id": "America/New_York"}]
    # What is drawn and written is the server's; one page with every kind of widget stands for a third language.
    others += [{"locale": "de-DE"}] if path == "/udforsk" else []
    for options in others:
        foreign = words(whole(visit(warm_page(**options), path)))
        for what, said in danish.items():
            assert foreign[what] == said, f"{what} differs for {options['locale']}"
    faults = [
        found[0]
        for text in (danish["text"], *danish["written"])
        for pattern in (ENGLISH, ENGLISH_NUMBER)
        for found in pattern.finditer(text)
    ]
    assert not faults
    named = [text for text in danish["named"] if ENGLISH.search(text)]
    assert not named, "names that only those who hear the page are told"
