"""What a visitor does and sees, in words: waiting for a chart, reading the page, opening the menu."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settled

CHART = "[data-testid=stVegaLiteChart] svg.marks"
MENU = "#bjaelke"

_WORDS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const written = [...main.querySelectorAll("svg text")].map((t) => t.textContent);
  const named = [...document.querySelectorAll("[aria-label], [placeholder], [title]")].flatMap((e) =>
    ["aria-label", "placeholder", "title"].map((n) => e.getAttribute(n) ?? ""));
  return { title: document.title, text: main.innerText, written, named, lang: document.documentElement.lang };
}"""


def heading(page: Page) -> Locator:
    """The page's one first-level heading."""
    return page.locator("[data-testid=stMain] h1")


def finding(page: Page) -> Locator:
    """The heading of the first chart."""
    return page.locator(".figurhoved h2").first


def charts_drawn(page: Page) -> None:
    """Wait until every chart in sight has been drawn."""
    for chart in page.locator("[data-testid=stVegaLiteChart]:visible").all():
        expect(chart.locator("svg.marks")).to_be_visible()


def words(page: Page) -> dict[str, Any]:
    """Everything the page says: its text, what is written in charts, names for those who hear it."""
    return dict(page.evaluate(_WORDS))


def scrolls_sideways(page: Page) -> list[str]:
    """The elements that make the page wider than the screen; empty when it is not."""
    return list(page.evaluate("""() => {
      const main = document.querySelector('[data-testid="stMain"]');
      const wide = (e) => e.scrollWidth > e.clientWidth + 1;
      if (!wide(main) && !wide(document.documentElement)) return [];
      const edge = main.clientWidth;
      return [...main.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > edge + 1)
        .slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} ${Math.round(e.getBoundingClientRect().right)} > ${edge}`);
    }"""))


def choose(page: Page, name: str) -> None:
    """Press one of the buttons of a choice, and wait for the page to answer."""
    page.get_by_role("radio", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True)).first.click()


def address_holds(page: Page, *parts: str) -> None:
    """Wait until the address holds every part."""
    for part in parts:
        expect(page).to_have_url(re.compile(re.escape(part)))


def address_without(page: Page, part: str) -> None:
    """Wait until the address no longer holds a part."""
    expect(page).not_to_have_url(re.compile(re.escape(part)))


def reload(page: Page, url: str) -> None:
    """Open a full address and wait until its script has run."""
    page.goto(url)
    settled(page)
