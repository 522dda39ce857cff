"""Finding among all figures, entered and fetched: how many there are, and those of one page of the list.

Fetched series can have millions of figures: they are counted and cut in their files, never listed in memory.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import polars as pl

from contract import danish
from contract.areas import area_name
from dashboard.fetched import Outline
from dashboard.read import Figure, Release
from dashboard.search import folded

COMPUTED, MEASURED = "beregnet", "målt"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find; None or empty means all. `words` must each stand in a figure's texts."""

    indicators: Collection[str] | None = None
    areas: Collection[str] | None = None
    groups: Collection[str] | None = None
    sources: Collection[str] | None = None
    topics: Collection[str] | None = None
    kinds: Collection[str] | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""


class Found(Sequence[Figure]):
    """The figures found, in order: those entered, then the fetched by indicator, area, group and period."""

    def __init__(self, release: Release, entered: Sequence[Figure], wanted: Wanted) -> None:
        self._release, self._entered = release, entered
        self._parts = [
            (outline, where, count)
            for _, outline in sorted(release.fetched.outlines.items())
            if (where := _where(release, outline, wanted)) is not None
            and (count := _count(release, outline, where))
        ]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._entered) + sum(count for _, _, count in self._parts)

    @overload
    def __getitem__(self, index: int) -> Figure: ...
    @overload
    def __getitem__(self, index: slice) -> list[Figure]: ...
    def __getitem__(self, index: int | slice) -> Figure | list[Figure]:
        """One figure, or those of a stretch without steps, read now."""
        if isinstance(index, int):
            at = range(len(self))[index]
            return self._stretch(at, at + 1)[0]
        start, stop, _ = index.indices(len(self))
        return self._stretch(start, stop)

    def __iter__(self) -> Iterator[Figure]:
        """Every figure, a series at a time."""
        yield from self._entered
        for outline, where, _ in self._parts:
            rows = self._release.fetched.scan(outline.indicator).filter(where)
            yield from self._release.fetched.figures_of(self._release.fetched.collect(rows))

    def by_source(self) -> dict[str, int]:
        """How many come from each source."""
        counts: dict[str, int] = {}
        for figure in self._entered:
            counts[figure.source.id] = counts.get(figure.source.id, 0) + 1
        for outline, _, count in self._parts:
            counts[outline.source] = counts.get(outline.source, 0) + count
        return counts

    def _stretch(self, start: int, stop: int) -> list[Figure]:
        found = list(self._entered[start:stop])
        offset = len(self._entered)
        fetched = self._release.fetched
        for outline, where, count in self._parts:
            low, high = max(start - offset, 0), min(stop - offset, count)
            if low < high:
                rows = fetched.scan(outline.indicator).filter(where).slice(low, high - low)
                found += fetched.figures_of(fetched.collect(rows))
            offset += count
        return found


def _count(release: Release, outline: Outline, where: pl.Expr) -> int:
    if where.meta.eq(pl.lit(True)):
        return outline.rows
    counted = release.fetched.scan(outline.indicator).filter(where).select(pl.len())
    return int(release.fetched.collect(counted).item())


def _where(release: Release, outline: Outline, wanted: Wanted) -> pl.Expr | None:
    """The rows of a series that are wanted, None if none can be."""
    indicator = release.indicators[outline.indicator]
    whole = (
        (wanted.indicators, outline.indicator), (wanted.sources, outline.source), (wanted.topics, indicator.topic),
        (wanted.kinds, COMPUTED if outline.derived_from else MEASURED),
    )  # fmt: skip
    if any(allowed is not None and value not in allowed for allowed, value in whole):
        return None
    conditions: list[pl.Expr] = []
    for name, allowed, held in (
        ("area", wanted.areas, outline.areas),
        ("group", wanted.groups, outline.groups),
    ):
        if allowed is not None and not set(held) <= set(allowed):
            conditions.append(pl.col(name).is_in(sorted(set(allowed) & set(held))))
    if wanted.first:
        conditions.append(pl.col("period_start") >= wanted.first)
    if wanted.last:
        conditions.append(pl.col("period_end") <= wanted.last)
    conditions += _words(release, outline, wanted.words)
    return pl.all_horizontal(conditions) if conditions else pl.lit(True)


def _words(release: Release, outline: Outline, words: str) -> list[pl.Expr]:
    """A condition for each word that does not stand in what all figures of the series have in common."""
    indicator, source = release.indicators[outline.indicator], release.sources[outline.source]
    kind = COMPUTED if outline.derived_from else MEASURED
    common = folded(
        f"{indicator.title} {indicator.population} {source.title} {source.publisher} {kind} {indicator.id}"
    )
    return [
        pl.col("area").is_in(_holding(word, ((a, area_name(a)) for a in outline.areas)))
        | pl.col("group").is_in(_holding(word, ((g, g) for g in outline.groups)))
        | pl.col("period").is_in(_holding(word, ((p, danish.period(p)) for p in outline.periods)))
        for word in folded(words).split()
        if word not in common
    ]


def _holding(word: str, named: Iterable[tuple[str, str]]) -> list[str]:
    return [value for value, text in named if word in folded(text)]
