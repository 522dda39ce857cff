"""What a chart shows as plain numbers: categories and series, for files that draw it in their own way. Pure.

A spec that `frame.chart` makes carries its content as an attribute, which is not sent to the browser.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from contract import danish
from contract.periods import parse_period

if TYPE_CHECKING:
    from dashboard.charts.bars import Bar, Column
    from dashboard.charts.track import Track

Kind = Literal["linje", "søjle", "stablet", "bjælke"]
_FINER = ("måned", "kvartal", "år")
_MONTHS = {"måned": 1, "kvartal": 3, "år": 12}


@dataclass(frozen=True, slots=True)
class Series:
    """One series: label, colour role, a value for each category (None = a gap).

    `spread`: a number stands in every category that its longer period covers; drawn without a line.
    """

    label: str
    role: str
    values: Sequence[float | None]
    spread: bool = False
    tint: bool = False
    approximate: Sequence[bool] = ()
    roles: Sequence[str] = ()
    """A role for each category, where they differ; a tinted one ends in `-tone`."""
    texts: Sequence[str] = ()
    """Each value as it is written, with its qualifier: `ca. 70`."""

    def rough(self, index: int) -> bool:
        """Whether the value at an index is approximate (knap, ca., over …)."""
        return bool(self.approximate) and self.approximate[index]


@dataclass(frozen=True, slots=True)
class Content:
    """Kind of chart, categories in order, series."""

    kind: Kind
    categories: Sequence[str]
    series: Sequence[Series]
    corner: str = "Periode"
    """The heading of the column of categories."""
    nested: bool = False
    """The first series is the whole that the others are part of."""


class Chart(dict[str, Any]):
    """A Vega-Lite spec with its content; `None` where the chart is no series over categories."""

    content: Content | None = None


def of(spec: dict[str, Any]) -> Content | None:
    """The content of a spec, if it has one."""
    return getattr(spec, "content", None)


def timed(tracks: Sequence["Track"]) -> Content:
    """Tracks over every period from first to last, of the shortest kind that occurs; gaps are None.

    A number for a longer period stands in all the short ones it covers, and its label says so. Where
    periods are of other kinds (days, intervals) the categories are the periods that have a number.
    """
    figures = [mark.figure for track in tracks for mark in track.marks]
    found = {f.frequency for f in figures}
    finest = next((f for f in _FINER if f in found), "") if found <= set(_FINER) else ""
    if finest:
        periods = _every(finest, min(f.start for f in figures), max(f.end for f in figures))
    else:
        periods = list(
            dict.fromkeys(f.period for f in sorted(figures, key=lambda f: (f.start, f.end)))
        )
    parsed = [parse_period(p) for p in periods]
    series: list[Series] = []
    for track in [part for whole in tracks for part in _between_breaks(whole)]:
        values: list[float | None] = [None] * len(periods)
        texts, approximate = [""] * len(periods), [False] * len(periods)
        spread = False
        for mark in track.marks:
            own = [
                i
                for i, p in enumerate(parsed)
                if mark.figure.start <= p.start and p.end <= mark.figure.end
            ]
            if not finest:
                own = [periods.index(mark.figure.period)]
            spread = spread or len(own) > 1
            for i in own:
                values[i], texts[i], approximate[i] = mark.value, mark.text, mark.figure.approximate
        tail = f" (ét tal for hele året, vist i hvert {finest})" if spread else ""
        series.append(
            Series(
                track.label + tail, track.role, values, spread, approximate=approximate, texts=texts
            )
        )
    return Content("linje", [danish.period(p) for p in periods], series)


def _between_breaks(track: "Track") -> list["Track"]:
    """A track as one series for each stretch between its breaks, so that nothing joins them."""
    if not track.breaks:
        return [track]
    edges = sorted(track.breaks)
    parts = [
        [m for m in track.marks if bisect_right(edges, m.figure.start) == n]
        for n in range(len(edges) + 1)
    ]
    held = [marks for marks in parts if marks]
    return [
        replace(track, marks=marks, label=track.label + (", efter databrud" if n else ""))
        for n, marks in enumerate(held)
    ]


def _every(frequency: str, first: date, last: date) -> list[str]:
    step, periods = _MONTHS[frequency], []
    month = first.year * 12 + (first.month - 1) // step * step
    while month <= last.year * 12 + last.month - 1:
        year, index = divmod(month, 12)
        named = {
            "måned": f"{year}-{index + 1:02d}",
            "kvartal": f"{year}K{index // 3 + 1}",
            "år": f"{year}",
        }
        periods.append(named[frequency])
        month += step
    return periods


def rows(bars: Sequence["Bar"], label: str = "Tal") -> Content:
    """Horizontal bars: one series, a category a bar."""
    values = [bar.figure.value for bar in bars]
    approximate = [bar.figure.approximate for bar in bars]
    roles = [f"{bar.role}-tone" if bar.tint else bar.role for bar in bars]
    return Content("bjælke", [bar.label for bar in bars],
                   [Series(label, bars[0].role, values, approximate=approximate, roles=roles,
                           texts=[bar.text or bar.figure.text for bar in bars])], corner="")  # fmt: skip


def standing(columns: Sequence["Column"], *, stacked: bool) -> Content:
    """Columns: a series for each bar label, a whole before its parts."""
    wholes = [c.whole for c in columns if c.whole]
    labels = dict.fromkeys(
        [b.label for b in wholes] + [bar.label for c in columns for bar in c.bars]
    )
    series: list[Series] = []
    for label in labels:
        bars = [
            next((b for b in [*([c.whole] if c.whole else []), *c.bars] if b.label == label), None)
            for c in columns
        ]
        one = next(b for b in bars if b)
        series.append(Series(label, one.role, [b.figure.value if b else None for b in bars], tint=one.tint,
                             approximate=[bool(b and b.figure.approximate) for b in bars],
                             texts=[b.figure.text if b else "" for b in bars]))  # fmt: skip
    kind: Kind = "stablet" if stacked and not wholes else "søjle"
    return Content(kind, [c.label for c in columns], series, nested=bool(wholes))
