"""What a visitor does and sees: waiting until a page is whole, reading it, its width."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settled

MAIN = "[data-testid=stMain]"
ENGLISH = re.compile(
    r"\b(?:January|February|March|May|June|July|October|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Choose|Selected?|Remove|Search|Clear|Download|Loading|Running|Error|Close|Open|Fullscreen|Show|Hide|undefined|null|NaN)\b"
)
ENGLISH_NAME = re.compile(
    r"\b(?:open|close|dismiss|choose|show|download|copy|link to|fullscreen|search|visualization|axis titled|"
    r"mark container|increment|decrement|clear|options?|streamlit|skip to|running|connecting|loading|error)\b",
    re.IGNORECASE,
)
ENGLISH_NUMBER = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d])|\d\.\d\s?%")
_WORDS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const named = [...document.querySelectorAll("[aria-label], [placeholder], [title]")]
    .filter((element) => element.getClientRects().length)
    .flatMap((element) => ["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name)))
    .filter(Boolean);
  return {
    title: document.title, lang: document.documentElement.lang, text: main.innerText, named,
    written: [...main.querySelectorAll("svg.marks text")].map((text) => text.textContent),
  };
}"""
_TOO_WIDE = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const wide = (element) => element.scrollWidth > element.clientWidth + 1;
  if (!wide(main) && !wide(document.documentElement)) return [];
  const right = (element) => Math.round(element.getBoundingClientRect().right);
  const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} to ${right(e)} px`;
  const outside = [...main.querySelectorAll("*")].filter((element) => right(element) > main.clientWidth + 1);
  return ["wider than the screen", ...outside.slice(0, 6).map(name)];
}"""


def whole(page: Page) -> Page:
    """Wait until the page is drawn to its foot: script run, parts loaded, charts in sight drawn, fonts there."""
    settled(page)
    expect(page.locator("footer.bund")).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator(".graf[aria-busy=true]:visible")).to_have_count(0)
    for chart in page.locator(".graf:visible").all():
        expect(chart.locator("svg.marks").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    return page


def heading(page: Page) -> Locator:
    """The page's first-level heading."""
    return page.locator(f"{MAIN} h1")


def finding(page: Page) -> Locator:
    """The heading of the first chart."""
    return page.locator(".figurhoved h2").first


def words(page: Page) -> dict[str, Any]:
    """All that the page says: its text, what charts write, names for those who hear it."""
    return dict(page.evaluate(_WORDS))


def too_wide(page: Page) -> list[str]:
    """What makes the page wider than the screen; empty when nothing does."""
    return list(page.evaluate(_TOO_WIDE))


def address_holds(page: Page, *parts: str) -> None:
    """Wait until the address holds every part."""
    for part in parts:
        expect(page).to_have_url(re.compile(re.escape(part)))


def address_lacks(page: Page, part: str) -> None:
    """Wait until the address no longer holds a part."""
    expect(page).not_to_have_url(re.compile(re.escape(part)))
