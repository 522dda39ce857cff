"""Series computed from fetched series, after disclosure control: only from numbers that are shown.

A ratio of two shown numbers tells nothing that they do not tell themselves, so what is computed here
cannot reveal what was hidden; where a number in it is hidden, the ratio is too. And so is one that says
something of too few or of everybody: numerator, denominator or what is between them under the threshold.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

import polars as pl

from contract import danish, danish_columns
from contract.catalogue import Indicator
from contract.hidden import HIDDEN
from contract.series import Ratio
from etl.derive import LOCATOR
from etl.disclosure import Rules
from etl.series.cells import KEY, Cells
from etl.series.columns import COLUMNS, NOT_TOLD, as_figures, figure_id
from etl.series.refused import SeriesError

_PLACE = ["area", "group", "period"]
MOST_DECIMALS = 6
"""As many as a service's number can have; see `etl.fetch.statbank_answer`."""
_UNKNOWN = "Kan ikke regnes ud: et af tallene i formlen er ikke oplyst"
_NOBODY = "Kan ikke regnes ud: der er ingen at dele med"


def formula(ratio: Ratio, indicators: Mapping[str, Indicator]) -> str:
    """The formula in words: `100 × A ÷ (B + A)`."""
    above, below = (
        " + ".join(f"«{indicators[name].title}»" for name in names)
        for names in (ratio.numerator, ratio.denominator)
    )
    return (
        f"100 × {_in_brackets(ratio.numerator, above)} ÷ {_in_brackets(ratio.denominator, below)}"
    )


def compute(
    ratio: Ratio, indicator: Indicator, series: Mapping[str, Cells], rules: Rules
) -> pl.DataFrame:
    """100 × the numerators' sum ÷ the denominators' sum, in the columns of Figures, sorted as a series file.

    `rules` give the threshold: the highest of its own and of those of the numbers in it.

    Only where all of them have a row for the same place and period. Rounded half up, exactly: counted in
    whole units of the numerators' and denominators' last decimal. Raises SeriesError if they are not of
    one service, measure and frequency, or have more decimals than can be counted.
    """
    names = list(dict.fromkeys([*ratio.numerator, *ratio.denominator]))
    inputs = [series[name] for name in names]
    if len({(c.table.measure, c.table.frequency, c.table.service) for c in inputs}) > 1:
        raise SeriesError(f"{ratio.id}: leddene er ikke talt på samme måde")
    fine = max(_decimals(ratio, cells) for cells in inputs)
    first, *others = (_input(cells, fine) for cells in inputs)
    joined = reduce(
        lambda left, right: left.join(right.drop("period_start", "period_end"), on=_PLACE),
        others,
        first,
    )
    joined = joined.sort(KEY)
    above, below = (_sum(n) for n in (ratio.numerator, ratio.denominator))
    scale = 100 * 10**ratio.decimals
    steps = (2 * scale * above + below) // (2 * below)
    # Divided by a column: polars multiplies by the inverse of a constant, and 533 × 0.1 is not 53.3.
    value = pl.when(below > 0).then(steps / (below - below + 10**ratio.decimals))
    threshold = max(map(rules.threshold_of, [indicator.id, *names]))
    hidden = pl.any_horizontal(pl.col(f"hidden {n}") for n in names) | (
        (below > 0) & _of_few(ratio, above, below, threshold * 10**fine)
    ).fill_null(value=False)
    shown = _with_unit(pl.col("value"), indicator.unit, ratio.decimals)
    told = pl.col("value").is_not_null()
    return (
        joined.with_columns(value=pl.when(~hidden).then(value))
        .with_columns(hidden=hidden, reason=pl.when(below == 0).then(pl.lit(_NOBODY)).otherwise(pl.lit(_UNKNOWN)))
        .select(
            figure=figure_id(indicator.id, joined),
            indicator=pl.lit(indicator.id),
            area=pl.col("area"),
            group=pl.col("group"),
            period=pl.col("period"),
            period_start=pl.col("period_start"),
            period_end=pl.col("period_end"),
            frequency=pl.lit(inputs[0].table.frequency, COLUMNS["frequency"]),
            value=pl.col("value"),
            qualifier=pl.lit("præcis", COLUMNS["qualifier"]),
            as_written=pl.when("hidden").then(pl.lit(HIDDEN)).when(told).then(shown).otherwise(pl.lit(NOT_TOLD)),
            kind=pl.lit("beregnet", COLUMNS["kind"]),
            source=pl.lit(inputs[0].table.source),
            locator=pl.lit(LOCATOR),
            derived_from=pl.concat_list(f"id {n}" for n in names),
            note=pl.when("hidden").then(pl.lit(HIDDEN)).when(told)
            .then(pl.concat_str(_formula_in_numbers(ratio, fine), pl.lit(" = "), shown.str.strip_chars_end("."), pl.lit(".")))
            .otherwise(pl.col("reason")),
        )
    )  # fmt: skip


