"""Files for taking away: they open right in Danish Excel, hold the release's own numbers, and start nothing."""

import csv
import io
import json
import re
import struct
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract import danish
from dashboard import charts, library, read
from dashboard.charts.bars import Bar
from dashboard.export import delimited, drawing
from dashboard.export.drawing import Around
from dashboard.read import Figure, Release
from dashboard.text import plain
from tests.screens import pictures
from tests.unit.made_up import event, figure, series

BOM = b"\xef\xbb\xbf"
STARTERS = "=+-@\t\r"


def reopened(raw: bytes, delimiter: str) -> list[dict[str, str]]:
    """The rows of a CSV file by column name."""
    return list(
        csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    )


def same_numbers(rows: Sequence[dict[str, str]], figures: Sequence[Figure], *, comma: bool) -> None:
    """Every row holds its figure, and its number is the release's own."""
    assert [row["tal-id"] for row in rows] == [one.id for one in figures]
    for row, one in zip(rows, figures, strict=True):
        value = row["værdi"].replace(",", ".") if comma else row["værdi"]
        assert (None if value == "" else float(value)) == one.value, one.id
        assert row["enhed"] == one.indicator.unit
        assert row["kilde"]
        assert row["sted i kilden"]


def test_csv_for_danish_excel_has_bom_semicolons_commas_and_crlf() -> None:
    raw = delimited.csv_excel([figure(1234567.5, note="linje æøå; med semikolon")])
    assert raw.startswith(BOM)
    head, line, rest = raw[len(BOM) :].split(b"\r\n")
    assert rest == b""
    assert b"\n" not in head + line
    assert head.decode().split(";") == list(delimited.COLUMNS)
    assert "1234567,5" in line.decode().split(";")
    assert '"linje æøå; med semikolon"' in line.decode()


def test_csv_for_programs_has_points_and_no_bom() -> None:
    raw = delimited.csv_plain([figure(1234567.5)])
    assert not raw.startswith(BOM)
    assert b"\r" not in raw
    assert "1234567.5" in raw.decode().splitlines()[1].split(",")


def test_every_number_of_the_release_comes_back_from_both_files() -> None:
    figures = list(read.current().figures())
    same_numbers(reopened(delimited.csv_excel(figures), ";"), figures, comma=True)
    same_numbers(reopened(delimited.csv_plain(figures), ","), figures, comma=False)


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 3)))
def test_a_number_comes_back_as_it_was(value: float) -> None:
    one = figure(value)
    same_numbers(reopened(delimited.csv_excel([one]), ";"), [one], comma=True)
    if abs(value) < 1e7:
        same_numbers(reopened(delimited.csv_plain([one]), ","), [one], comma=False)


def test_a_figure_without_a_value_is_an_empty_cell() -> None:
    assert reopened(delimited.csv_excel([figure(None)]), ";")[0]["værdi"] == ""


@given(
    st.sampled_from(STARTERS), st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
)
def test_no_text_is_taken_for_a_formula(starter: str, rest: str) -> None:
    text = starter + rest
    one = figure(
        1,
        group=text,
        locator=text,
        note=text,
        as_written=text,
        indicator__title=text,
        source__publisher=text,
    )
    files = [(delimited.csv_excel([one]), ";")] + (
        [] if starter == "\r" else [(delimited.csv_plain([one]), ",")]
    )
    for raw, delimiter in files:
        (row,) = reopened(raw, delimiter)
        for column, cell in row.items():
            assert column == "værdi" or not cell.startswith(tuple(STARTERS)), (column, cell)


def test_a_negative_number_stays_a_number() -> None:
    (row,) = reopened(delimited.csv_excel([figure(-18)]), ";")
    assert row["værdi"] == "-18"


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("//evil.example")', "@SUM(A1)", "+1", "-1", "\t=1", "\r=1"]
)
def test_a_formula_is_made_harmless(text: str) -> None:
    assert delimited.safe(text) == f"'{text}"
    assert delimited.safe("prøve=1") == "prøve=1"


