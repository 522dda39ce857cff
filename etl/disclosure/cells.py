"""The counts of a table as cells: their true numbers, thresholds, and what earlier releases say of them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from contract.hidden import HIDDEN
from etl.disclosure.intake import KEY
from etl.disclosure.rules import Rules

NO_ROW = -1
EXACT = 1e-6
"""Numbers with at most three decimals are the same when they differ by less."""
_LAST = 30.0
_ZERO = 20.0


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells as arrays of one length.

    `row`: place in the table, NO_ROW for what is not in it. `value`: the true number. `k`: its
    threshold. `fixed`: public whatever is done, so that hiding it hides nothing (exempt, shown with
    the same number by an earlier release, or no longer in the table). `same`: shown with the same
    number by an earlier release. `gone`: only earlier releases have it. `revised`: less than k from
    what an earlier release shows. `moved`: some earlier release shows another number. `held`: an earlier
    release hides it, and none shows it. `before`: what the latest release that shows it says, NaN if none
    does. `cost`: what is lost by hiding it. `rounded`: sums may miss. `within`: the share of a whole
    by which its parts may exceed it. `revisable`: from which number small revisions are not looked at.
    """

    row: np.ndarray
    value: np.ndarray
    k: np.ndarray
    fixed: np.ndarray
    same: np.ndarray
    gone: np.ndarray
    revised: np.ndarray
    moved: np.ndarray
    held: np.ndarray
    before: np.ndarray
    cost: np.ndarray
    rounded: np.ndarray
    within: np.ndarray
    revisable: np.ndarray

    def __len__(self) -> int:
        return len(self.value)


def counts(table: pl.DataFrame, rules: Rules, previous: pl.DataFrame | None) -> pl.DataFrame:
    """One row a cell (`cell`: running number) with its key and all that Cells holds.

    `table`: admitted, with `row`. Rows without a number and computed rows are no cells.
    """
    own = table.filter(
        pl.col("value").is_not_null() & ~pl.col("indicator").is_in(list(rules.shares))
    ).select("row", "figure", *KEY, "value")
    names = sorted(
        {
            *own["indicator"].unique(),
            *(previous["indicator"].unique() if previous is not None else ()),
        }
    )
    exempted, rounded = rules.exempted, rules.rounded_indicators
    facts = pl.DataFrame(
        {
            "indicator": names,
            "k": [float(rules.threshold_of(name)) for name in names],
            "exempt": [name in exempted for name in names],
            "rounded": [name in rounded for name in names],
            "within": [rules.within(name) for name in names],
            "revisable": [rules.revisable_from(name) for name in names],
        },
        schema={"indicator": pl.String, "k": pl.Float64, "exempt": pl.Boolean, "rounded": pl.Boolean,
                "within": pl.Float64,
                "revisable": pl.Float64},
    )  # fmt: skip
    cells = own.with_columns(pl.col("row").cast(pl.Int64)).join(
        facts, on="indicator", maintain_order="left"
    )
    cells = _with_earlier(cells, facts, rules, previous)
    value = pl.col("value")
    last = pl.col("area").is_in(rules.hide_last) | pl.col("group").is_in(rules.hide_last)
    return cells.with_columns(
        fixed=pl.col("exempt") | pl.col("same") | pl.col("gone"),
        same=pl.col("same") & ~pl.col("exempt"),
        revised=pl.col("close") & ~pl.col("same") & (value < pl.col("revisable")) & ~pl.col("exempt"),
        cost=pl.when(value == 0).then(_ZERO).otherwise(1 + (1 + value).log10())
        * pl.when(last).then(_LAST).otherwise(1.0),
    ).with_row_index("cell")  # fmt: skip


def _with_earlier(
    cells: pl.DataFrame, facts: pl.DataFrame, rules: Rules, previous: pl.DataFrame | None
) -> pl.DataFrame:
    """`same`, `close`, `moved`, `held` and `before` of each cell, and the cells that only earlier releases have."""
    none = {
        **{name: pl.lit(False) for name in ("same", "close", "moved", "held", "gone")},
        "before": pl.lit(None, pl.Float64),
    }
    if previous is None or previous.is_empty():
        return cells.with_columns(**none)
    shown = previous.filter(
        pl.col("value").is_not_null() & ~pl.col("indicator").is_in(list(rules.shares))
    ).select("figure", *KEY, pl.col("value").alias("then"))
    gap = (pl.col("value") - pl.col("then")).abs()
    met = (
        cells.select("row", *KEY, "value", "k").join(shown.drop("figure"), on=KEY, maintain_order="right")
        .group_by("row", maintain_order=True)
        .agg(
            same=(gap <= EXACT).any(),
            close=((gap > EXACT) & (gap < pl.col("k"))).any(),
            moved=(gap > EXACT).any(),
            before=pl.col("then").last(),
        )
    )  # fmt: skip
    once = previous.filter(pl.col("value").is_null() & pl.col("note").str.starts_with(HIDDEN))
    flagged = (
        cells.join(met, on="row", how="left", maintain_order="left")
        .join(once.select(*KEY, held=True).unique(), on=KEY, how="left", maintain_order="left")
        .with_columns(
            pl.col("same", "close", "moved").fill_null(False),
            held=pl.col("held").fill_null(False) & pl.col("before").is_null(),
            gone=pl.lit(False),
        )
    )
    gone = (
        shown.join(cells, on=KEY, how="anti", maintain_order="left")
        .unique(KEY, keep="last", maintain_order=True)
        .join(facts, on="indicator", maintain_order="left")
        .with_columns(**none, row=pl.lit(NO_ROW, pl.Int64), value=pl.col("then"))
        .with_columns(gone=pl.lit(True))
    )
    return pl.concat([flagged, gone.select(flagged.columns)])


def as_arrays(cells: pl.DataFrame) -> Cells:
    """The frame of `counts` as arrays."""
    taken = {name: cells[name].to_numpy() for name in Cells.__slots__ if name != "before"}
    return Cells(**taken, before=cells["before"].fill_null(float("nan")).to_numpy())
