"""The kinds of files there are, and how each is made from a view. Pure; a file is made when asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.export import delimited
from dashboard.export.handout import Handout


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called on the screen, its ending, its media type, how it is made.

    `each`: one file a chart; the view must hold exactly one when it is made.
    """

    label: str
    ending: str
    mime: str
    make: Callable[[Handout], bytes]
    each: bool = False


def _xlsx(own: Handout) -> bytes:
    from dashboard.export import workbook

    return workbook.xlsx(own)


def _pptx(own: Handout) -> bytes:
    from dashboard.export import slides

    return slides.pptx([own])


def _sheet(own: Handout) -> bytes:
    from dashboard.export import sheet

    return sheet.pdf(own)


def _picture(name: str, scale: float = 0) -> Callable[[Handout], bytes]:
    def make(own: Handout) -> bytes:
        from dashboard.export import drawing

        (part,) = own.parts
        options = (scale,) if scale else ()
        return getattr(drawing, name)(part.spec, own.around(part), *options)

    return make


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PRINT = 3.5
"""300 dots an inch across an A4 sheet on its side."""
KINDS: dict[str, Kind] = {
    "csv": Kind("CSV til Excel", "csv", "text/csv; charset=utf-8", lambda own: delimited.csv_excel(own.figures)),
    "plain": Kind("CSV til programmer", "plain.csv", "text/csv; charset=utf-8", lambda own: delimited.csv_plain(own.figures)),
    "xlsx": Kind("Excel", "xlsx", _XLSX, _xlsx),
    "pptx": Kind("PowerPoint", "pptx", _PPTX, _pptx),
    "ark": Kind("A4-ark (PDF)", "ark.pdf", "application/pdf", _sheet),
    "png": Kind("PNG", "png", "image/png", _picture("png", 2), each=True),
    "tryk": Kind("PNG til tryk", "tryk.png", "image/png", _picture("png", _PRINT), each=True),
    "svg": Kind("SVG", "svg", "image/svg+xml", _picture("svg"), each=True),
    "pdf": Kind("PDF af grafen", "pdf", "application/pdf", _picture("pdf"), each=True),
}  # fmt: skip


def name(own: Handout, kind: str) -> str:
    """`indblik-fleksjob-niveau-2026-11-23-0f1e2d3c.xlsx`."""
    return f"{own.name}-{own.release.id}.{KINDS[kind].ending}"


def made(own: Handout, kind: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(file name, how it is made) for each file of a kind that a view gives; none for pictures of a view without charts."""
    chosen = KINDS[kind]
    for one in own.apart() if chosen.each else [own]:
        yield name(one, kind), lambda one=one: chosen.make(one)
