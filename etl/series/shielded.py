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
    reports = []
    flags: dict[str, list[pl.DataFrame]] = {name: [] for name in series}
    by_period = {
        name: cells.rows.with_row_index("row").partition_by("period", as_dict=True)
        for name, cells in series.items()
    }
    for periods in _portions(series):
        chosen = {
            name: pl.concat([own.pop((p,)) for p in periods if (p,) in own])
            for name, own in by_period.items()
            if any((p,) in own for p in periods)
        }
        frame = pl.concat([as_figures(series[n], rows) for n, rows in chosen.items()])
        outcome = protect(frame, rules, earlier(periods))
        reports.append(outcome.report)
        if not outcome.frame["figure"].equals(frame["figure"]):
            raise SeriesError("diskretionskontrollen gav andre tal tilbage, end den fik")
        # A number that came back null is hidden, whatever the reason: only what is shown is shown.
        taken = outcome.frame["note"].str.starts_with(HIDDEN) | (
            outcome.frame["value"].is_null() & frame["value"].is_not_null()
        )
        offset = 0
        for name, rows in chosen.items():
            own = rows.select("row", taken.slice(offset, len(rows)).alias("hidden"))
            flags[name].append(own)
            offset += len(rows)
    for name, cells in series.items():
        hidden = pl.concat(flags[name]).sort("row")
        if len(hidden) != len(cells.rows):
            raise SeriesError(f"{name}: ikke alle tal har været gennem diskretionskontrollen")
        cells.rows = cells.rows.with_columns(
            hidden=hidden["hidden"],
            value=pl.when(~hidden["hidden"]).then(pl.col("value")),
        )
    return reports


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
