"""Shares, rates and means: hidden with what they are computed from, and when they speak of too few themselves."""

import polars as pl

from etl.disclosure.cells import EXACT
from etl.disclosure.rules import Rules

_INPUTS = {
    "row": pl.UInt32, "figure": pl.String, "role": pl.String, "subset": pl.Boolean, "value": pl.Float64,
    "hidden": pl.Boolean, "k": pl.Float64,
}  # fmt: skip


def inputs(table: pl.DataFrame, rules: Rules, hidden: pl.Series) -> pl.DataFrame:
    """One row a computed row and input: `row`, `figure`, `role` (`over`, `under` or `both`), the input's
    `value` (null: not in the table), whether it is `hidden`, its threshold `k`, and the rule's `subset`.

    `hidden`: a flag for each row of the table.
    """
    roles = pl.DataFrame(
        [
            (name, part, _role(part, rule.numerator, rule.denominator), rule.subset and bool(rule.numerator))
            for name, rule in rules.shares.items()
            for part in {*rule.numerator, *rule.denominator}
        ],
        schema={"indicator": pl.String, "input": pl.String, "role": pl.String, "subset": pl.Boolean},
        orient="row",
    )  # fmt: skip
    computed = table.filter(pl.col("indicator").is_in(list(rules.shares)))
    if computed.is_empty():
        return pl.DataFrame(schema=_INPUTS)
    names = table["indicator"].unique().to_list()
    k = pl.DataFrame(
        {"input": names, "k": [float(rules.threshold_of(name)) for name in names]},
        schema={"input": pl.String, "k": pl.Float64},
    )
    cells = table.select("figure", "value", input="indicator").with_columns(hidden=hidden)
    return (
        computed.select("row", "indicator", figure="derived_from")
        .explode("figure")
        .join(cells, on="figure", how="left", maintain_order="left")
        .join(roles, on=["indicator", "input"], how="left", maintain_order="left")
        .join(k, on="input", how="left", maintain_order="left")
        .select(pl.col(name).cast(kind) for name, kind in _INPUTS.items())
    )


def _role(name: str, over: tuple[str, ...], under: tuple[str, ...]) -> str:
    return "both" if name in over and name in under else "over" if name in over else "under"


def disclosing(table: pl.DataFrame, rules: Rules, hidden: pl.Series) -> pl.Series:
    """Rows of the table (as numbers) of the computed figures that must be hidden.

    Hidden is one whose inputs are not all known, shown and accounted for by its rule, whose
    numerator, denominator or what is between them is less than a threshold, and one that says 0 or
    100 pct. of a group, since that is said of everybody in it.
    """
    over = pl.when(pl.col("role") != "under").then("value").otherwise(0.0).sum()
    under = pl.when(pl.col("role") != "over").then("value").otherwise(0.0).sum()
    roles = pl.col("role")
    few = pl.col("k") - EXACT
    return (
        inputs(table, rules, hidden).group_by("row", maintain_order=True)
        .agg(
            over=over, under=under, k=pl.col("k").max(), subset=pl.col("subset").any(), one=(roles != "under").any(),
            unknown=(pl.col("value").is_null() | roles.is_null() | pl.col("hidden").fill_null(True)).any()
            | ~(roles != "over").any(),
        )
        .filter(
            pl.col("unknown").fill_null(True)
            | (pl.col("under") < few)
            | (pl.col("one") & (pl.col("over") < few) & (pl.col("subset") | (pl.col("over") > EXACT)))
            | (pl.col("subset") & (pl.col("under") - pl.col("over") < few))
        )["row"]
    )  # fmt: skip
