"""A link becomes the view to take away, and every file of it holds the numbers of the release."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard import charts, read, share, sitemap
from dashboard.charts import content
from dashboard.charts.bars import Bar, Column
from dashboard.export import delimited, drawing, files, handout, sheet, slides, workbook
from dashboard.export.handout import BadLink, Handout
from dashboard.picture import IncompleteFigure, Picture
from dashboard.read import Release
from tests.unit.made_up import figure, series

HOST = "https://indblik.example"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@cache
def taken(link: str) -> Handout:
    return handout.read(HOST + link)


# ---- links ----


def test_a_link_from_del_gives_its_view_and_pins_the_release() -> None:
    own = taken("/fleksjob#timer")
    assert [part.key for part in own.parts] == ["timer"]
    assert own.link() == f"{HOST}/fleksjob?d={own.release.id[-8:]}#timer"
    assert own.name == "indblik-fleksjob-timer"
    assert [part.key for part in taken("/fleksjob").parts] == ["niveau", "timer", "tilgang"]


def test_the_host_may_be_left_out_and_then_there_is_no_qr_code() -> None:
    own = handout.read("/fleksjob")
    assert own.link().startswith("/fleksjob?d=")
    assert own.qr_png() == own.qr_svg() == b""
    assert (
        handout.read("/fleksjob", "https://andet.example/")
        .link()
        .startswith("https://andet.example/fleksjob?")
    )


@pytest.mark.parametrize(
    "link", ["/findes-ikke", "ftp://x/fleksjob", "javascript:alert(1)", "https:///fleksjob", "//["]
)
def test_a_link_that_shows_nothing_is_refused_in_danish(link: str) -> None:
    with pytest.raises(BadLink, match=r"side|linket"):
        handout.read(link)


def test_a_figure_that_lacks_its_source_is_not_taken_away(small_release: Release) -> None:
    one = replace(figure(3), locator="")
    with pytest.raises(IncompleteFigure):
        handout.part(
            small_release,
            Picture("x", "Fund", "sub", "alt", charts.horizontal([Bar("a", one)]), [one]),
        )


# ---- the content of a chart ----


def test_a_series_over_time_keeps_its_gaps() -> None:
    quarters = [figure(1.0, "1901K1"), figure(2.0, "1901K2"), figure(3.0, "1901K4")]
    year = figure(9.0, "1902")
    spec = charts.timeline(
        [charts.Track.of("Kvartal", "fleksjob", quarters), charts.Track.of("År", "landet", [year], average=True)],
        first=quarters[0].start, last=year.end,
    )  # fmt: skip
    own = content.of(spec)
    assert own is not None
    assert own.categories[:4] == ["1. kv. 1901", "2. kv. 1901", "3. kv. 1901", "4. kv. 1901"]
    assert own.series[0].values == [1, 2, None, 3, None, None, None, None]
    assert own.series[1].values == [None] * 4 + [9] * 4
    assert own.series[1].spread
    assert "ét tal for hele året" in own.series[1].label


def test_every_number_of_a_chart_is_a_number_of_its_figures() -> None:
    faults = []
    for page in sitemap.PAGES:
        for picture in share.view(page, {}).pictures():
            own = content.of(picture.spec)
            if own is None or picture.computed:
                continue
            known = {f.value for f in picture.figures}
            shown = {v for one in own.series for v in one.values if v is not None}
            faults += [(page.path, picture.key, v) for v in shown - known]
    assert not faults


def test_columns_with_a_whole_are_nested() -> None:
    own = content.of(charts.columns(
        [Column("1901", [Bar("Del", figure(3))], whole=Bar("Helhed", figure(10), tint=True))], stacked=True
    ))  # fmt: skip
    assert own is not None
    assert (own.kind, own.nested, [s.label for s in own.series]) == (
        "søjle",
        True,
        ["Helhed", "Del"],
    )


# ---- workbook ----


def test_the_workbook_holds_every_figure_with_its_source() -> None:
    own = taken("/fleksjob")
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(own)))
    assert book.sheetnames == ["Forside", "Noter", "1 niveau", "2 timer", "3 tilgang", "Alle tal"]
    head, *rows = book["Alle tal"].iter_rows(values_only=True)
    assert list(head) == list(delimited.COLUMNS)
    assert {row[0]: row[delimited.VALUE] for row in rows} == {f.id: f.value for f in own.figures}
    assert all(row[head.index("kilde")] and row[head.index("sted i kilden")] for row in rows)
    cover = {row[0]: row[1] for row in book["Forside"].iter_rows(values_only=True)}
    assert cover["Fund"] == own.finding
    assert cover["Link"] == own.link()
    assert own.release.id in cover["Data"]
    assert not any(page.merged_cells.ranges for page in book.worksheets)


def test_the_sheet_of_a_chart_has_its_numbers_and_empty_gaps() -> None:
    own = taken("/fleksjob#niveau")
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(own)))
    known = own.parts[0].content
    assert known is not None
    rows = list(book["1 niveau"].iter_rows(min_row=2, values_only=True))
    assert [list(row[1:]) for row in rows] == [
        [s.values[i] for s in known.series] for i in range(len(rows))
    ]
    assert any(cell is None for row in rows for cell in row)


@pytest.mark.parametrize("text", ['=HYPERLINK("//ond.example")', "@SUM(A1)", "+1", "-1", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    one = figure(
        -3,
        group=text,
        note=text,
        indicator__title=text,
        indicator__caveats=text,
        source__title=text,
    )
    own = taken("/fleksjob#timer")
    part = replace(own.parts[0], title=text, sub=text, figures=[one])
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(replace(own, parts=[part]))))
    cells = [
        cell
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    # openpyxl guesses «f» from a leading =; what counts is that the file holds no formula element
    with zipfile.ZipFile(io.BytesIO(workbook.xlsx(replace(own, parts=[part])))) as archive:
        assert not any(
            b"<f>" in archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/")
        )
    guarded = [
        cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(text[0])
    ]
    assert guarded
    assert all(cell.quotePrefix for cell in guarded)


# ---- slides ----


def chart_values(xml: bytes) -> list[list[float | None]]:
    """The numbers in a chart's XML by series; a missing point is a gap."""
    found = []
    for one in ElementTree.fromstring(xml).iter(f"{C}ser"):
        cache_ = one.find(f"{C}val/{C}numRef/{C}numCache")
        assert cache_ is not None
        count = int(cache_.find(f"{C}ptCount").get("val"))  # type: ignore[union-attr]
        points = {int(p.get("idx")): float(p.find(f"{C}v").text) for p in cache_.iter(f"{C}pt")}  # type: ignore[arg-type,union-attr]
        found.append([points.get(i) for i in range(count)])
    return found


