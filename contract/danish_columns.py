"""`contract.danish.number` for whole columns: millions of numbers as Danish text, in polars."""

import polars as pl

from contract.danish import MINUS


def number(values: pl.Expr, decimals: int) -> pl.Expr:
    """Numbers below 10¹² that are already rounded to `decimals` as `1.234,5`; null stays null."""
    scaled = (values.abs() * 10**decimals).round(0).cast(pl.Int64)
    whole = scaled // 10**decimals
    text = _grouped(whole)
    if decimals:
        rest = (scaled % 10**decimals).cast(pl.String).str.zfill(decimals)
        text = pl.concat_str(text, pl.lit(","), rest)
    return pl.when((values < 0) & (scaled > 0)).then(pl.lit(MINUS) + text).otherwise(text)


def _grouped(whole: pl.Expr) -> pl.Expr:
    def three(power: int) -> pl.Expr:
        return (whole // 1000**power % 1000).cast(pl.String).str.zfill(3)

    def head(power: int) -> pl.Expr:
        return (whole // 1000**power).cast(pl.String)

    dot = pl.lit(".")
    return (
        pl.when(whole < 1000)
        .then(head(0))
        .when(whole < 1000**2)
        .then(pl.concat_str(head(1), dot, three(0)))
        .when(whole < 1000**3)
        .then(pl.concat_str(head(2), dot, three(1), dot, three(0)))
        .otherwise(pl.concat_str(head(3), dot, three(2), dot, three(1), dot, three(0)))
    )
