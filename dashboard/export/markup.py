"""Our own HTML (source lines, tables) read back as plain text, for files that are not HTML. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Table:
    """A table as texts. `numeric` are the columns that are right-aligned."""

    caption: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numeric: set[int] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.table = Table()
        self._badges: list[bool] = []
        self._cells: list[str] = []
        self._head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        css = (dict(attrs).get("class") or "").split()
        if tag == "span":
            self._badges.append("maerke" in css)
            self.text.append("(" if self._badges[-1] else "")
        elif tag in ("caption", "th", "td"):
            self.text.clear()
        elif tag == "thead":
            self._head = True
        elif tag == "tr":
            self._cells = []
        elif tag == "br":
            self.text.append("; ")
        if tag in ("th", "td") and "tal-celle" in css and self._head:
            self.table.numeric.add(len(self._cells))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._badges:
            self.text.append(")" if self._badges.pop() else "")
        elif tag == "caption":
            self.table.caption = self.said()
        elif tag in ("th", "td"):
            self._cells.append(self.said())
        elif tag == "thead":
            self._head = False
        elif tag == "tr" and self._head:
            self.table.columns = self._cells
        elif tag == "tr":
            self.table.rows.append(self._cells)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def said(self) -> str:
        return " ".join("".join(self.text).split())


def text(html: str) -> str:
    """The text of a piece of our HTML; a badge stands in parentheses."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.said()


def table(html: str) -> Table:
    """The first table of a piece of our HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.table