def test_the_slides_hold_native_charts_with_the_numbers_inside() -> None:
    own = taken("/fleksjob")
    with zipfile.ZipFile(io.BytesIO(slides.pptx([own]))) as archive:
        names = archive.namelist()
        drawn = sorted(n for n in names if n.startswith("ppt/charts/chart"))
        inside = sorted(n for n in names if n.startswith("ppt/embeddings/"))
        assert len(drawn) == len(inside) == len(own.parts)
        wanted = [
            [list(s.values) for s in part.content.series] for part in own.parts if part.content
        ]
        assert sorted(map(str, (chart_values(archive.read(n)) for n in drawn))) == sorted(
            str([[None if v is None else float(v) for v in s] for s in one]) for one in wanted
        )
        books = [openpyxl.load_workbook(io.BytesIO(archive.read(n))).active for n in inside]
        held = {cell for book in books for row in book.iter_rows(values_only=True) for cell in row}
        assert {v for one in wanted for s in one for v in s if v is not None} <= held
        assert all(b'<c:dispBlanksAs val="gap"/>' in archive.read(n) for n in drawn)
        assert all(re.search(rb'<c:min val="0(\.0)?"/>', archive.read(n)) for n in drawn), (
            "axes begin at zero"
        )


def test_a_slide_says_finding_source_link_and_has_alt_texts_and_notes() -> None:
    own = taken("/unge#sagstal")
    (part,) = own.parts
    with zipfile.ZipFile(io.BytesIO(slides.pptx([own]))) as archive:
        slide = archive.read("ppt/slides/slide1.xml")
        notes = archive.read("ppt/notesSlides/notesSlide1.xml").decode()
        chart = archive.read(
            next(n for n in archive.namelist() if n.startswith("ppt/charts/chart"))
        ).decode()
        assert re.search(
            rb'sldSz cx="1219\d{4}" cy="6858000"', archive.read("ppt/presentation.xml")
        ), "16:9"
    said = " ".join(ElementTree.fromstring(slide).itertext())
    for text in (part.title, part.sub, part.source, own.dated, own.link()):
        assert text in said
    alts = [
        e.get("descr")
        for e in ElementTree.fromstring(slide).iter()
        if e.tag.endswith("cNvPr") and e.get("descr")
    ]
    assert part.alt in alts
    assert any(alt.startswith("QR-kode") for alt in alts)
    assert part.title in "".join(ElementTree.fromstring(notes).itertext())
    assert "ca. 70" in chart, "an approximate number keeps its word"


