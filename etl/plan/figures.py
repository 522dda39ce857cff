"""Figure by figure: what is added, gone or changed from one release to another, and which changes jump."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from contract import danish
from contract.areas import area_name
from etl.plan.tables import Tables, rows

What = Literal["tilføjet", "udgået", "ændret", "forklaring"]
_SERIES = ["indicator", "area", "group", "frequency"]
SHOWN = ("value", "qualifier", "as_written")
"""The columns that are the number itself; the others say something of it."""
_NAMES = {
    "indicator": "indikator", "area": "område", "group": "gruppe", "period": "periode", "kind": "art",
    "source": "kilde", "locator": "sted i kilden", "derived_from": "led", "note": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure. `old` and `new` are as people read them, empty where there is none.

    `ændret`: its value, qualifier or wording. `forklaring`: only what is said of it, named in `fields`.
    `jump`: how far it moved, as a share of what it is compared with (0.25 = 25 pct.), when that is beyond
    the threshold; `against` is the period it is compared with where that is not its own.
    """

    id: str
    what: What
    indicator: str
    title: str
    where: str
    old: str
    new: str
    computed: bool = False
    fields: tuple[str, ...] = ()
    jump: float | None = None
    against: str = ""


def compare_figures(old: Tables, new: Tables, threshold: float) -> list[FigureChange]:
    """Every entered or computed figure that is not the same in both releases, by indicator, place and period.

    `threshold` is a share: 0.2 marks changes of more than 20 pct. of the old value, and new figures that
    are that far from the nearest earlier one of their series.
    """
    before, after = old["figures"], new["figures"]
    found = changes_of(changed_rows(before, after), after, (old, new), threshold)
    return sorted(found, key=lambda c: (danish.sort_key(c.title), c.where, c.id))


def changed_rows(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The rows that differ, side by side: the columns before, and after with `_new`; null where there is none."""
    others = [name for name in after.columns if name != "figure"]
    joined = before.join(after, on="figure", how="full", coalesce=True, suffix="_new")
    return joined.filter(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_new")) for name in others)
    )


def changes_of(
    changed: pl.DataFrame, after: pl.DataFrame, tables: tuple[Tables, Tables], threshold: float
) -> list[FigureChange]:
    """Rows of `changed_rows`, told one by one; `after` is the table that added figures are held against."""
    same = [name for name in after.columns if name != "figure"]
    earlier = _earlier(after, changed["figure"])
    indicators = rows(tables[0], "indicators"), rows(tables[1], "indicators")
    return [
        _change(row, same, indicators, earlier, threshold) for row in changed.iter_rows(named=True)
    ]


def shown(row: Mapping[str, Any], indicators: Mapping[str, Mapping[str, Any]]) -> str:
    """A figure's number as people read it: `knap 3.900 personer`."""
    indicator = indicators.get(row["indicator"], {"unit": "", "decimals": None})
    unit, decimals, value = indicator["unit"], indicator["decimals"], row["value"]
    if value is not None and decimals is not None and value != round(value, decimals):
        decimals = None
    text = danish.figure_text(value, row["qualifier"], row["as_written"], unit, decimals)
    in_words = not any(mark.isdigit() for mark in text)
    return text if in_words or unit in danish.SHORT_UNITS else f"{text} {unit}".strip()


def _earlier(after: pl.DataFrame, ids: pl.Series) -> dict[str, dict[str, Any]]:
    """For each of the figures, the nearest earlier one with a value in its series, if there is one."""
    valued = after.filter(pl.col("value").is_not_null() & (pl.col("frequency") != "interval"))
    valued = valued.sort("period_start")
    wanted = valued.filter(pl.col("figure").is_in(ids.implode()))
    nearest = wanted.select(pl.col("figure").alias("of"), *_SERIES, "period_start").join_asof(
        valued.select("value", "period", *_SERIES, "period_start"),
        on="period_start", by=_SERIES, allow_exact_matches=False, check_sortedness=False,
    )  # fmt: skip
    found = nearest.filter(pl.col("period").is_not_null())
    return {row["of"]: row for row in found.iter_rows(named=True)}


def _change(
    row: Mapping[str, Any],
    same: list[str],
    indicators: tuple[Mapping[str, Any], Mapping[str, Any]],
    earlier: Mapping[str, Mapping[str, Any]],
    threshold: float,
) -> FigureChange:
    old = row if row["indicator"] is not None else None
    new = {name: row[f"{name}_new"] for name in same}
    new = new if new["indicator"] is not None else None
    newest = new or old
    assert newest is not None
    titles = indicators[1] if new else indicators[0]
    texts = (shown(old, indicators[0]) if old else "", shown(new, indicators[1]) if new else "")
    what: What = "tilføjet" if old is None else "udgået" if new is None else "ændret"
    fields: tuple[str, ...] = ()
    if old and new:
        fields = tuple(_NAMES[name] for name in _NAMES if old[name] != new[name])
        if all(old[name] == new[name] for name in SHOWN) and texts[0] == texts[1]:
            what = "forklaring"
    base = old if what == "ændret" else earlier.get(row["figure"]) if what == "tilføjet" else None
    jump = _jump(base, new, threshold)
    return FigureChange(
        id=row["figure"],
        what=what,
        indicator=newest["indicator"],
        title=titles.get(newest["indicator"], {"title": newest["indicator"]})["title"],
        where=_where(newest),
        old=texts[0],
        new=texts[1],
        computed=newest["kind"] == "beregnet",
        fields=fields,
        jump=jump,
        against=danish.period(base["period"])
        if base and jump is not None and base is not old
        else "",
    )


def _jump(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, threshold: float
) -> float | None:
    """How far a value moved, as a share of the old one; None within the threshold or without two values."""
    before, after = (side["value"] if side else None for side in (old, new))
    if before is None or after is None or before == after:
        return None
    moved = abs(after - before) / abs(before) if before else float("inf")
    return moved if moved > threshold else None


def _where(row: Mapping[str, Any]) -> str:
    try:
        area = area_name(row["area"])
    except KeyError:
        area = row["area"]
    return ", ".join(filter(None, [row["group"], area, danish.period(row["period"])]))
