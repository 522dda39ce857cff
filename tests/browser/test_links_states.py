"""Same link, same view: random states of every page that has choices, each opened in a browser of its own.

The address is made of values that are drawn at random. What the browser then shows is held against what
the page's topic makes of the same values, without server, address or browser in between: headings,
widgets, figures and the texts of every chart. INDBLIK_LINK_STATES says how many states (500: `make links`).
"""

import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from dashboard import link, read
from dashboard.link import Choice, Kind, Number, Values
from dashboard.picture import Picture
from dashboard.server import graphs
from dashboard.sitemap import PAGES, by_path
from dashboard.text import plain
from dashboard.topics import topic
from dashboard.widgets import widget_key
from tests.browser.conftest import WAIT_MS, settled
from tests.running import Server
from tests.screens import Screen, run

STATES = int(os.environ.get("INDBLIK_LINK_STATES", "12"))
SEED = int(os.environ.get("INDBLIK_LINK_SEED", "20261123"))

READ = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const text = (e) => e.textContent.replace(/\\s+/g, ' ').trim();
  const widget = (box) => {
    const all = (selector) => [...box.querySelectorAll(selector)].filter((e) => !e.closest('template'));
    if (all('[data-testid=stMultiSelect]').length) return all('[data-tag] [title]').map(text);
    if (all('[data-testid=stButtonGroup]').length) return all('[aria-pressed=true], [aria-checked=true]').map(text);
    if (all('[data-testid=stRadio]').length) return all('label[data-selected=true]').map(text);
    if (all('[data-testid=stSlider]').length) return all('[data-testid=stSliderThumbValue]').map(text);
    return all('input').map((e) => e.value);
  };
  const keyed = [...main.querySelectorAll('[class*="st-key-"]')];
  return {
    headings: [...main.querySelectorAll('h1, h2')].map((e) => [e.tagName, text(e)]),
    figures: [...main.querySelectorAll('a[href^="/tal/"]')].map((e) => [e.getAttribute('href'), text(e)]),
    notices: [...main.querySelectorAll('.besked')].map(text),
    charts: [...main.querySelectorAll('.graf svg')].map((svg) => ({
      width: Number(svg.getAttribute('width')), texts: [...svg.querySelectorAll('text')].map((e) => e.textContent),
    })),
    widgets: Object.fromEntries(keyed.flatMap((box) => {
      const name = [...box.classList].find((c) => c.startsWith('st-key-')).slice(7);
      return box.matches('[data-testid=stElementContainer], .stElementContainer') ? [[name, widget(box)]] : [];
    })),
    search: location.search,
  };
}"""


@dataclass(frozen=True)
class State:
    """A page and the values drawn for it."""

    path: str
    choices: Sequence[Kind]
    values: Values

    @property
    def params(self) -> dict[str, str]:
        """The full address's parameters. A number that has not been chosen says nothing."""
        written = link.write(self.values, self.choices, full=True)
        return {k: v for k, v in written.items() if v or isinstance(self._choice(k), Choice)}

    @property
    def address(self) -> str:
        """The full address."""
        return link.address(self.path, self.params)

    def _choice(self, key: str) -> Kind:
        return next(choice for choice in self.choices if choice.key == key)


def drawn(rng: random.Random, path: str) -> State:
    """A state of a page. Choices that depend on the first one are drawn after it."""
    release = read.current()
    first = topic(path).choices(release, {})[0]
    lead = _value(rng, first)
    choices = topic(path).choices(release, {first.key: [link.SEPARATOR.join(lead)]})
    return State(
        path, choices, {c.key: lead if c.key == first.key else _value(rng, c) for c in choices}
    )


def _value(rng: random.Random, choice: Kind) -> tuple[str, ...]:
    if isinstance(choice, Number):
        if choice.start is None and rng.random() < 0.25:
            return ()
        return (choice.text(choice.nearest(rng.uniform(choice.low, choice.high / 2))),)
    if not choice.many:
        return (rng.choice(list(choice.options)),)
    count = rng.randint(0 if rng.random() < 0.1 else 1, min(choice.most, len(choice.options)))
    chosen = rng.sample(list(choice.options), count)
    return tuple(chosen if choice.ordered else sorted(chosen, key=list(choice.options).index))


