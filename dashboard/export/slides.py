"""Views as PowerPoint: one slide a chart, drawn as PowerPoint's own chart with its numbers inside. Pure.

Wide screen, our layout: the finding or the run sheet's heading as title, what it counts, the chart, source line,
link and QR code; talking points in the notes. A chart that is no series over categories stands as a picture.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from dashboard import parts, theme
from dashboard.export import drawing, native
from dashboard.export.handout import Handout, Part
from dashboard.export.progress import Told, silent
from dashboard.export.slide_layout import (
    ACROSS,
    HEIGHT,
    LEFT,
    WIDTH,
    describe,
    entitle,
    layout_of,
    rgb,
    text,
)
from dashboard.read import Figure

_MOST_FIGURES = 10
_LARGE = 40
"""Characters of 36 pt across a slide."""
_BOTTOM = 6.15
"""Where the foot begins (inches)."""


def pptx(
    views: Sequence[Handout], title: str = "", missing: Sequence[str] = (), told: Told = silent
) -> bytes:
    """The slides of one or more views. `missing` is named on a last slide; `told` is called for each view."""
    from pptx import Presentation  # when slides are asked for
    from pptx.util import Inches

    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layout = layout_of(show)
    for own in views:
        told(own.message)
        for part in own.parts:
            _chart_slide(show.slides.add_slide(layout), own, part)
        if not own.parts:
            _text_slide(show.slides.add_slide(layout), own)
    if missing:
        last = show.slides.add_slide(layout)
        top = entitle(last, "Det er ikke med")
        text(last, "\n".join(missing), (LEFT, top + 0.3, ACROSS, 4), 16, "ink")
    first = views[0]
    made = datetime.combine(first.release.published, time(), UTC).replace(tzinfo=None)
    properties = show.core_properties
    properties.title = title or first.title
    properties.subject = "" if title else first.finding
    properties.author = properties.last_modified_by = "Indblik"
    properties.language, properties.created, properties.modified = "da-DK", made, made
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _chart_slide(slide: Any, own: Handout, part: Part) -> None:
    from pptx.util import Inches

    under = entitle(slide, own.title_of(part))
    text(slide, part.sub, (LEFT, under, ACROSS, 0.4), 14, "muted")
    top = under + 0.55
    known = part.content
    height = _BOTTOM - top - (0.35 if own.caveat else 0)
    if known:
        shape = native.add(slide, known, Inches(LEFT), Inches(top), Inches(ACROSS), Inches(height))
        describe(shape, part.key, part.alt)
    else:
        _picture(slide, part, top, height)
    if own.caveat:
        text(slide, own.caveat, (LEFT, _BOTTOM - 0.3, ACROSS, 0.3), 14, "ink")
    # our own drawing cannot be read without its notes
    notes = "" if known else "  ".join(n for n in part.notes if n != own.caveat)
    _foot(slide, own, part, f"{notes}\n{part.source}" if notes else part.source)
    _talk(slide, own, part)


def _picture(slide: Any, part: Part, top: float, height: float) -> None:
    from pptx.util import Inches

    drawn = drawing.paper(part.spec | {"background": theme.colour("paper")}, 950)
    picture = slide.shapes.add_picture(
        io.BytesIO(drawing.raster(drawn, scale=3)), Inches(LEFT), Inches(top), width=Inches(ACROSS)
    )
    if picture.height > Inches(height):
        picture.width, picture.height = (
            round(picture.width * Inches(height) / picture.height),
            Inches(height),
        )
    describe(picture, part.key, part.alt)


def _text_slide(slide: Any, own: Handout) -> None:
    """A view without charts: its headline, and the figures that it says."""
    top = entitle(slide, own.message)
    text(slide, own.title, (LEFT, top, ACROSS, 0.4), 14, "muted")
    if own.large:
        _numbers(slide, own.large)
    elif own.figures:
        _table(slide, own.figures[:_MOST_FIGURES])
    if own.caveat:
        text(slide, own.caveat, (LEFT, 5.2, ACROSS, 0.6), 18, "ochre", bold=True)
    sources = "; ".join(f"{s.publisher}: {s.title} ({s.dated})" for s in own.sources)
    _foot(slide, own, None, sources)
    _talk(slide, own, None)


def _numbers(slide: Any, figures: Sequence[Figure]) -> None:
    """Few figures side by side in large type."""
    wide = ACROSS / len(figures)
    size = 36 if max(len(f.with_unit) for f in figures) * len(figures) <= _LARGE else 24
    for i, f in enumerate(figures):
        left = LEFT + i * wide
        text(slide, f.with_unit, (left, 2.3, wide - 0.4, 0.8), size, "ink", bold=True)
        text(slide, f.indicator.title, (left, 3.05, wide - 0.4, 0.7), 16, "ink", bold=True)
        about = f"{f.area_name} · {f.period_text}\n{parts.short_source(f.source)}"
        text(slide, about, (left, 3.75, wide - 0.4, 0.9), 14, "muted")


def _table(slide: Any, figures: Sequence[Figure]) -> None:
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_table(
        len(figures) + 1, 4, Inches(LEFT), Inches(2), Inches(ACROSS), Inches(0.4)
    )
    frame.table.columns[0].width = Inches(ACROSS - 7.5)
    for i in (1, 2, 3):
        frame.table.columns[i].width = Inches(2.5)
    rows = [("Tal", "Værdi", "Periode", "Område")]
    rows += [(f.indicator.title, f.with_unit, f.period_text, f.area_name) for f in figures]
    for i, row in enumerate(rows):
        for j, said in enumerate(row):
            cell = frame.table.cell(i, j)
            cell.text = said
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb("sunk" if i == 0 else "surface")
            cell.text_frame.paragraphs[0].font.size = Pt(13)
            cell.text_frame.paragraphs[0].font.color.rgb = rgb("ink")
    describe(frame, "tal", "; ".join(f"{f.indicator.title}: {f.with_unit}" for f in figures))


def _foot(slide: Any, own: Handout, part: Part | None, source: str) -> None:
    from pptx.util import Inches

    qr, link = own.qr_png(part), own.link(part)
    width = ACROSS - (1.3 if qr else 0)
    text(slide, f"{source}\n{own.dated}", (LEFT, 6.28, width, 0.6), 10, "muted")
    text(slide, link, (LEFT, 7.02, width, 0.25), 10, "accent", link=link if own.origin else "")
    if qr:
        picture = slide.shapes.add_picture(
            io.BytesIO(qr), Inches(WIDTH - 0.6 - 1.1), Inches(6.2), height=Inches(1.1)
        )
        describe(picture, "QR-kode", f"QR-kode med linket {link}")


def _talk(slide: Any, own: Handout, part: Part | None) -> None:
    """Talking points: the run sheet's own, then the finding, what it counts, its caveats, the sources."""
    found = part.title if part else own.finding
    lines = [own.talk, ""] if own.talk else []
    said = own.title_of(part) if part else own.message
    lines += [found if found == said else f"Siden siger: {found}", ""]
    if part:
        lines += [f"• {part.sub}", *(f"• Om grafen i Indblik: {note}" for note in part.notes)]
    indicators = {f.indicator.id: f.indicator for f in (part.figures if part else own.figures)}
    lines += [f"• {i.title}: {i.caveats}" for i in indicators.values() if i.caveats]
    lines += [
        f"• Står ikke i materialet: {u.what}"
        + ("" if u.said.startswith("findes") else f" ({u.said})")
        for u in own.unknown
    ]
    lines += ["", f"Kilde: {part.source}" if part else "", own.dated, own.link(part)]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
