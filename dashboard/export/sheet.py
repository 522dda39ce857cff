"""A view as A4 sheets in PDF: headline, chart, table, definitions, what is unknown, link and QR code. Pure.

Tagged for screen readers (PDF/UA-1). One page a chart where it fits.
"""

import json
import re
from typing import Any

from dashboard import theme
from dashboard.export import drawing, markup
from dashboard.export.handout import Handout, Part
from dashboard.export.markup import Table
from dashboard.parts import figure_table, short_source
from dashboard.paths import ASSETS, FONTS

_TEMPLATE = ASSETS / "ark" / "ark.typ"
_PLOT = 760
"""Width (px) of the plot, so that its type is as large as the text around it."""
_ACROSS, _LINE = 174, 4.3
"""Width of the text and height of a line (mm)."""
_ROOM = ((28, 82), (22, 82), (16, 74), (10, 66), (6, 58))
"""(lines of table, notes and definitions; greatest height of the chart in mm): the first that fits one sheet is used."""
_FEWEST_ROWS, _MOST_COLUMNS = 5, 8
_MOST_DEFINITIONS = 5


def pdf(own: Handout) -> bytes:
    """The sheets of a view."""
    files: dict[str, bytes] = {"main.typ": _TEMPLATE.read_bytes()}
    charts = [theme.literal(drawing.paper(part.spec, _PLOT)) for part in own.parts]
    files |= {_chart(i): chart.encode() for i, chart in enumerate(charts)}
    if qr := own.qr_svg(own.parts[0] if len(own.parts) == 1 else None):
        files["qr.svg"] = qr
    pages = [_fitted(own, i, chart, files) for i, chart in enumerate(charts)] or [_words(own)]
    return _set(files, _data(own, pages, last=True))


def _fitted(own: Handout, index: int, chart: str, files: dict[str, bytes]) -> dict[str, Any]:
    """A chart's page with as much as there is room for on one sheet."""
    page: dict[str, Any] = {}
    for lines, tallest in _ROOM:
        page = _part(
            own.parts[index],
            _chart(index),
            _height(chart, tallest),
            lines + (82 - _height(chart, tallest)) / _LINE,
        )
        raw = _set(files, _data(own, [page], last=index == len(own.parts) - 1))
        if (count := re.search(rb"/Count (\d+)", raw)) and int(count[1]) == 1:
            break
    return page


def _set(files: dict[str, bytes], data: dict[str, Any]) -> bytes:
    import typst  # when a sheet is asked for

    every: Any = files | {
        "data.json": json.dumps(data).encode()
    }  # its types leave out that it takes files by name
    return typst.compile(
        every, format="pdf", pdf_standards=["ua-1"],
        font_paths=[str(FONTS)], ignore_system_fonts=True, timestamp=0,
    )  # fmt: skip


def _chart(index: int) -> str:
    return f"{index}.svg"


def _height(chart: str, tallest: float) -> float:
    """Height (mm) of a chart across the sheet."""
    width, height = (
        float(re.search(rf'<svg[^>]* {name}="([\d.]+)', chart)[1]) for name in ("width", "height")
    )  # type: ignore[index]
    return min(tallest, _ACROSS * height / width)


def _data(own: Handout, pages: list[dict[str, Any]], *, last: bool) -> dict[str, Any]:
    day = own.release.published
    return {
        "title": own.finding, "page": own.title, "dated": own.dated, "link": own.link(), "clickable": bool(own.origin),
        "qr": bool(own.origin), "year": day.year, "month": day.month, "day": day.day,
        "colours": {name: theme.TOKENS[name][0] for name in ("ink", "muted", "rule")},
        "parts": pages, "unknown": [[u.what, u.said] for u in own.unknown] if last else [],
    }  # fmt: skip


def _part(part: Part, chart: str, tall: float, room: float) -> dict[str, Any]:
    definitions = _definitions([f.indicator for f in part.figures])
    said = [*part.notes, *part.events, *(" ".join(row) for row in definitions)]
    lines = room - sum(1 + len(text) // 118 for text in said)
    return {
        "title": part.title, "sub": part.sub, "alt": part.alt, "chart": chart, "tall": tall, "notes": list(part.notes),
        "events": list(part.events), "source": part.source, **_table(part.table, int(lines)),
        "definitions": definitions,
    }  # fmt: skip


def _words(own: Handout) -> dict[str, Any]:
    """A view without charts: the headline and the figures that it says."""
    figures = own.figures
    source = "; ".join(dict.fromkeys(short_source(f.source) for f in figures))
    table = markup.table(figure_table("Tallene i overskriften", figures)) if figures else Table()
    return {
        "title": own.finding, "sub": "", "alt": "", "chart": "", "tall": 0, "notes": [], "events": [], "source": source,
        **_table(table, _ROOM[0][0]), "definitions": _definitions([f.indicator for f in figures]),
    }  # fmt: skip


def _table(table: Table, lines: int) -> dict[str, Any]:
    """The table if it fits the sheet; of a long one the last rows, and a line that says so."""
    if not table.columns or len(table.columns) > _MOST_COLUMNS:
        return {"columns": [], "rows": [], "numeric": [], "caption": "", "more": ""}
    rows = table.rows[-max(lines, _FEWEST_ROWS) :]
    more = (
        f"De sidste {len(rows)} af {len(table.rows)} rækker; resten er i regnearket."
        if len(rows) < len(table.rows)
        else ""
    )
    return {
        "columns": table.columns,
        "rows": rows,
        "numeric": sorted(table.numeric),
        "caption": table.caption,
        "more": more,
    }


def _definitions(indicators: list[Any]) -> list[list[str]]:
    found = list({i.id: i for i in indicators}.values())[:_MOST_DEFINITIONS]
    return [
        [
            i.title,
            ". ".join(text.rstrip(".") for text in (i.population, i.definition, i.caveats) if text)
            + f" ({i.unit}).",
        ]
        for i in found
    ]