@cache
def states() -> list[State]:
    """The states of this run: every page with choices in turn."""
    rng = random.Random(SEED)
    with_choices = [page.path for page in PAGES if topic(page.path).choices(read.current(), {})]
    return [drawn(rng, with_choices[n % len(with_choices)]) for n in range(STATES)]


def texts_of(picture: Picture, width: int) -> list[str]:
    """The texts of a chart as the server draws it at a width."""
    tree = ElementTree.fromstring(graphs.svg(picture, width))
    return [unescape("".join(e.itertext())) for e in tree.iter("{http://www.w3.org/2000/svg}text")]


def shown_value(choice: Kind, value: tuple[str, ...]) -> list[str]:
    """What a widget says for a value."""
    if isinstance(choice, Number):
        return [choice.danish(float(value[0])) if value else ""]
    return [" ".join(choice.options[one].split()) for one in value]


def differences(state: State, seen: Mapping[str, Any], expected: Screen) -> list[str]:
    """What the browser shows otherwise than the values say; empty = the same view."""
    release = read.current()
    document = expected.document
    found: list[str] = []

    def compare(what: str, should: object, does: object) -> None:
        if should != does:
            found.append(f"{what}: {does!r} instead of {should!r}")

    def spaced(text: str) -> str:
        return " ".join(text.split())

    compare(
        "headings",
        [[h.tag.upper(), spaced(h.text)] for h in document.named("h1", "h2")],
        seen["headings"],
    )
    pictures = topic(state.path).pictures(release, state.values)
    compare("pictures", [p.finding for p in pictures], [p.finding for p in expected.pictures])
    for picture in pictures:
        if spaced(plain(release, picture.finding)) not in [text for _, text in seen["headings"]]:
            found.append(f"the finding «{plain(release, picture.finding)}» is no heading")
    compare("charts", len(pictures), len(seen["charts"]))
    for picture, chart in zip(pictures, seen["charts"], strict=False):
        should, does = texts_of(picture, int(chart["width"])), chart["texts"]
        if should != does:
            compare(f"texts of {picture.key}", should, does)
    figures = {
        (a.attributes["href"], spaced(a.text))
        for a in document.named("a")
        if a.attributes.get("href", "").startswith("/tal/")
    }
    compare("figures", figures, {(href, text) for href, text in seen["figures"]})
    compare(
        "notices", [], [n for n in seen["notices"] if "kunne ikke bruges" in n or "er rettet" in n]
    )
    compare("address", "?" + state.address.partition("?")[2], seen["search"])
    on_screen = 0
    for choice in state.choices:
        name = widget_key(state.path, choice.key).replace(".", "-")
        if name in seen["widgets"]:
            on_screen += 1
            compare(
                f"widget {choice.key}",
                shown_value(choice, state.values[choice.key]),
                [spaced(t) for t in seen["widgets"][name]],
            )
    if not on_screen and state.path != "spoergsmaal":
        found.append("no widget of the choices was found on the page")
    return found


def awaited(page: Page, state: State, expected: Screen, wait_ms: int = WAIT_MS) -> list[str]:
    """The differences that are left when the page has had time to draw; empty as soon as there are none."""
    settled(page)
    until = time.monotonic() + wait_ms / 1000
    while (found := differences(state, page.evaluate(READ), expected)) and time.monotonic() < until:
        page.wait_for_timeout(250)
    return found


@pytest.mark.parametrize("number", range(STATES))
def test_a_full_link_shows_the_same_view_in_another_browser(
    number: int, server: Server, new_page: Callable[..., Page]
) -> None:
    state = states()[number]
    given = parse_qs(state.address.partition("?")[2], keep_blank_values=True)
    values, aside = link.read(given, topic(state.path).choices(read.current(), given))
    assert (values, aside) == (state.values, [])
    assert (
        link.address(state.path, State(state.path, state.choices, values).params) == state.address
    )
    page = by_path(state.path)
    assert page
    expected = run(page, state.params)
    assert not expected.app.exception
    browser = new_page()
    browser.goto(server.url + state.address)
    found = awaited(browser, state, expected)
    assert not found, f"{state.address}\n" + "\n".join(found)
