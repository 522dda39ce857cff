"""A chart as a picture: SVG, PNG or PDF with heading, source and QR code, or the plot alone. Pure."""

import base64
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dashboard import theme
from dashboard.charts import Spec, content
from dashboard.charts.frame import for_screen, outline_behind
from dashboard.export.draughtsman import Draughtsman
from dashboard.parts import short_source
from dashboard.paths import FONTS
from dashboard.read import Figure, Release

_WIDTH = 960
_BELOW = {"linje": 140, "søjle": 52, "stablet": 52, "bjælke": 40}
"""Where the source stands under the plot (px), by kind: below axis, coverage row and event strip."""
_QR = 112
_own: Draughtsman | None = None
_KEPT = 48
"""Drawings kept: the same one is asked for as SVG, PNG and PDF, and by the sheet alone and in a booklet."""


def foot(figures: Sequence[Figure], release: Release) -> str:
    """The line under an exported chart: sources and release."""
    sources = "; ".join(dict.fromkeys(short_source(f.source) for f in figures))
    return f"Kilde: {sources}. Indblik, udgave {release.id}."


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a chart of its own: heading, source, and if given a line under the heading,
    lines between plot and source (keys, events), and the QR code of the link as PNG.
    """

    title: str
    foot: str
    sub: str = ""
    notes: Sequence[str] = ()
    qr: bytes = b""


def standalone(spec: Spec, around: Around) -> Spec:
    """A spec that stands alone: fixed width, light colours on paper, heading above, source below."""
    own: Spec = json.loads(theme.literal(json.dumps(spec)))
    known = content.of(spec)
    top = own["height"] + (_BELOW[known.kind] if known else 72)
    room = 118 if around.qr else 132
    lines = [line for text in (*around.notes, around.foot) for line in _wrapped(text, room)]
    own["layer"].append({
        "data": {"values": [{"t": lines}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 12, "lineHeight": 17,
                 "color": theme.TOKENS["muted"][0]},
        "encoding": {"x": {"value": 0}, "y": {"value": top + 12}, "text": {"field": "t"}},
    })  # fmt: skip
    if around.qr:
        own["layer"].append({
            "data": {"values": [{"u": "data:image/png;base64," + base64.b64encode(around.qr).decode()}]},
            "mark": {"type": "image", "width": _QR, "height": _QR, "align": "right", "baseline": "top", "aria": False},
            "encoding": {"x": {"value": _WIDTH}, "y": {"value": top}, "url": {"field": "u", "type": "nominal"}},
        })  # fmt: skip
    return own | {
        "width": _WIDTH,
        "autosize": {"type": "pad"},
        "padding": {"left": 32, "top": 32, "right": 32, "bottom": 24},
        "background": theme.TOKENS["paper"][0],
        "title": {"text": _wrapped(around.title, 88), "anchor": "start", "frame": "group", "fontSize": 22, "lineHeight": 28,
                  "offset": 24, "color": theme.TOKENS["ink"][0], "font": theme.FONT, "fontWeight": 600,
                  "subtitle": _wrapped(around.sub, 140), "subtitleFontSize": 14, "subtitleLineHeight": 20, "subtitlePadding": 8,
                  "subtitleColor": theme.TOKENS["muted"][0], "subtitleFont": theme.FONT},
    }  # fmt: skip


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def svg(spec: Spec, around: Around) -> bytes:
    """The chart as SVG with heading and source."""
    return _page_fonts(_alone(spec, around)).encode()


def png(spec: Spec, around: Around, scale: float = 2) -> bytes:
    """The chart as PNG with heading and source, twice the screen size unless `scale` says otherwise."""
    return _renderer().svg_to_png(_alone(spec, around), scale=scale)


def pdf(spec: Spec, around: Around) -> bytes:
    """The chart as a one-page PDF with heading and source."""
    return _renderer().svg_to_pdf(_alone(spec, around))


def drawing(spec: Spec, width: int, *, phone: bool = False) -> str:
    """The chart alone as SVG with a plot `width` px wide; its colours are still CSS variables.

    `phone` places labels as on a narrow screen.
    """
    return _page_fonts(paper(spec, width, phone=phone))


def fitted(spec: Spec, width: int, *, phone: bool = False) -> str:
    """The chart alone as SVG that is `width` px wide in all, margins and labels included."""
    own = spec | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return _page_fonts(_svg(_server_fonts(for_screen(own, phone=phone))))


def paper(spec: Spec, width: int, *, phone: bool = False) -> str:
    """As `drawing`, with the typefaces under the names of the files that lie on the server."""
    own = spec | {
        "width": width,
        "autosize": {"type": "pad"},
        "padding": {"left": 2, "top": 12, "right": 4, "bottom": 8},
    }
    return _drawn(_server_fonts(for_screen(own, phone=phone)))


def raster(svg_text: str, *, dark: bool = False, scale: float = 1) -> bytes:
    """An SVG with CSS variables as PNG in the colours they have in light (or dark)."""
    return _renderer().svg_to_png(_server_fonts(theme.literal(svg_text, dark=dark)), scale=scale)


def _alone(spec: Spec, around: Around) -> str:
    return _drawn(_server_fonts(for_screen(standalone(spec, around), phone=False)))


@lru_cache(maxsize=_KEPT)
def _drawn(text: str) -> str:
    """A spec as SVG. Vega's work is most of what a file costs; PNG and PDF are made of its SVG."""
    return _svg(text)


def _svg(text: str) -> str:
    return outline_behind(_renderer().vegalite_to_svg(text))


def _page_fonts(text: str) -> str:
    """The typefaces under the names that pages and other people's programs know."""
    return text.replace("Indblik Sans", "IBM Plex Sans").replace("Indblik Serif", "Source Serif")


def _server_fonts(text: str) -> str:
    """The page's typefaces under the names of the copies the renderer can read (it knows no woff2)."""
    return text.replace("IBM Plex Sans", "Indblik Sans").replace("Source Serif", "Indblik Serif")


def draw_apart() -> None:
    """From now on, draw in a process of its own: for the server, whose sessions must not wait for a drawing."""
    global _own
    _own = Draughtsman()


def draw_here() -> None:
    """End that process; from now on, draw in this one."""
    global _own
    if _own is not None:
        _own.close()
    _own = None


def _renderer() -> Any:
    return _own or _engine()


@cache
def _engine() -> Any:
    # imported when first asked for: the library holds a JavaScript engine, which pages do not need
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
