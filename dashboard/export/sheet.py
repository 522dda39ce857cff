"""Views as A4 sheets in PDF: headline, chart, table, definitions, what is unknown, link and QR code. Pure.

Tagged for screen readers (PDF/UA-1). One page a chart where it fits; a booklet begins with a list of its pages.
"""

import json
import re
from typing import Any

from dashboard import theme
from dashboard.export import drawing, markup
from dashboard.export.handout import Handout
from dashboard.export.markup import Table
from dashboard.export.meeting import Meeting
from dashboard.export.progress import Told, silent
from dashboard.parts import figure_table, short_source
from dashboard.paths import ASSETS, FONTS

_TEMPLATE = ASSETS / "ark" / "ark.typ"
_PLOT = 760
"""Width (px) of the plot, so that its type is as large as the text around it."""
_ACROSS, _LINE = 174, 4.3
"""Width of the text and height of a line (mm)."""
_ROOM = ((28, 82), (22, 82), (16, 74), (10, 66), (6, 58), (0, 46))
"""(lines of table, notes and definitions; greatest height of the chart in mm): the first that fits one sheet is used."""
_FEWEST_ROWS, _MOST_COLUMNS = 5, 8
_MOST_DEFINITIONS = 5


def pdf(own: Handout) -> bytes:
    """The sheets of a view."""
    pages, files = _pages(own, "")
    return _set(files, _data(own, pages))


def booklet(meeting: Meeting, told: Told = silent) -> bytes:
    """The sheets of all views as one document, after a page that lists them. `told` is called for each view."""
    listed: list[list[Any]] = []
    pages: list[dict[str, Any]] = []
    files: dict[str, bytes] = {}
    for number, own in enumerate(meeting.views, start=1):
        told(own.message)
        more, needed = _pages(own, f"{number}-", unknown=False)
        listed.append([own.message, own.title, more[0]["label"]])
        pages += more
        files |= needed
    cover: dict[str, Any] = {
        "title": meeting.title,
        "kind": "Køreplan" if meeting.link else "Udvalgte visninger",
        "listed": listed,
        "missing": list(meeting.missing),
        "link": meeting.link,
        "qr": "",
        "unknown": [
            [own.title, [[u.what, u.said] for u in own.unknown]]
            for own in meeting.pages
            if own.unknown
        ],
    }
    if meeting.link and (qr := meeting.qr_svg()):
        files["cover.svg"] = qr
        cover["qr"] = "cover.svg"
    first = meeting.views[0]
    return _set(files, _data(first, pages) | {"title": meeting.title, "cover": cover})


def _pages(
    own: Handout, start: str, *, unknown: bool = True
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """(the pages of a view, the files they show). The files' names begin with `start`."""
    own = own if unknown else own.without_unknown()
    charts = [theme.literal(drawing.paper(part.spec, _PLOT)) for part in own.parts]
    files = {f"{start}{i}.svg": chart.encode() for i, chart in enumerate(charts)}
    if qr := own.qr_svg(own.parts[0] if len(own.parts) == 1 else None):
        files[f"{start}qr.svg"] = qr
    pages = [_fitted(own, i, chart, start, files) for i, chart in enumerate(charts)]
    return pages or [_words(own, start)], files


def _fitted(
    own: Handout, index: int, chart: str, start: str, files: dict[str, bytes]
) -> dict[str, Any]:
    """A chart's page with as much as there is room for on one sheet."""
    page: dict[str, Any] = {}
    for lines, tallest in _ROOM:
        high = _height(chart, tallest)
        page = _part(own, index, start, high, lines + (82 - high) / _LINE)
        raw = _set(files, _data(own, [page]))
        if (count := re.search(rb"/Count (\d+)", raw)) and int(count[1]) == 1:
            break
    return page


def _set(files: dict[str, bytes], data: dict[str, Any]) -> bytes:
    import typst  # when a sheet is asked for

    # its types leave out that it takes files by name
    every: Any = files | {
        "main.typ": _TEMPLATE.read_bytes(),
        "data.json": json.dumps(data).encode(),
    }
    return typst.compile(
        every, format="pdf", pdf_standards=["ua-1"],
        font_paths=[str(FONTS)], ignore_system_fonts=True, timestamp=0,
    )  # fmt: skip


def _height(chart: str, tallest: float) -> float:
    """Height (mm) of a chart across the sheet."""
    found = (re.search(rf'<svg[^>]* {name}="([\d.]+)', chart) for name in ("width", "height"))
    width, height = (float(one[1]) if one else 1.0 for one in found)
    return min(tallest, _ACROSS * height / width)


def _data(own: Handout, pages: list[dict[str, Any]]) -> dict[str, Any]:
    day = own.release.published
    return {
        "title": own.message, "dated": own.dated, "clickable": bool(own.origin), "cover": None,
        "year": day.year, "month": day.month, "day": day.day,
        "colours": {name: theme.TOKENS[name][0] for name in ("ink", "muted", "rule")}, "parts": pages,
    }  # fmt: skip


def _of(own: Handout, start: str, index: int) -> dict[str, Any]:
    """What every page of a view has. `label` is what the list of a booklet refers to."""
    last = index >= len(own.parts) - 1
    return {
        "label": f"side-{start}{index}", "page": own.title, "link": own.link(), "qr": f"{start}qr.svg" if own.origin else "",
        "unknown": [[u.what, u.said] for u in own.unknown] if last else [], "large": [],
    }  # fmt: skip


def _part(own: Handout, index: int, start: str, tall: float, room: float) -> dict[str, Any]:
    part = own.parts[index]
    definitions = _definitions([f.indicator for f in part.figures])
    notes = own.remarks(part)
    said = [*notes, *part.events, *(" ".join(row) for row in definitions)]
    lines = room - sum(1 + len(text) // 118 for text in said)
    return _of(own, start, index) | {
        "title": own.title_of(part), "sub": part.sub, "alt": part.alt, "chart": f"{start}{index}.svg", "tall": tall,
        "notes": notes, "events": list(part.events), "source": part.source, **_table(part.table, int(lines)),
        "definitions": definitions,
    }  # fmt: skip


def _words(own: Handout, start: str) -> dict[str, Any]:
    """A view without charts: the headline, and the figures that it says or shows."""
    figures = own.figures
    source = "; ".join(dict.fromkeys(short_source(f.source) for f in figures))
    caption = "Tallene" if own.large else "Tallene i overskriften"
    table = markup.table(figure_table(caption, figures)) if figures else Table()
    large = [
        [f.with_unit, f.indicator.title, f"{f.area_name} · {f.period_text}"] for f in own.large
    ]
    return _of(own, start, 0) | {
        "title": own.message, "sub": "", "alt": "", "chart": "", "tall": 0, "notes": own.remarks(), "events": [],
        "large": large,
        "source": source, **_table(table, _ROOM[0][0]), "definitions": _definitions([f.indicator for f in figures]),
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
