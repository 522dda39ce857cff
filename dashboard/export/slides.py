"""A view as PowerPoint: one slide a chart, drawn as PowerPoint's own chart with its numbers inside. Pure.

Wide screen, our layout: the finding as title, what it counts, the chart, source line, link and QR code;
talking points in the notes. A chart that is no series over categories stands as a picture.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from dashboard import theme
from dashboard.export import drawing, native
from dashboard.export.handout import Handout, Part
from dashboard.export.slide_layout import (
    ACROSS,
    HEIGHT,
    LEFT,
    WIDTH,
    layout_of,
    rgb,
)

_MOST_FIGURES = 10
_ONE_LINE = 58
"""A title of more characters is set on two lines."""


def pptx(views: Sequence[Handout]) -> bytes:
    """The slides of one or more views."""
    from pptx import Presentation  # when slides are asked for
    from pptx.util import Inches

    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layout = layout_of(show)
    for own in views:
        for part in own.parts:
            _chart_slide(show.slides.add_slide(layout), own, part)
        if not own.parts:
            _text_slide(show.slides.add_slide(layout), own)
    first = views[0]
    made = datetime.combine(first.release.published, time(), UTC).replace(tzinfo=None)
    properties = show.core_properties
    properties.title, properties.subject = first.title, first.finding
    properties.author = properties.last_modified_by = "Indblik"
    properties.language, properties.created, properties.modified = "da-DK", made, made
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _chart_slide(slide: Any, own: Handout, part: Part) -> None:
    from pptx.util import Inches

    slide.shapes.title.text = part.title
    under = 1.4 if len(part.title) > _ONE_LINE else 0.95
    _text(slide, part.sub, LEFT, under, ACROSS, 0.4, 14, "muted")
    top = under + 0.55
    height = 6.15 - top
    known = part.content
    if known:
        shape = native.add(slide, known, Inches(LEFT), Inches(top), Inches(ACROSS), Inches(height))
        _describe(shape, part.key, part.alt)
    else:
        png = drawing.raster(
            drawing.paper(part.spec | {"background": theme.colour("paper")}, 950), scale=3
        )
        picture = slide.shapes.add_picture(
            io.BytesIO(png), Inches(LEFT), Inches(top), width=Inches(ACROSS)
        )
        if picture.height > Inches(height):
            picture.width, picture.height = (
                round(picture.width * Inches(height) / picture.height),
                Inches(height),
            )
        _describe(picture, part.key, part.alt)
    notes = "" if known else "  ".join(part.notes)  # they say how our own drawing is to be read
    _foot(slide, own, part, f"{notes}\n{part.source}" if notes else part.source)
    _talk(slide, own, part.title, part)


def _text_slide(slide: Any, own: Handout) -> None:
    """A view without charts: its headline, and the figures that the headline says as a table."""
    from pptx.util import Inches, Pt

    slide.shapes.title.text = own.finding
    _text(slide, own.title, LEFT, 1.4, ACROSS, 0.4, 14, "muted")
    figures = own.figures[:_MOST_FIGURES]
    if figures:
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
        _describe(frame, "tal", "; ".join(f"{f.indicator.title}: {f.with_unit}" for f in figures))
    sources = "; ".join(f"{s.publisher}: {s.title} ({s.dated})" for s in own.sources)
    _foot(slide, own, None, sources)
    _talk(slide, own, own.finding, None)


def _foot(slide: Any, own: Handout, part: Part | None, source: str) -> None:
    from pptx.util import Inches

    qr = own.qr_png(part)
    width = ACROSS - (1.3 if qr else 0)
    _text(slide, f"{source}\n{own.dated}", LEFT, 6.28, width, 0.6, 10, "muted")
    _text(
        slide,
        own.link(part),
        LEFT,
        7.02,
        width,
        0.25,
        10,
        "accent",
        link=own.link(part) if own.origin else "",
    )
    if qr:
        picture = slide.shapes.add_picture(
            io.BytesIO(qr), Inches(WIDTH - 0.6 - 1.1), Inches(6.2), height=Inches(1.1)
        )
        _describe(picture, "QR-kode", f"QR-kode med linket {own.link(part)}")


def _talk(slide: Any, own: Handout, finding: str, part: Part | None) -> None:
    """Talking points: the finding, what it counts, its caveats, the sources."""
    lines = [finding, ""]
    if part:
        lines += [f"• {part.sub}", *(f"• Om grafen i Indblik: {text}" for text in part.notes)]
    indicators = {f.indicator.id: f.indicator for f in (part.figures if part else own.figures)}
    lines += [f"• {i.title}: {i.caveats}" for i in indicators.values() if i.caveats]
    lines += [
        f"• Står ikke i materialet: {u.what}"
        + ("" if u.said.startswith("findes") else f" ({u.said})")
        for u in own.unknown
    ]
    lines += ["", f"Kilde: {part.source}" if part else "", own.dated, own.link(part)]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def _text(
    slide: Any,
    said: str,
    left: float,
    top: float,
    width: float,
    height: float,
    size: int,
    token: str,
    link: str = "",
) -> None:
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_textbox(
        Inches(left), Inches(top), Inches(width), Inches(height)
    ).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, line in enumerate(said.split("\n")):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.color.rgb = Pt(size), rgb(token)
        if link:
            run.hyperlink.address = link
    for paragraph in slide.shapes.title.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = 1030


def _describe(shape: Any, name: str, alt: str) -> None:
    about = shape._element.find(".//{*}cNvPr")
    about.set("name", name)
    about.set("descr", alt)
