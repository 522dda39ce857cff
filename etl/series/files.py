"""Rows of a fetched series → the bytes of its file, held against the contract; and the table of all of them."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import dataframely as dy
import polars as pl
from dataframely.exc import ValidationError

from contract import danish
from contract.hidden import HIDDEN, SERIES
from contract.tables import SERIES_ORDER, Figures, Series
from etl.series.refused import SeriesError

ROW_GROUP = 8192
"""Rows that are read or skipped together: a few places of a series, whole."""


def series_bytes(indicator: str, rows: pl.DataFrame) -> bytes:
    """The Parquet file of a series. Raises SeriesError if the rows break the contract or its order."""
    _validate(indicator, Figures, rows)
    if not rows.select(SERIES_ORDER).equals(rows.select(SERIES_ORDER).sort(SERIES_ORDER)):
        raise SeriesError(f"{indicator}: tallene står ikke i rækkefølge")
    return _parquet(rows, row_group_size=ROW_GROUP)


def index_bytes(entries: list[dict[str, Any]]) -> bytes:
    """The Parquet file that names all series. Raises SeriesError if it breaks the contract."""
    table = pl.DataFrame(entries, schema=Series.create_empty().schema).sort("indicator")
    _validate("series", Series, table)
    return _parquet(table)


def entry(
    rows: pl.DataFrame, file: str, service: str, table: str, fetched: str,
    derived_from: list[str], formula: str,
) -> dict[str, Any]:  # fmt: skip
    """What `contract.tables.Series` says of the rows of a series."""
    periods = rows.select("period", "period_start").unique().sort("period_start")
    return {
        "indicator": rows["indicator"][0],
        "file": file,
        "service": service,
        "table": table,
        "source": rows["source"][0],
        "frequency": rows["frequency"][0],
        "areas": rows["area"].unique().sort().to_list(),
        "groups": rows["group"].unique().sort().to_list(),
        "periods": periods["period"].to_list(),
        "rows": rows.height,
        "hidden": int(rows["note"].str.starts_with(HIDDEN).sum()),
        "fetched": date.fromisoformat(fetched),
        "derived_from": derived_from,
        "formula": formula,
    }


def summary(files: Mapping[str, bytes]) -> str:
    """One Danish line on the fetched series among a release's files: how many numbers, how many are hidden.

    Empty when nothing is fetched.
    """
    content = files.get(f"{SERIES}.parquet")
    if content is None:
        return ""
    index = pl.read_parquet(io.BytesIO(content))
    rows, hidden = (danish.number(int(index[name].sum())) for name in ("rows", "hidden"))
    return f"Hentede serier: {index.height} med {rows} tal, {hidden} {HIDDEN}"


def _validate(name: str, schema: type[dy.Schema], rows: pl.DataFrame) -> None:
    try:
        schema.validate(rows)
    except (pl.exceptions.PolarsError, ValidationError, TypeError) as error:
        raise SeriesError(f"tabellen {name} bryder kontrakten: {error}") from error


def _parquet(rows: pl.DataFrame, row_group_size: int | None = None) -> bytes:
    buffer = io.BytesIO()
    rows.write_parquet(
        buffer, compression="zstd", compression_level=3, statistics=True, row_group_size=row_group_size
    )  # fmt: skip
    return buffer.getvalue()
