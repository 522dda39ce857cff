"""Figures and charts as files: bytes from the same figures as on screen. Pure."""

import csv
import io
import json
import textwrap
from collections.abc import Sequence
from typing import Any

from contract import danish
from dashboard import theme
from dashboard.charts import Spec
from dashboard.charts.frame import PHONE_SCREEN
from dashboard.parts import short_source
from dashboard.paths import FONTS
from dashboard.read import Figure, Release

COLUMNS = (
    "tal-id", "indikator", "område", "gruppe", "periode", "værdi", "kvalifikator", "som skrevet", "enhed",
    "slags", "kilde", "sted i kilden", "kildedato", "note",
)  # fmt: skip
_WIDTH = 960
_BELOW = 140
"""Where the source stands under the plot (px): below axis, coverage row and event strip."""
# A cell that begins like this could be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_excel(figures: Sequence[Figure]) -> bytes:
    """CSV that opens right in Danish Excel: `;`, decimal comma, UTF-8 with BOM, CRLF."""
    return _csv(figures, ";", lambda v: danish.number(v).replace(".", "").replace(danish.MINUS, "-"), "\r\n", bom=True)


def csv_plain(figures: Sequence[Figure]) -> bytes:
    """CSV for programs: `,`, decimal point, UTF-8, LF."""
    return _csv(figures, ",", lambda v: f"{v:.10g}", "\n", bom=False)


def _csv(figures: Sequence[Figure], delimiter: str, show: Any, newline: str, *, bom: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(COLUMNS)
    for f in figures:
        value = "" if f.value is None else show(f.value)
        texts = (
            f.id, f.indicator.title, f.area_name, f.group, f.period, value, f.qualifier, f.as_written, f.indicator.unit,
            f.kind, f"{f.source.publisher}: {f.source.title}", f.locator, f.source.published, f.note,
        )  # fmt: skip
        writer.writerow([safe(text) if i != 5 else text for i, text in enumerate(texts)])
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading apostrophe where one could be."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def foot(figures: Sequence[Figure], release: Release) -> str:
    """The line under an exported chart: sources and release."""
    sources = "; ".join(dict.fromkeys(short_source(f.source) for f in figures))
    return f"Kilde: {sources}. Indblik, udgave {release.id}."


def standalone(spec: Spec, title: str, footer: str) -> Spec:
    """A spec that stands alone: fixed width, light colours on paper, heading above, source below."""
    own: Spec = json.loads(theme.literal(json.dumps(spec)))
    lines = textwrap.wrap(footer, 120)
    own["layer"].append({
        "data": {"values": [{"t": lines}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 12, "lineHeight": 16,
                 "color": theme.TOKENS["muted"][0]},
        "encoding": {"x": {"value": 0}, "y": {"value": own["height"] + _BELOW}, "text": {"field": "t"}},
    })  # fmt: skip
    return own | {
        "width": _WIDTH,
        "autosize": {"type": "pad"},
        "padding": {"left": 24, "top": 24, "right": 24, "bottom": 24},
        "background": theme.TOKENS["paper"][0],
        "title": {"text": textwrap.wrap(title, 80), "anchor": "start", "frame": "group", "fontSize": 22, "offset": 20,
                  "color": theme.TOKENS["ink"][0], "font": theme.FONT},
    }  # fmt: skip


def svg(spec: Spec, title: str, footer: str) -> bytes:
    """The chart as SVG with heading and source."""
    return _renderer().vegalite_to_svg(json.dumps(standalone(spec, title, footer))).encode()


def png(spec: Spec, title: str, footer: str, scale: float = 2) -> bytes:
    """The chart as PNG with heading and source, twice the screen size unless `scale` says otherwise."""
    return _renderer().vegalite_to_png(_server_fonts(json.dumps(standalone(spec, title, footer))), scale=scale)


def drawing(spec: Spec, width: int, *, phone: bool = False) -> str:
    """The chart alone as SVG with a plot `width` px wide; its colours are still CSS variables.

    `phone` places labels as on a narrow screen.
    """
    own = spec | {"width": width, "autosize": {"type": "pad"}, "padding": {"left": 2, "top": 12, "right": 4, "bottom": 8}}
    text = _server_fonts(json.dumps(own).replace(PHONE_SCREEN, "true" if phone else "false"))
    return _renderer().vegalite_to_svg(text).replace("Indblik Sans", "IBM Plex Sans")


def raster(svg_text: str, *, dark: bool = False) -> bytes:
    """An SVG with CSS variables as PNG in the colours they have in light (or dark)."""
    return _renderer().svg_to_png(_server_fonts(theme.literal(svg_text, dark=dark)))


def _server_fonts(text: str) -> str:
    """The page's typefaces under the names of the copies the renderer can read (it knows no woff2)."""
    return text.replace("IBM Plex Sans", "Indblik Sans").replace("Source Serif", "Indblik Serif")


def _renderer() -> Any:
    # imported when first asked for: the library holds a JavaScript engine, which pages do not need
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
