"""The picture of a link preview: 1200 × 630 with title, finding, the page's first chart and its source. Pure.

Made of the same picture as on the page. A page without charts gets its finding alone, in large type.
`python -m dashboard.preview` writes the picture that is shown when none can be made.
"""

import re

from contract import danish
from dashboard.export import drawing
from dashboard.paths import ASSETS
from dashboard.picture import Picture
from dashboard.share import View, sources
from dashboard.text import escape, plain

WIDTH, HEIGHT = 1200, 630
FRONT = "Udsatteområdet 2017–2022"
DEFAULT = "forhaandsvisning.png"
_MARGIN, _TOP, _BOTTOM = 64, 136, 552
_COLUMN, _GAP = 452, 44
_SIZES = (68, 60, 52, 46, 40, 36, 32, 28)
_SANS, _SERIF = "IBM Plex Sans, Arial, sans-serif", "Source Serif, Georgia, serif"
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[]- \N{NO-BREAK SPACE}"), frozenset("mwMWæÆ@%")
_TOGETHER = (
    re.compile(r"(\d\.?|kv\.|mio\.) (?=pct\.|kv\.|mio\.|kr\.|\d)"),
    re.compile(r"(ca\.) (?=\d)"),
)
"""Where a line is not broken: `4. kv. 2022`, `11 mio. kr.`, `ca. 70`."""


def png(view: View) -> bytes:
    """The picture of a view."""
    return drawing.raster(card(view))


def card(view: View) -> str:
    """The picture as SVG with CSS variables."""
    found = view.pictures()
    if found:
        picture = found[0]
        finding = plain(view.release, picture.finding)
        return _svg(view.title, finding, _chart(picture), sources(picture.figures), _COLUMN)
    return _svg(view.title, view.finding, "", sources(view.named_figures()), WIDTH - 2 * _MARGIN)


def default_card() -> str:
    """The picture of the whole, without a number."""
    return _svg("", "Tal, beslutninger og kilder om udsatte ledige i København", "", "", 900)


def _svg(title: str, finding: str, chart: str, source: str, width: int) -> str:
    size, lines = fitted(finding, width, _BOTTOM - _TOP - 16, _SIZES if not chart else _SIZES[3:])
    step = round(size * 1.22)
    said = "".join(
        f'<tspan x="{_MARGIN}" y="{_TOP + size + i * step}">{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    right = WIDTH - _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="var(--paper)"/>'
        f'<text x="{_MARGIN}" y="74" font-family="{_SERIF}" font-weight="600" font-size="34" '
        f'fill="var(--ink)">Indblik</text><text x="{_MARGIN + 144}" y="74" font-family="{_SANS}" font-size="24" '
        f'fill="var(--muted)">{escape(cut(title, 24, 920))}</text>'
        f'<path d="M{_MARGIN} 100H{right}" stroke="var(--rule)" stroke-width="2"/>'
        f'<text font-family="{_SERIF}" font-weight="600" font-size="{size}" fill="var(--ink)">{said}</text>{chart}'
        f'<path d="M{_MARGIN} 568H{right}" stroke="var(--rule)" stroke-width="2"/>'
        f'<text x="{_MARGIN}" y="602" font-family="{_SANS}" font-size="20" fill="var(--muted)">'
        f"{escape(cut(source or FRONT, 20, right - _MARGIN))}</text></svg>"
    )


def _chart(picture: Picture) -> str:
    """The chart scaled into the right column, its proportions kept."""
    left, top = _MARGIN + _COLUMN + _GAP, _TOP - 16
    width, height = WIDTH - _MARGIN - left, _BOTTOM - top
    plot = round((picture.spec["height"] + 100) * width / height) - 70
    drawn = drawing.drawing(picture.spec, min(max(plot, 300), 640), phone=True)
    placed = f'<svg x="{left}" y="{top}" preserveAspectRatio="xMidYMin meet" width="{width}" height="{height}"'
    return re.sub(r'^<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', rf"{placed} \1", drawn, count=1)


def fitted(text: str, width: int, height: int, sizes: tuple[int, ...]) -> tuple[int, list[str]]:
    """The largest of the sizes at which the text fits, and its lines; at the smallest it may be cut."""
    for size in sizes:
        lines = wrapped(text, size, width)
        if len(lines) * size * 1.22 <= height and _fits(lines, size, width):
            return size, lines
    size = sizes[-1]
    most = int(height / (size * 1.22))
    lines = wrapped(text, size, width)
    return size, lines if len(lines) <= most else [
        *lines[: most - 1],
        cut(" ".join(lines[most - 1 :]), size, width),
    ]


def wrapped(text: str, size: int, width: int) -> list[str]:
    """The text in even lines no wider than `width` px, as well as can be known without the font's own measures."""
    for pattern in _TOGETHER:
        text = pattern.sub(r"\1" + danish.NO_BREAK_SPACE, text)
    lines = _lines(text, size, width)
    while (
        width > 100
        and len(_lines(text, size, width - 8)) == len(lines)
        and _fits(lines, size, width)
    ):
        width -= 8  # as even as text-wrap: balance makes them
        lines = _lines(text, size, width)
    return lines


def _fits(lines: list[str], size: int, width: int) -> bool:
    return all(_width(line, size) <= width for line in lines)


def _lines(text: str, size: int, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and _width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def cut(text: str, size: int, width: int) -> str:
    """The text, ended with «…» at a word where it is too wide."""
    if _width(text, size) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and _width(" ".join(words) + " …", size) > width:
        words.pop()
    return " ".join(words).rstrip(",;:") + " …"


def _width(text: str, size: int) -> float:
    return size * sum(0.33 if c in _NARROW else 0.92 if c in _WIDE else 0.6 for c in text)


if __name__ == "__main__":
    (ASSETS / DEFAULT).write_bytes(drawing.raster(default_card()))
