"""The frame of our slides in PowerPoint: wide screen, one layout, our typefaces and colours as its theme."""

import re
from typing import Any

from dashboard import theme

WIDTH, HEIGHT = 13.333, 7.5
"""Inches, 16:9."""
LEFT, ACROSS = 0.6, 12.13
"""Where a slide's content begins, and how wide it is (inches)."""
HEADING, TEXT = "Georgia", "Arial"
"""Typefaces that every office machine has."""
_ONE_LINE = 58
"""A title of more characters is set on two lines."""
_DANISH = 1030
"""The number of the Danish language in Office: spelling, and how the text is read aloud."""


def rgb(token: str) -> Any:
    """A theme token's light colour."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(theme.TOKENS[token][0].removeprefix("#"))


def layout_of(show: Any) -> Any:
    """The template's «title only» of a presentation in our places, typefaces and colours; the other layouts go."""
    from pptx.util import Inches, Pt

    layout = show.slide_layouts.get_by_name("Title Only")
    for other in list(show.slide_layouts):
        if other is not layout:
            show.slide_layouts.remove(other)
    layout.name = "Figur"
    for holder in [*layout.placeholders, *show.slide_master.placeholders]:
        if holder.placeholder_format.type != 1:
            holder._element.getparent().remove(
                holder._element
            )  # date, foot, number: ours stand elsewhere
            continue
        place(holder, LEFT, 0.42, ACROSS, 0.95)
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor = True, 1
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        style = frame.paragraphs[0]
        style.font.size = Pt(26)
    master = show.slide_master
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = rgb("paper")
    titles = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    titles.set("algn", "l")
    run = titles.find("{*}defRPr")
    run.set("sz", "2600")
    run.set("b", "1")
    _theme(master)
    assert layout.placeholders[0].width == Inches(ACROSS)
    return layout


def _theme(master: Any) -> None:
    """Our typefaces and colours as the theme, so that what is added later looks the same."""
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    xml = part.blob.decode()
    xml = re.sub(r'(<a:majorFont>\s*<a:latin typeface=")[^"]*', rf"\g<1>{HEADING}", xml)
    xml = re.sub(r'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rf"\g<1>{TEXT}", xml)
    tokens = {"dk1": "ink", "lt1": "surface", "dk2": "muted", "lt2": "paper"}
    tokens |= {f"accent{i}": role for i, role in enumerate(theme.ROLES[:6], start=1)}
    tokens |= {"hlink": "accent", "folHlink": "accent"}
    for name, token in tokens.items():
        own = theme.TOKENS[token][0].removeprefix("#")
        xml = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{own}"/></a:{name}>',
            xml,
            flags=re.DOTALL,
        )
    part._blob = xml.encode()


def text(
    slide: Any,
    said: str,
    box: tuple[float, float, float, float],
    size: int,
    token: str,
    *,
    bold: bool = False,
    link: str = "",
) -> Any:
    """A text box at (left, top, width, height) in inches, a paragraph a line; gives the shape."""
    from pptx.util import Inches, Pt

    shape = slide.shapes.add_textbox(*(Inches(v) for v in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, line in enumerate(said.split("\n")):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.color.rgb, run.font.bold = Pt(size), rgb(token), bold
        run.font.language_id = _DANISH
        if link:
            run.hyperlink.address = link
    return shape


def entitle(slide: Any, said: str) -> float:
    """Write the slide's title; gives where what comes under it begins (inches)."""
    slide.shapes.title.text = said
    for paragraph in slide.shapes.title.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = _DANISH
    return 1.4 if len(said) > _ONE_LINE else 0.95


def describe(shape: Any, name: str, alt: str) -> None:
    """Give a shape its name, and its text for those who cannot see it."""
    about = shape._element.find(".//{*}cNvPr")
    about.set("name", name)
    about.set("descr", alt)


def place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    """Put a shape at a place (inches)."""
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (
        Inches(v) for v in (left, top, width, height)
    )