# ---- pictures as files ----

SPEC = charts.timeline(
    [
        charts.Track.of("Prøve", "koebenhavn", series(1234.5, 20871, 18000)),
        charts.Track.of("Anden", "landet", series(4000, 5000, 6000)),
    ],
    first=series(1)[0].start,
    last=figure(1, "1903").end,
    events=[event("1902-05-01")],
)


def texts(svg: bytes) -> list[str]:
    """Everything that is written in an SVG."""
    return [
        re.sub(r"<[^>]+>", "", found)
        for found in re.findall(r"<text[^>]*>(.*?)</text>", svg.decode(), re.DOTALL)
    ]


def test_an_svg_is_danish_has_its_heading_and_its_source() -> None:
    svg = drawing.svg(
        SPEC, Around("Prøveoverskrift", "Kilde: prøven. Indblik, udgave 1909-12-31-00000000.")
    )
    written = texts(svg)
    assert "Prøveoverskrift" in written
    assert any(text.startswith("Kilde: prøven") for text in written)
    assert "5.000" in written
    assert not [text for text in written if re.search(r"\d,\d{3}(?!\d)|\d\.\d(?!\d\d)", text)], (
        "no English numbers"
    )
    assert b"var(--" not in svg
    assert b"#27767A" in svg, "light colours"
    assert "Anden 6.000" in written, "labels stand in the margin, as on a wide screen"


def test_a_png_is_twice_the_screen() -> None:
    png = drawing.png(charts.horizontal([Bar("a", figure(3))]), Around("Prøve", "Kilde: prøven."))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width > 1900
    assert height > 200


def test_a_chart_of_its_own_leaves_the_page_as_it_was() -> None:
    before = json.dumps(SPEC)
    alone = drawing.standalone(SPEC, Around("Prøve", "Kilde"))
    assert json.dumps(SPEC) == before
    assert isinstance(alone["width"], int)
    assert "var(--" not in json.dumps(alone)


def test_every_chart_of_the_app_becomes_a_danish_svg() -> None:
    release = read.current()
    faults = []
    for path, picture in pictures():
        svg = drawing.svg(
            picture.spec,
            Around(plain(release, picture.finding), drawing.foot(picture.figures, release)),
        )
        written = texts(svg)
        faults += [
            f"/{path} {picture.key}: «{text}»"
            for text in written
            if re.search(r"[1-9]\d{0,2},\d{3}(?!\d)", text)
        ]
        if not any("Indblik, udgave" in text for text in written):
            faults.append(f"/{path} {picture.key}: no source under the chart")
        months = "January|February|March|May|June|July|October"
        faults += [
            f"/{path} {picture.key}: «{text}»" for text in written if re.search(months, text)
        ]
    assert not faults, "\n".join(faults)


def test_the_foot_names_every_source_and_the_release() -> None:
    release = read.current()
    (_, picture) = pictures()[0]
    foot = drawing.foot(picture.figures, release)
    assert release.id in foot
    assert foot.startswith("Kilde: ")


def test_the_zip_holds_the_release_unchanged() -> None:
    from contract.paths import releases_dir

    release = read.current()
    folder = releases_dir() / release.id
    with zipfile.ZipFile(io.BytesIO(library.parquet(release))) as archive:
        assert set(archive.namelist()) == {f"{release.id}/{file.name}" for file in folder.iterdir()}
        for file in folder.iterdir():
            assert archive.read(f"{release.id}/{file.name}") == file.read_bytes()
    assert library.parquet(release) == library.parquet(release), "the same file every time"


def test_numbers_are_written_the_same_way_everywhere(small_release: Release) -> None:
    """Screen, file and chart say the same about a figure, after rounding."""
    one = small_release.figure("antal-1903")
    assert one.text == "knap 3.900"
    (row,) = reopened(delimited.csv_excel([one]), ";")
    assert danish.number(float(row["værdi"])) == "3.900"
    assert (row["kvalifikator"], row["som skrevet"]) == ("knap", "knap 3.900")
