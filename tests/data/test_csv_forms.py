"""The forms of CSV a Danish Excel saves: read right as a whole, or refused with a clear message."""

import pytest

from etl.check import check
from tests.data.small import FIGURES, HEADER, SmallData

CSV = "figures/proeve.csv"
DANISH = """\
figure;indicator;area;group;period;value;qualifier;as_written;kind;source;locator;note
antal-1901;proeve-antal;000;;1901;200;præcis;200;målt;proeve-a;side 1;
antal-1902;proeve-antal;000;;1902;1.000;præcis;1.000;målt;proeve-a;side 1;
antal-1903;proeve-antal;000;;1903;3900;knap;knap 3.900;målt;proeve-a;side 2, linje 4;Prøvenote
antal-1904;proeve-antal;000;;1904;;præcis;ikke oplyst;målt;proeve-a;side 2;Kilden oplyser det ikke
to-1902;proeve-antal-to;000;unge;1902;460;ca;ca. 460;målt;proeve-b;side 3;
andel-1902;proeve-andel;000;;1902;19,5;præcis;19,5 %;målt;proeve-b;side 3;
"""


def without_places(small: SmallData) -> list[tuple[object, ...]]:
    """What was read, apart from where."""
    checked = check(small.root)
    assert checked.complaints.lines() == []
    return [
        (f.id, f.group, f.period, f.value, f.decimals, f.as_written, f.locator, f.note)
        for f in checked.figures.values()
    ]


@pytest.mark.parametrize(
    "raw",
    [
        DANISH.encode(),
        DANISH.encode("utf-8-sig"),
        DANISH.replace("\n", "\r\n").encode("utf-8-sig"),
        (DANISH + ";;;;;;;;;;;\n").encode(),
        FIGURES.encode("utf-8-sig"),
        FIGURES.rstrip("\n").encode(),
        (FIGURES + "\n,,,,,,,,,,,\n\n").encode(),
    ],
    ids=["danish", "bom", "excel", "empty row", "comma with bom", "no last newline", "blank lines"],
)
def test_danish_excel_is_read_as_the_same_figures(small: SmallData, raw: bytes) -> None:
    expected = without_places(small)
    small.write(CSV, raw)
    assert without_places(small) == expected


def test_columns_may_stand_in_another_order(small: SmallData) -> None:
    expected = without_places(small)
    lines = [line.split(";") for line in DANISH.splitlines()]
    small.write(CSV, "\n".join(";".join(reversed(cells)) for cells in lines) + "\n")
    assert without_places(small) == expected


TO_1902 = "to-1902,proeve-antal-to,000,unge,1902,460,ca,ca. 460,målt,proeve-b,side 3,"
REFUSED = {
    "decimal point among semicolons": (
        DANISH.replace(";19,5;", ";19.5;"), 7, "har decimalpunktum i en fil med semikolon"
    ),
    "thousands stop misplaced": (DANISH.replace(";1.000;", ";10.00;"), 3, "decimalpunktum"),
    "commas in one row": (
        DANISH.replace(TO_1902.replace(",", ";"), TO_1902),
        6, "rækken bruger «,» mellem felterne, men overskriften bruger «;»",
    ),
    "semicolons below a comma header": (
        FIGURES.replace(TO_1902, TO_1902.replace(",", ";")),
        6, "rækken bruger «;» mellem felterne, men overskriften bruger «,»",
    ),
    "both in the header": (
        FIGURES.replace("figure,indicator", "figure;indicator"), 1, "blander komma og semikolon"
    ),
    "a column renamed": (
        FIGURES.replace(",value,", ",valeu,"), 1, "mangler value; «valeu» kendes ikke"
    ),
    "a column missing": (FIGURES.replace(",note\n", "\n", 1), 1, "mangler note"),
    "a column too many": (FIGURES.replace(",note\n", ",note,unit\n", 1), 1, "«unit» kendes ikke"),
    "a column twice": (FIGURES.replace(",note\n", ",value\n", 1), 1, "står to gange"),
    "no rows": (HEADER, 1, "ingen rækker"),
    "nothing": ("", 1, "kolonnerne er forkerte"),
    "a login page": ("<!DOCTYPE html>\n<html><body>Log ind</body></html>\n", 1, "kolonnerne"),
    "an open quote": (FIGURES.replace('"19,5 %"', '"19,5 %'), 7, "anførselstegn"),
    "a quote inside": (FIGURES.replace('"19,5 %"', '"19"5 %"'), 7, "anførselstegn"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_mixture_or_a_broken_file_is_refused(
    small: SmallData, text: str, line: int, expected: str
) -> None:
    small.write(CSV, text)
    at_line = [c for c in small.complaints() if c.startswith(f"data/{CSV}:{line}: ")]
    assert len(at_line) == 1
    assert expected in at_line[0]


@pytest.mark.parametrize(
    ("raw", "line"),
    [(FIGURES.encode("cp1252"), 2), (FIGURES.encode("utf-16"), 1), (b"\xff\xfe\x00\x00", 1)],
    ids=["windows-1252", "utf-16", "bytes"],
)
def test_another_encoding_is_refused_by_line(small: SmallData, raw: bytes, line: int) -> None:
    small.write(CSV, raw)
    (found,) = small.complaints()
    assert found.startswith(f"data/{CSV}:{line}: filen er ikke gemt som UTF-8; vælg «CSV UTF-8»")


def test_a_row_over_several_lines_does_not_shift_the_others(small: SmallData) -> None:
    text = FIGURES.replace("Prøvenote", '"Prøve\nnote"').replace("19.5,præcis", "19.6,præcis")
    small.write(CSV, text)
    places = [complaint.split(": ")[0] for complaint in small.complaints()]
    assert places[0] == f"data/{CSV}:4"
    assert places[1] == f"data/{CSV}:8"
