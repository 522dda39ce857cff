"""Jobindsats' numbers, version 3 (`columns`, `rows`) or 2 (`Variables`, `Data`) → rows. Columns by label."""

import math
from dataclasses import dataclass
from typing import Any

import polars as pl

from contract.areas import NAMES
from contract.danish import parse_number
from contract.series import Series, Table
from etl.fetch.jobindsats_info import Info, area_ids, other_form, read_json
from etl.fetch.jobindsats_query import Asked, asked, held_at
from etl.fetch.matching import normal, notation
from etl.fetch.refused import FetchError
from etl.series_toml import areas_of

MISSING = ("", "-", ".", "..")
_AREA, _PERIOD = ("område", "area"), ("periode", "period")


@dataclass(frozen=True, slots=True)
class _Columns:
    area: int
    period: int
    value: int
    count: int


def count(cell: Any) -> float | None:
    """A cell as a number, None for a missing one: Danish text (`1.234`, `12,5`) or a JSON number.

    Raises ValueError in Danish for anything else, negative numbers included: nobody is counted below 0.
    """
    if cell is None or (isinstance(cell, str) and cell.strip() in MISSING):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise ValueError(f"«{str(cell)[:20]}» er hverken et tal eller et mærke for manglende tal")
    value = parse_number(cell) if isinstance(cell, str) else float(cell)
    if not math.isfinite(value) or value < 0:
        raise ValueError("et antal er negativt eller uendeligt")
    return value + 0.0


def read_answer(
    content: bytes, table: Table, info: Info, question: Asked, series: Series
) -> pl.DataFrame:
    """Every area and period asked for: `indicator`, `group` (empty), `area`, `period`, `value`, `missing`.

    A combination the service leaves out is missing, never 0. Raises FetchError for another form, for rows
    nobody asked for or that come twice, for a period without any row and for what is no number.
    """
    columns, rows = _table(read_json(content, table.table), table, info.version)
    codes = _codes(table, info, question)
    found: dict[tuple[str, str], float | None] = {}
    for row in rows:
        if not isinstance(row, list) or len(row) != columns.count:
            raise FetchError(f"{table.table}: en række har ikke {columns.count} felter")
        area, period = normal(str(row[columns.area])), str(row[columns.period])
        if area not in codes:
            if question.areas is None:
                continue
            raise FetchError(
                f"{table.table}: svaret har et område, der ikke er spurgt om («{area[:40]}»)"
            )
        if period not in question.periods:
            raise FetchError(
                f"{table.table}: svaret har en periode, der ikke er spurgt om («{period[:20]}»)"
            )
        if (codes[area], period) in found:
            raise FetchError(
                f"{table.table}: {area} {period} står to gange; svaret er delt op på mere end ventet"
            )
        try:
            found[codes[area], period] = count(row[columns.value])
        except ValueError as error:
            raise FetchError(f"{table.table}: {area} {period}: {error}") from None
    empty = [period for period in question.periods if period not in {p for _, p in found}]
    if empty:
        raise FetchError(
            f"{table.table}: svaret er ikke helt; der er ingen tal for {', '.join(empty)}"
        )
    cells = [(code, p, found.get((code, p))) for code in codes.values() for p in question.periods]
    return pl.DataFrame(
        {
            "indicator": [series.indicator] * len(cells),
            "group": [""] * len(cells),
            "area": [code for code, _, _ in cells],
            "period": [notation(period) for _, period, _ in cells],
            "value": [value for _, _, value in cells],
        },
        schema_overrides={"value": pl.Float64},
    ).with_columns(pl.col("value").is_null().alias("missing"))


def rows_of(content: bytes, url: str, body: str, table: Table, info: Info) -> pl.DataFrame | None:
    """The rows of a kept answer; None when it is for a series that is not declared (any longer)."""
    question = asked(url, body, table)
    for series in table.series:
        if held_at(info, table, series) == question.held:
            return read_answer(content, table, info, question, series)
    return None


def _codes(table: Table, info: Info, question: Asked) -> dict[str, str]:
    """Area name as the service writes it (normalised) → Statistics Denmark's code, for the areas asked for."""
    hierarchy = info.hierarchies[table.area if info.version == 3 else "area"]
    by_name = {normal(table.area_name(code)): code for code in NAMES}
    if question.areas is None:
        return {
            normal(hierarchy[v]): code for code, v in area_ids(info, table, areas_of(table)).items()
        }
    named = {normal(hierarchy.get(value, "")) for value in question.areas}
    if not named <= by_name.keys():
        raise FetchError(
            f"{table.table}: et område, der er spurgt om, står ikke i tabelbeskrivelsen"
        )
    return {name: by_name[name] for name in named}


def _table(raw: Any, table: Table, version: int) -> tuple[_Columns, list[Any]]:
    try:
        if version == 3:
            labels, rows = [[str(label)] for label in raw["columns"]], raw["rows"]
        else:
            labels = [[str(v["Label"]), str(v["Name"])] for v in raw[0]["Variables"]]
            rows = raw[0]["Data"]
        if not isinstance(rows, list):
            raise TypeError
    except (KeyError, TypeError, IndexError):
        wanted = "columns, rows" if version == 3 else "Variables, Data"
        raise other_form(raw, table.table, wanted) from None

    def place(*wanted: str) -> int:
        at = [
            i
            for i, names in enumerate(labels)
            if {normal(n) for n in names} & {normal(w) for w in wanted}
        ]
        if len(at) != 1:
            known = ", ".join(names[0][:40] for names in labels[:12])
            raise FetchError(f"{table.table}: ventede én kolonne «{wanted[0]}»; svaret har {known}")
        return at[0]

    return _Columns(place(*_AREA), place(*_PERIOD), place(table.value), len(labels)), rows