# ---- sheets and pictures ----


def test_the_sheet_is_a_tagged_a4_with_the_finding_and_the_numbers() -> None:
    own = taken("/fleksjob#timer")
    raw = sheet.pdf(own)
    reader = PdfReader(io.BytesIO(raw))
    (page,) = reader.pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("da")
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in raw or "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    text = " ".join(page.extract_text().split())
    assert own.finding in text
    for one in own.figures:
        assert one.text in text
    assert own.release.id in text
    assert own.link() in text.replace(" ", "")
    assert sheet.pdf(own) == raw, "the same file every time"


def test_every_page_fits_its_sheets() -> None:
    for link in ("/fleksjob", "/udforsk", "/"):
        own = taken(link)
        assert len(PdfReader(io.BytesIO(sheet.pdf(own))).pages) == max(len(own.parts), 1), link


def test_a_picture_has_heading_source_link_and_qr_code() -> None:
    own = taken("/fleksjob#timer")
    (part,) = own.parts
    svg = drawing.svg(part.spec, own.around(part))
    said = " ".join(ElementTree.fromstring(svg).itertext())
    assert part.title in said
    assert "Kilde: " in said
    assert own.link() in said
    assert b"data:image/png" in svg
    small, large = (Image.open(io.BytesIO(files.KINDS[kind].make(own))) for kind in ("png", "tryk"))
    assert small.width > 1900
    assert large.width > 3500
    reader = PdfReader(io.BytesIO(files.KINDS["pdf"].make(own)))
    assert "20.871" in reader.pages[0].extract_text()


def test_files_are_named_after_page_figure_and_release() -> None:
    own = taken("/fleksjob")
    assert [n for n, _ in files.made(own, "svg")] == [
        f"indblik-fleksjob-{key}-{own.release.id}.svg" for key in ("niveau", "timer", "tilgang")
    ]
    assert [n for n, _ in files.made(taken("/"), "svg")] == []
    assert [n for n, _ in files.made(taken("/"), "xlsx")] == [
        f"indblik-kort-fortalt-{own.release.id}.xlsx"
    ]


def test_a_view_without_charts_says_its_headline_and_its_figures() -> None:
    own = taken("/")
    assert own.figures
    text = " ".join(PdfReader(io.BytesIO(sheet.pdf(own))).pages[0].extract_text().split())
    assert own.figures[0].text in text
    assert read.current().id in text


def test_yearly_figures_have_yearly_categories() -> None:
    own = content.timed([charts.Track.of("a", "andet", series(1, None, 3))])
    assert own.categories == ["1901", "1902", "1903"]
    assert own.series[0].values == [1, None, 3]
