"""Cells as rows of `contract.tables.Figures`: ids, texts and sources made for whole columns at once."""

from datetime import date

import polars as pl

from contract import danish
from contract.figure_id import slug
from contract.hidden import HIDDEN
from contract.series import Series
from contract.tables import Figures
from etl.series.cells import Cells

COLUMNS = Figures.create_empty().schema
NOT_TOLD = "ikke oplyst"
NO_NUMBER = "Tjenesten har svaret uden et tal for denne periode"
_INPUTS = pl.List(pl.String)


def as_figures(cells: Cells, rows: pl.DataFrame) -> pl.DataFrame:
    """Some rows of the cells in the columns of Figures, in the same order.

    `as_written` is the number as the service sends it; a number that is hidden is nowhere in its row.
    """
    hidden = pl.col("hidden")
    value = pl.when(~hidden).then(pl.col("value"))
    return rows.select(
        figure=figure_id(cells.indicator, rows),
        indicator=pl.lit(cells.indicator),
        area=pl.col("area").cast(pl.String),
        group=pl.col("group").cast(pl.String),
        period=pl.col("period").cast(pl.String),
        period_start=pl.col("period_start"),
        period_end=_ends(cells),
        frequency=pl.lit(cells.table.frequency, COLUMNS["frequency"]),
        value=value,
        qualifier=pl.lit("præcis", COLUMNS["qualifier"]),
        as_written=pl.when(hidden)
        .then(pl.lit(HIDDEN))
        .otherwise(_written(value).fill_null(NOT_TOLD)),
        kind=pl.lit("målt", COLUMNS["kind"]),
        source=pl.lit(cells.table.source),
        locator=_locator(cells),
        derived_from=pl.lit([], _INPUTS),
        note=pl.when(hidden)
        .then(pl.lit(HIDDEN))
        .when(value.is_null())
        .then(pl.lit(NO_NUMBER))
        .otherwise(pl.lit("")),
    )


def figure_id(indicator: str | pl.Expr, rows: pl.DataFrame) -> pl.Expr:
    """The ids of `contract.figure_id` for rows with area, group and period; an indicator in all, or a column."""
    named = pl.lit(indicator) if isinstance(indicator, str) else indicator
    slugs = {g: f"-{slug(g)}" if g else "" for g in rows["group"].cast(pl.String).unique()}
    period = pl.col("period").cast(pl.String)
    return pl.concat_str(
        named,
        pl.lit("-"),
        pl.col("area").cast(pl.String),
        pl.lit("-"),
        period.replace_strict({p: p.lower() for p in rows["period"].cast(pl.String).unique()}),
        pl.col("group").cast(pl.String).replace_strict(slugs),
    )


def _ends(cells: Cells) -> pl.Expr:
    ends = {text: period.end for text, period in cells.periods.items()}
    return pl.col("period").cast(pl.String).replace_strict(ends, return_dtype=pl.Date)


def _written(value: pl.Expr) -> pl.Expr:
    whole = value == value.floor()
    return (
        pl.when(whole)
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(value.cast(pl.String).str.replace(".", ",", literal=True))
    )


def _locator(cells: Cells) -> pl.Expr:
    """`AUK01, OMRÅDE 101, YDELSESTYPE LY; hentet 24.11.2026`: table, codes and the day of the answer.

    Of a service that names places and columns instead, those names: its own ids of areas are not ours.
    """
    table = cells.table
    own: Series = next(s for s in table.series if s.indicator == cells.indicator)
    chosen = own.code or next(iter(own.texts), "")
    by = pl.lit(f", {table.by} {chosen}" if chosen else "")
    if table.by and not chosen:
        by = pl.lit(f", {table.by} ") + pl.col("group").cast(pl.String)
    days = {
        index: f"; hentet {danish.day(date.fromisoformat(answer.day))}"
        for index, answer in enumerate(cells.answers)
    }
    area, place = pl.col("area").cast(pl.String), f"{table.area} "
    if table.service == "jobindsats":
        names = {
            code: table.area_name(code) for code in cells.rows["area"].cast(pl.String).unique()
        }
        area, place = area.replace_strict(names, return_dtype=pl.String), f"«{table.value}», "
    return pl.concat_str(
        pl.lit(f"{table.table}, {place}"),
        area,
        by,
        pl.col("answer").replace_strict(days, return_dtype=pl.String),
    )
