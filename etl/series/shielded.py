"""Disclosure control over all fetched series: nothing becomes a file that has not been through it.

No relation spans two periods, so that a large table is handed over a few periods at a time.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import polars as pl

from contract.hidden import HIDDEN
from etl.disclosure import Report, Rules, protect
from etl.series.cells import Cells
from etl.series.columns import as_figures
from etl.series.parallel import in_parallel
from etl.series.refused import SeriesError

MOST_ROWS = 300_000
"""Rows in the columns of Figures at a time: about 150 MB."""
Earlier = Callable[[list[str]], pl.DataFrame | None]
"""Period texts → the series of every earlier release in them, None if there are none."""


def shield(series: Mapping[str, Cells], rules: Rules, earlier: Earlier) -> list[Report]:
    """Hide in `series` (in place) what must not be shown; the reports of what was hidden and why.

    Raises DisclosureError, with no value in it, if anything could still be worked out; SeriesError if
    what came back is not what was sent in. Then nothing may be published.
    """
    by_period = {
        name: cells.rows.with_row_index("row").partition_by("period", as_dict=True)
        for name, cells in series.items()
    }

    def checked(periods: list[str]) -> tuple[Report, dict[str, pl.DataFrame]]:
        chosen = {
            name: pl.concat([own.pop((p,)) for p in periods if (p,) in own])
            for name, own in by_period.items()
            if any((p,) in own for p in periods)
        }
        frame = pl.concat([as_figures(series[n], rows) for n, rows in chosen.items()])
        outcome = protect(frame, rules, earlier(periods))
        return outcome.report, _flags(chosen, frame, outcome.frame)

    done = in_parallel(checked, _portions(series))
    for name, cells in series.items():
        hidden = pl.concat([flags[name] for _, flags in done if name in flags]).sort("row")
        if not hidden["row"].equals(pl.Series("row", range(len(cells.rows)), hidden["row"].dtype)):
            raise SeriesError(f"{name}: ikke alle tal har været gennem diskretionskontrollen")
        # written over before it is made null: a mask alone would leave the number in memory
        gone = hidden["hidden"]
        cells.rows = cells.rows.with_columns(
            hidden=gone, value=pl.when(gone).then(0.0).otherwise(pl.col("value"))
        ).with_columns(value=pl.when(~pl.col("hidden")).then(pl.col("value")))
    return [report for report, _ in done]


def _flags(
    chosen: Mapping[str, pl.DataFrame], sent: pl.DataFrame, back: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Row and whether it is hidden, by indicator. Raises SeriesError if other figures came back than were sent."""
    if not back["figure"].equals(sent["figure"]):
        raise SeriesError("diskretionskontrollen gav andre tal tilbage, end den fik")
    # A number that came back null is hidden, whatever the reason: only what is shown is shown.
    taken = back["note"].str.starts_with(HIDDEN) | (
        back["value"].is_null() & sent["value"].is_not_null()
    )
    found, offset = {}, 0
    for name, rows in chosen.items():
        found[name] = rows.select("row", taken.slice(offset, len(rows)).alias("hidden"))
        offset += len(rows)
    return found


def _portions(series: Mapping[str, Cells]) -> Iterator[list[str]]:
    """All periods, in time order, in portions of at most MOST_ROWS rows (always at least one period)."""
    counts: dict[tuple[date, str], int] = {}
    for cells in series.values():
        grouped = cells.rows.group_by("period_start", pl.col("period").cast(pl.String)).len()
        for start, period, count in grouped.iter_rows():
            counts[start, period] = counts.get((start, period), 0) + count
    portion: list[str] = []
    held = 0
    for (_, period), count in sorted(counts.items()):
        if portion and held + count > MOST_ROWS:
            yield portion
            portion, held = [], 0
        portion.append(period)
        held += count
    if portion:
        yield portion
