"""A view, or those of a run sheet, as an Excel workbook: cover, notes, one sheet a chart, one with all figures. Pure.

Numbers are numbers, texts are never formulas, no cells are merged, and the sheets are called what they hold.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from contract import danish
from dashboard import theme
from dashboard.export import delimited
from dashboard.export.handout import Handout, Part
from dashboard.export.markup import Table
from dashboard.export.meeting import Meeting
from dashboard.export.progress import Told, silent

_WIDEST = 64
_LONGEST_NAME = 31


def xlsx(own: Handout) -> bytes:
    """The workbook of a view."""
    return _book([own], own.title, own.finding, _cover(own), silent)


def together(meeting: Meeting, told: Told = silent) -> bytes:
    """One workbook of all views; the sheets have their numbers. `told` is called for each view."""
    return _book(meeting.views, meeting.title, "", _listed(meeting), told)


def _book(
    views: Sequence[Handout], title: str, subject: str, cover: list[tuple[str, str]], told: Told
) -> bytes:
    import xlsxwriter  # when a workbook is asked for

    out = io.BytesIO()
    safe = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, safe) as book:
        made = datetime.combine(views[0].release.published, time(), UTC)
        book.set_properties(
            {"title": title, "subject": subject, "author": "Indblik", "created": made}
        )
        sheets = _Sheets(book)
        sheets.pairs("Forside", cover)
        sheets.pairs("Noter", list(dict.fromkeys(row for own in views for row in _notes(own))))
        for place, own in enumerate(views, start=1):
            told(own.message)
            for index, part in enumerate(own.parts, start=1):
                columns, rows = _drawn(part)
                number = str(index) if len(views) == 1 else _number(place, index, own)
                sheets.table(f"{number} {part.key}"[:_LONGEST_NAME], columns, rows)
        figures = {f.id: f for own in views for f in own.figures}.values()
        sheets.table("Alle tal", list(delimited.COLUMNS), [delimited.row(f) for f in figures])
    return out.getvalue()


def _number(place: int, index: int, own: Handout) -> str:
    """Where a chart stands in a run sheet: `3`, or `3.1` where its view has several."""
    return f"{place}.{index}" if len(own.parts) > 1 else str(place)


def _listed(meeting: Meeting) -> list[tuple[str, str]]:
    screens = [(f"Skærm {i}", own.message) for i, own in enumerate(meeting.views, start=1)]
    sources = {s.id: s for own in meeting.views for s in own.sources}.values()
    return [
        ("Køreplan" if meeting.link else "Mappe", meeting.title), *screens,
        *(("Ikke med", one) for one in meeting.missing),
        ("Data", meeting.views[0].dated), *([("Link", meeting.link)] if meeting.link else []),
        ("Kilder", "; ".join(f"{s.publisher}: {s.title} ({s.dated})" for s in sources)),
    ]  # fmt: skip


def _cover(own: Handout) -> list[tuple[str, str]]:
    several = [
        (f"Ark {n}", f"{n} {part.key}: {part.title}") for n, part in enumerate(own.parts, start=1)
    ]
    return [
        ("Side", own.title), ("Fund", own.finding), *several,
        ("Data", own.dated), ("Link", own.link()),
        ("Kilder", "; ".join(f"{s.publisher}: {s.title} ({s.dated})" for s in own.sources)),
    ]  # fmt: skip


def _notes(own: Handout) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in own.parts:
        found += [(part.key, part.sub), (f"{part.key}: kilde", part.source)]
        found += [(f"{part.key}: note", note) for note in part.notes]
        found += [(f"{part.key}: hændelse", event) for event in part.events]
    for i in own.indicators:
        rows = (
            ("enhed", i.unit),
            ("tæller", i.population),
            ("definition", i.definition),
            ("forbehold", i.caveats),
        )
        found += [(f"{i.title}: {name}", text) for name, text in rows if text]
    for b in own.release.breaks:
        if {i.id for i in own.indicators} & set(b.indicators):
            found.append((f"Databrud, {danish.period(b.period)}", b.text))
    found += [("Står ikke i materialet", f"{u.what}: {u.said}") for u in own.unknown]
    found += [
        (f"Kilde: {s.publisher}", f"{s.title}, {s.dated} ({s.kind}) {s.url}".strip())
        for s in own.sources
    ]
    return found


def _drawn(part: Part) -> tuple[list[str], list[list[Any]]]:
    """What the chart shows, as numbers; a chart that is no series gives its table."""
    known = part.content
    if known is None:
        return _numbers(part.table)
    columns = [known.corner or "Hvad"]
    rows: list[list[Any]] = [[name] for name in known.categories]
    for one in known.series:
        columns.append(one.label)
        for row, value in zip(rows, one.values, strict=True):
            row.append(value)
        if any(one.approximate):  # an approximate number keeps its word
            columns.append(f"{one.label}, som skrevet")
            for row, said in zip(rows, one.texts, strict=True):
                row.append(said)
    return columns, rows


def _numbers(table: Table) -> tuple[list[str], list[list[Any]]]:
    """A table's rows with cells that are nothing but a number as numbers."""

    def cell(text: str, index: int) -> Any:
        try:
            return danish.parse_number(text) if index in table.numeric else text
        except ValueError:
            return text

    return table.columns, [[cell(text, i) for i, text in enumerate(row)] for row in table.rows]


class _Sheets:
    """Writes sheets in one style."""

    def __init__(self, book: Any) -> None:
        ink, rule, head = theme.TOKENS["ink"][0], theme.TOKENS["rule"][0], theme.TOKENS["sunk"][0]
        base = {"font_name": "Arial", "font_size": 10, "font_color": ink, "valign": "top"}
        self.book = book
        self.head = book.add_format(
            base
            | {"bold": True, "bg_color": head, "bottom": 1, "bottom_color": rule, "text_wrap": True}
        )
        self.text = book.add_format(base | {"text_wrap": True})
        self.quoted = book.add_format(base | {"text_wrap": True, "quote_prefix": True})
        self.bold = book.add_format(base | {"bold": True, "text_wrap": True})
        self.whole = book.add_format(base | {"num_format": "#,##0"})
        self.decimal = book.add_format(base | {"num_format": "#,##0.0##"})

    def pairs(self, name: str, rows: list[tuple[str, str]]) -> None:
        """A sheet of two columns: what, and what about it."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 96)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        for i, (what, said) in enumerate([("Hvad", "Indhold"), *rows]):
            for j, text in enumerate((what, said)):
                self._string(
                    sheet, i, j, text, self.head if i == 0 else self.bold if j == 0 else self.text
                )
        sheet.freeze_panes(1, 0)

    def table(self, name: str, columns: list[str], rows: list[list[Any]]) -> None:
        """A sheet with one table from A1: headers, frozen and filterable, numbers as numbers."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for j, column in enumerate(columns):
            shown = [
                danish.number(r[j], 1) if isinstance(r[j], float) else str(r[j] or "") for r in rows
            ]
            widest = max([len(text) for text in shown] + [min(len(column), 22)], default=8)
            sheet.set_column(j, j, min(max(widest + 2, 10), _WIDEST))
            self._string(sheet, 0, j, column, self.head)
        for i, row in enumerate(rows, start=1):
            for j, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(
                        i, j, cell, self.whole if cell == round(cell) else self.decimal
                    )
                elif cell:
                    self._string(sheet, i, j, cell, self.text)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))

    def _string(self, sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        sheet.write_string(row, column, text, self.quoted if delimited.is_formula(text) else style)
