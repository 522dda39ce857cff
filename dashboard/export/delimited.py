"""Figures as CSV: for Danish Excel and for programs. Pure."""

import csv
import io
from collections.abc import Callable, Sequence

from contract import danish
from contract.hidden import HIDDEN
from dashboard.read import Figure

COLUMNS = (
    "tal-id", "indikator", "område", "gruppe", "periode", "værdi", "kvalifikator", "som skrevet", "enhed",
    "slags", "kilde", "sted i kilden", "kildedato", "note",
)  # fmt: skip
VALUE = COLUMNS.index("værdi")
# A cell that begins like this could be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_excel(figures: Sequence[Figure]) -> bytes:
    """CSV that opens right in Danish Excel: `;`, decimal comma, UTF-8 with BOM, CRLF."""
    return _csv(
        figures,
        ";",
        lambda v: danish.number(v).replace(".", "").replace(danish.MINUS, "-"),
        "\r\n",
        bom=True,
    )


def csv_plain(figures: Sequence[Figure]) -> bytes:
    """CSV for programs: `,`, decimal point, UTF-8, LF."""
    return _csv(figures, ",", lambda v: f"{v:.10g}", "\n", bom=False)


def row(figure: Figure) -> list[str | float | None]:
    """A figure's cells in the order of COLUMNS; only the value is a number.

    A hidden number says so where it would stand: an empty cell counts as 0 when a person sums in Excel.
    """
    f = figure
    value = HIDDEN if f.hidden else f.value
    return [
        f.id, f.indicator.title, f.area_name, f.group, f.period, value, f.qualifier, f.as_written, f.indicator.unit,
        f.kind, f"{f.source.publisher}: {f.source.title}", f.locator, f.source.published, f.note,
    ]  # fmt: skip


def _csv(
    figures: Sequence[Figure],
    delimiter: str,
    show: Callable[[float], str],
    newline: str,
    *,
    bom: bool,
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerow(COLUMNS)
    for figure in figures:
        cells = [safe(cell) if isinstance(cell, str) else cell for cell in row(figure)]
        if figure.value is not None:
            cells[VALUE] = show(figure.value)
        elif not bom:  # for programs, to which a word among numbers is a fault
            cells[VALUE] = ""
        writer.writerow(cells)
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(_FORMULA)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a leading apostrophe where one could be."""
    return f"'{text}" if is_formula(text) else text