def _decimals(ratio: Ratio, cells: Cells) -> int:
    """The fewest decimals that all shown numbers of a series can be written with."""
    shown = cells.rows.select("value").drop_nulls()
    for decimals in range(MOST_DECIMALS + 1):
        scale = pl.col("value") * 0 + 10**decimals  # a column, as below
        if shown.select(
            ((pl.col("value") * scale).round() / scale == pl.col("value")).all()
        ).item():
            return decimals
    raise SeriesError(
        f"{ratio.id}: «{cells.indicator}» har for mange decimaler til at regne præcist"
    )


def _of_few(ratio: Ratio, above: pl.Expr, below: pl.Expr, k: int) -> pl.Expr:
    """Whether a ratio speaks of fewer than k (in the unit of the two sums); 0 and 100 pct. of a group are said of everybody in it."""
    if set(ratio.numerator) <= set(ratio.denominator):
        return (above < k) | (below - above < k)
    return (below < k) | ((above > 0) & (above < k))


def _input(cells: Cells, decimals: int) -> pl.DataFrame:
    """The rows of a series, their numbers counted in whole units of a decimal."""
    rows = as_figures(cells, cells.rows)
    value = (pl.col("value") * 10**decimals).round().cast(pl.Int64, strict=False)
    return rows.select(
        *_PLACE,
        "period_start",
        "period_end",
        value.alias(cells.indicator),
        cells.rows["hidden"].alias(f"hidden {cells.indicator}"),
        pl.col("figure").alias(f"id {cells.indicator}"),
    )


def _sum(names: Sequence[str]) -> pl.Expr:
    return reduce(add, (pl.col(name) for name in names))


def _formula_in_numbers(ratio: Ratio, decimals: int) -> pl.Expr:
    def shown(units: pl.Expr) -> pl.Expr:
        value = units / 10**decimals
        whole = units % 10**decimals == 0
        as_whole, exact = (danish_columns.number(value, n) for n in (0, decimals))
        return pl.when(whole).then(as_whole).otherwise(exact)

    def side(names: Sequence[str]) -> list[pl.Expr]:
        between: list[pl.Expr] = []
        for name in names:
            between += [pl.lit(" + "), shown(pl.col(name))]
        brackets = (pl.lit("("), pl.lit(")")) if len(names) > 1 else (pl.lit(""), pl.lit(""))
        return [brackets[0], *between[1:], brackets[1]]

    return pl.concat_str(
        pl.lit("100 × "), *side(ratio.numerator), pl.lit(" ÷ "), *side(ratio.denominator)
    )


def _in_brackets(names: Sequence[str], text: str) -> str:
    return f"({text})" if len(names) > 1 else text


def _with_unit(value: pl.Expr, unit: str, decimals: int) -> pl.Expr:
    text = danish_columns.number(value, decimals)
    short = unit in danish.SHORT_UNITS
    return pl.concat_str(text, pl.lit(danish.NO_BREAK_SPACE + unit)) if short else text
