"""Every page as a session runs it, once a process: its HTML blocks, its pictures, its words.

Pages run through Streamlit's own AppTest, without server or browser.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from dashboard import figure
from dashboard.figure import Picture
from dashboard.sitemap import PAGES, Page

REPO = Path(__file__).resolve().parents[1]
TIMEOUT = 60
PagesManager.uses_pages_directory = False
logging.getLogger("streamlit").setLevel(logging.ERROR)

_BLOCKS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "table",
        "caption",
        "tr",
        "td",
        "th",
        "footer",
        "header",
        "nav",
        "figure",
        "figcaption",
        "details",
        "summary",
        "br",
        "blockquote",
        "main",
        "button",
        "label",
        "option",
    }
)
_EMPTY = frozenset({"br", "img", "hr", "input", "meta", "link", "wbr", "source", "col"})


@dataclass(frozen=True)
class Element:
    """One element of the HTML: tag, attributes, and the text inside it (links and all)."""

    tag: str
    attributes: Mapping[str, str]
    text: str

    @property
    def classes(self) -> frozenset[str]:
        """The names in the class attribute."""
        return frozenset(self.attributes.get("class", "").split())


@dataclass
class Document(HTMLParser):
    """HTML taken apart: `elements` in order of their end tags, and `blocks` of visible text.

    In `blocks` every link to a talpas reads `▢`, and every element of a class in `hidden` is left out.
    `faults` are tags that do not close what was opened.
    """

    hidden: frozenset[str] = frozenset()
    elements: list[Element] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self._line: list[str] = []

    @classmethod
    def of(cls, html: str, hidden: frozenset[str] = frozenset()) -> "Document":
        """The parsed form of a piece of HTML."""
        parsed = cls(hidden=hidden)
        parsed.feed(html)
        parsed.close()
        parsed._break()
        parsed.faults += [f"<{tag}> is never closed" for tag, _, _ in parsed._open]
        return parsed

    def named(self, *tags: str) -> list[Element]:
        """The elements with one of the tags."""
        return [element for element in self.elements if element.tag in tags]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        if tag in _BLOCKS:
            self._break()
        attributes = {name: value or "" for name, value in attrs}
        if tag in _EMPTY:
            self.elements.append(Element(tag, attributes, ""))
            return
        if self._is_talpas(tag, attributes) and not self._silent():
            self._line.append("▢")
        self._open.append((tag, attributes, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, ""))

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser."""
        if tag in _EMPTY:
            return
        if not self._open or self._open[-1][0] != tag:
            opened = f"<{self._open[-1][0]}>" if self._open else "nothing"
            self.faults.append(f"</{tag}> closes {opened}")
            return
        name, attributes, text = self._open.pop()
        self.elements.append(Element(name, attributes, "".join(text)))
        if tag in _BLOCKS:
            self._break()
        elif tag == "span" and not self._silent():
            self._line.append(" ")

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        for _, _, text in self._open:
            text.append(data)
        if not self._silent():
            self._line.append(data)

    def _silent(self) -> bool:
        return any(
            tag in ("style", "script") or self._is_talpas(tag, attributes)
            or self.hidden & set(attributes.get("class", "").split())
            for tag, attributes, _ in self._open
        )  # fmt: skip

    @staticmethod
    def _is_talpas(tag: str, attributes: Mapping[str, str]) -> bool:
        return tag == "a" and attributes.get("href", "").startswith("/tal/")

    def _break(self) -> None:
        text = " ".join("".join(self._line).split())
        if text:
            self.blocks.append(text)
        self._line = []


@dataclass(frozen=True)
class Screen:
    """What one run of a page showed."""

    page: Page
    app: AppTest
    pictures: tuple[Picture, ...]

    @property
    def html(self) -> tuple[str, ...]:
        """The HTML blocks, in order; markdown counts as one."""
        return tuple(
            element.proto.body for element in self.app.main if element.type in ("html", "markdown")
        )

    @property
    def document(self) -> Document:
        """All HTML of the page as one."""
        return Document.of("".join(self.html))

    def words(self) -> Iterator[str]:
        """Labels, options and help of the widgets, names of tabs: all that is shown outside HTML."""
        for node in _walk(self.app.main):
            proto: Any = getattr(node, "proto", None)
            for name in ("label", "placeholder", "help", "alt"):
                text = getattr(proto, name, "")
                if isinstance(text, str) and text:
                    yield text
            options = getattr(proto, "options", ())
            yield from (str(getattr(option, "content", option)) for option in options)


def run(page: Page, params: Mapping[str, str] | None = None) -> Screen:
    """A fresh run of a page at an address. The caller looks at `app.exception`."""
    drawn: list[Picture] = []
    check = figure.check

    def recording(picture: Picture) -> None:
        drawn.append(picture)
        check(picture)

    app = AppTest.from_file(str(REPO / "pages" / page.script), default_timeout=TIMEOUT)
    for key, value in (params or {}).items():
        app.query_params[key] = value
    with patch.object(figure, "check", recording):
        app.run()
    return Screen(page, app, tuple(drawn))


@cache
def screen(path: str) -> Screen:
    """A page as it first opens, run once a process. Tests look at it and change nothing."""
    return run(next(page for page in PAGES if page.path == path))


def pictures() -> list[tuple[str, Picture]]:
    """(page path, picture) of every chart that is drawn on any page as it first opens."""
    return [(page.path, picture) for page in PAGES for picture in screen(page.path).pictures]


def visible(html: str) -> str:
    """The text of a piece of HTML, links included, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _walk(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _walk(child)
