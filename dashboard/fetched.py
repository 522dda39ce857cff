"""Fetched series of a release: read from their files when someone asks, only the rows that are asked for.

A series can have millions of rows, so none is kept but the latest asked for. The files are sorted by
area, group and period (`contract.tables.SERIES_ORDER`), and each has the figures of one indicator. What is
read is this process's own copy, taken while the hash was checked (`own_copy`).
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from contract import figure_id
from contract.areas import NAMES
from contract.release import ReleaseError
from dashboard.own_copy import OwnCopy
from dashboard.records import Figure, Indicator, Source

MOST_KEPT = 60_000
"""Figures kept in memory for a release, about 40 MB; the longest unused go first."""
_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a fetched series covers; fields as in `contract.tables.Series`."""

    indicator: str
    file: str
    service: str
    table: str
    source: str
    frequency: str
    areas: list[str]
    groups: list[str]
    periods: list[str]
    rows: int
    hidden: int
    fetched: date
    derived_from: list[str]
    formula: str


class Fetched:
    """The fetched series of one release. Shared by all sessions; safe to use from several threads."""

    def __init__(
        self, copies: Mapping[str, OwnCopy], outlines: Iterable[Outline],
        indicators: Mapping[str, Indicator], sources: Mapping[str, Source],
    ) -> None:  # fmt: skip
        self.outlines = {one.indicator: one for one in outlines}
        self._frequencies = {one.indicator: one.frequency for one in self.outlines.values()}
        self._copies, self._indicators, self._sources = copies, indicators, sources
        self._kept: OrderedDict[_Place, tuple[Figure, ...]] = OrderedDict()
        self._count = 0
        self._lock = threading.Lock()

    def __contains__(self, indicator: object) -> bool:
        """Whether an indicator's figures are fetched."""
        return indicator in self.outlines

    def __len__(self) -> int:
        """How many figures there are in all series."""
        return sum(one.rows for one in self.outlines.values())

    def figure(self, figure_id_: str) -> Figure | None:
        """A figure by id, None if there is none."""
        named = figure_id.named(figure_id_, self._frequencies)
        if named is None or named.area not in NAMES:
            return None
        groups = [
            group
            for group in self.outlines[named.indicator].groups
            if figure_id.slug(group) == named.group
        ]
        found = self.series(named.indicator, [named.area], groups) if groups else []
        return next((figure for figure in found if figure.id == figure_id_), None)

    def series(
        self,
        indicator: str,
        areas: Iterable[str] | None = None,
        groups: Iterable[str] | None = None,
    ) -> list[Figure]:
        """The figures of a fetched indicator by area, group and period; None means all of them.

        Raises KeyError for an indicator that is not fetched.
        """
        outline = self.outlines[indicator]
        wanted = [
            (indicator, area, group)
            for area in (outline.areas if areas is None else sorted(set(areas) & {*outline.areas}))
            for group in (
                outline.groups if groups is None else sorted(set(groups) & {*outline.groups})
            )
        ]
        with self._lock:
            found = {place: self._kept[place] for place in wanted if place in self._kept}
            for place in found:
                self._kept.move_to_end(place)
        missing = [place for place in wanted if place not in found]
        if missing:
            found |= self._read(outline, missing)
        return [figure for place in wanted for figure in found[place]]

    def scan(self, indicator: str) -> pl.LazyFrame:
        """The file of a fetched indicator, not read yet. Raises KeyError if it is not fetched."""
        return pl.scan_parquet(self._copies[self.outlines[indicator].file].source)

    def collect(self, rows: pl.LazyFrame) -> pl.DataFrame:
        """Rows of `scan`, read now. Raises ReleaseError if they cannot be."""
        try:
            return rows.collect()
        except (pl.exceptions.ComputeError, OSError) as error:
            raise ReleaseError("en hentet serie kan ikke læses") from error

    def figures_of(self, frame: pl.DataFrame) -> list[Figure]:
        """Rows of a series file as figures."""
        return [Figure.of(row, self._indicators, self._sources) for row in _rows(frame)]

    def _read(self, outline: Outline, places: Sequence[_Place]) -> dict[_Place, tuple[Figure, ...]]:
        areas, groups = sorted({p[1] for p in places}), sorted({p[2] for p in places})
        # the bounds let whole row groups be skipped by what their footer says of them
        wanted = pl.col("area").is_between(pl.lit(areas[0]), pl.lit(areas[-1]))
        wanted &= pl.col("area").is_in(areas) & pl.col("group").is_in(groups)
        frame = self.collect(self.scan(outline.indicator).filter(wanted))
        read: dict[_Place, list[Figure]] = {place: [] for place in places}
        for figure in self.figures_of(frame):
            read.setdefault((outline.indicator, figure.area, figure.group), []).append(figure)
        found = {place: tuple(figures) for place, figures in read.items()}
        self._keep(found)
        return found

    def _keep(self, found: Mapping[_Place, tuple[Figure, ...]]) -> None:
        if sum(map(len, found.values())) > MOST_KEPT // 2:
            return
        with self._lock:
            for place, figures in found.items():
                if place not in self._kept:
                    self._kept[place] = figures
                    self._count += len(figures)
            while self._count > MOST_KEPT:
                _, oldest = self._kept.popitem(last=False)
                self._count -= len(oldest)


def outlines(table: pl.DataFrame | None) -> list[Outline]:
    """The fetched series of a release, from its table of them; [] if nothing is fetched."""
    return [] if table is None else [Outline(**row) for row in _rows(table)]


def _rows(frame: pl.DataFrame) -> Iterable[dict[str, Any]]:
    return frame.iter_rows(named=True)
