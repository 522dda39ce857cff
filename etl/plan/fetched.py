"""Fetched series: counts for each, and of their many figures only those that moved the most."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from contract.danish import sort_key
from contract.tables import TABLES
from etl.plan.figures import SHOWN, FigureChange, changed_rows, changes_of
from etl.plan.tables import SERIES, Tables, rows

MOST = 200
"""Figures of one series that are told of one by one: those that are gone, then those that moved the most."""


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """One series: how many figures are added, gone, changed, or only said otherwise of; `listed` are the
    ones told of one by one, and of those added the ones that jump.
    """

    title: str
    added: int
    gone: int
    changed: int
    explained: int
    listed: tuple[FigureChange, ...]


def compare_series(old: Tables, new: Tables, threshold: float) -> list[SeriesChange]:
    """Every fetched series that is not the same in both releases; `threshold` as in `compare_figures`."""
    names = sorted(name for name in old.keys() | new.keys() if name.startswith(SERIES))
    found = []
    for name in names:
        before, after = old.get(name), new.get(name)
        if before is None or after is None or not before.equals(after):
            found.append(_series(name, before, after, (old, new), threshold))
    return sorted(found, key=lambda change: sort_key(change.title))


def changed_among(old: Tables, new: Tables, ids: Collection[str]) -> set[str]:
    """Those of the ids whose fetched figure is added, gone or another number."""
    found: set[str] = set()
    wanted = pl.col("figure").is_in(list(ids))
    empty = TABLES["figures"].create_empty()
    for name in {name for name in (*old, *new) if name.startswith(SERIES)}:
        one, other = (side.get(name, empty).filter(wanted) for side in (old, new))
        differs = pl.any_horizontal(pl.col(k).ne_missing(pl.col(f"{k}_new")) for k in SHOWN)
        found |= set(changed_rows(one, other).filter(differs)["figure"])
    return found


def _series(
    name: str,
    before: pl.DataFrame | None,
    after: pl.DataFrame | None,
    tables: tuple[Tables, Tables],
    threshold: float,
) -> SeriesChange:
    empty = TABLES["figures"].create_empty()
    one, other = (side if side is not None else empty for side in (before, after))
    changed = changed_rows(one, other)
    added = changed.filter(pl.col("indicator").is_null())
    gone = changed.filter(pl.col("indicator_new").is_null())
    both = changed.filter(pl.col("indicator").is_not_null() & pl.col("indicator_new").is_not_null())
    differs = pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"{key}_new")) for key in SHOWN)
    moved = both.filter(differs)
    distance = ((pl.col("value_new") - pl.col("value")) / pl.col("value")).abs()
    listed = pl.concat([gone, moved.sort(distance, descending=True, nulls_last=True)]).head(MOST)
    told = changes_of(listed, other, tables, threshold)
    if one.height:  # a new series has nothing that its own figures could be held against
        told += [c for c in changes_of(added, other, tables, threshold) if c.jump is not None][
            :MOST
        ]
    ids = {str(i) for side in (one, other) for i in side["indicator"].unique()}
    known = rows(tables[0], "indicators") | rows(tables[1], "indicators")
    title = ", ".join(sorted(str(known.get(i, {"title": i})["title"]) for i in ids)) or name
    return SeriesChange(
        title, added.height, gone.height, moved.height, both.height - moved.height, tuple(told)
    )
