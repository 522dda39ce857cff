"""Every figure that changes, entered and fetched, as one CSV file that a Danish Excel opens: no list is cut."""

from collections.abc import Iterator

import polars as pl

from contract.areas import NAMES
from contract.tables import TABLES
from etl.plan.figures import SHOWN, changed_rows
from etl.plan.tables import SERIES, Tables, rows

BYTE_ORDER_MARK = "\ufeff"
_COLUMNS = ("Hvad", "Tal", "Indikator", "Område", "Gruppe", "Periode", "Før", "Nu")


def csv(old: Tables, new: Tables) -> str:
    """The file's text: one line a figure that is added, gone, changed, or only said otherwise of."""
    titles = {
        name: str(row["title"])
        for side in (old, new)
        for name, row in rows(side, "indicators").items()
    }
    table = pl.concat(_tables(old, new, titles))
    return BYTE_ORDER_MARK + table.write_csv(separator=";", line_terminator="\r\n")


def _tables(old: Tables, new: Tables, titles: dict[str, str]) -> Iterator[pl.DataFrame]:
    empty = TABLES["figures"].create_empty()
    series = sorted({name for name in (*old, *new) if name.startswith(SERIES)})
    for name in ("figures", *series):
        changed = changed_rows(old.get(name, empty), new.get(name, empty))
        yield _listed(changed, titles).sort("Indikator", "Område", "Gruppe", "Periode", "Tal")


def _listed(changed: pl.DataFrame, titles: dict[str, str]) -> pl.DataFrame:
    def newest(column: str) -> pl.Expr:
        return pl.coalesce(f"{column}_new", column).cast(pl.String)

    moved = pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"{key}_new")) for key in SHOWN)
    what = (
        pl.when(pl.col("indicator").is_null()).then(pl.lit("tilføjes"))
        .when(pl.col("indicator_new").is_null()).then(pl.lit("udgår"))
        .when(moved).then(pl.lit("ændres"))
        .otherwise(pl.lit("får en anden forklaring"))
    )  # fmt: skip
    cells = (
        what, pl.col("figure"), newest("indicator").replace(titles), newest("area").replace(NAMES),
        newest("group"), newest("period"), pl.col("as_written"), pl.col("as_written_new"),
    )  # fmt: skip
    named = (cell.alias(name) for cell, name in zip(cells, _COLUMNS, strict=True))
    return changed.select(named).with_columns(pl.all().replace({"": None}))
