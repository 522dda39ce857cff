"""Shapes series for a chart: within a period, as an index, per 10.000 inhabitants. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from contract import danish
from contract.periods import parse_period
from dashboard.charts.timeline import Mark
from dashboard.read import Figure, Release

POPULATION = "folketal"
FETCHED_POPULATION = "folk1a-folketal"
"""Every quarter, when it has been fetched; the material itself has two quarters."""
POPULATIONS = (FETCHED_POPULATION, POPULATION)
PEOPLE = frozenset({"personer", "fuldtidspersoner", "borgere", "unge", "tilkendelser"})
"""Units that can be put in proportion to the number of inhabitants."""


def within(figures: Sequence[Figure], first: date, last: date) -> list[Figure]:
    """The figures whose whole period lies from `first` to `last`, and that have a value."""
    return [f for f in figures if f.start >= first and f.end <= last and f.value is not None]


def without_value(
    release: Release, figures: Sequence[Figure], first: date, last: date
) -> list[Figure]:
    """The fetched figures within a period that have no value: hidden, or not told by the service."""
    return [
        f
        for f in figures
        if f.value is None
        and f.start >= first
        and f.end <= last
        and f.indicator.id in release.fetched
    ]


def breaks(release: Release, indicator: str) -> frozenset[date]:
    """First days of the periods in which an indicator begins to count otherwise."""
    own = [b.period for b in release.breaks if indicator in b.indicators]
    return frozenset(parse_period(period).start for period in own)


def since_break(marks: Sequence[Mark], breaks: Iterable[date]) -> Sequence[Mark]:
    """The marks that can be held against the last one: those after the last break before it."""
    end = marks[-1].figure.start
    last = max((day for day in breaks if day <= end), default=None)
    return marks if last is None else [m for m in marks if m.figure.start >= last]


def has_break(figures: Iterable[Figure], breaks: Iterable[date]) -> bool:
    """Whether an indicator's figures stand on both sides of one of its breaks."""
    starts = {f.start for f in figures}
    return bool(starts) and any(min(starts) < day <= max(starts) for day in breaks)


def index_marks(figures: Sequence[Figure], base: str) -> list[Mark]:
    """Each value as an index, value ÷ value in period `base` × 100, shown without decimals.

    [] if the series has no value, or zero, in the base period.
    """
    start = next((f.value for f in figures if f.period == base), None)
    if not start:
        return []
    values = [(f, 100 * (f.value or 0) / start) for f in figures if f.value is not None]
    return [Mark(f, value, danish.number(value, 0)) for f, value in values]


def per_10000(release: Release, figures: Sequence[Figure]) -> list[Mark]:
    """Each value per 10.000 inhabitants, value ÷ population × 10.000, one decimal.

    Only where the release holds the population of the same area in the same period; nothing is
    carried over from one period to another.
    """
    marks: list[Mark] = []
    people = population(release, {f.area for f in figures})
    for f in figures:
        inhabitants = people.get((f.area, f.period))
        if inhabitants and f.value is not None:
            value = 10_000 * f.value / inhabitants
            marks.append(Mark(f, value, danish.number(value, 1)))
    return marks


def population(release: Release, areas: Iterable[str]) -> dict[tuple[str, str], float]:
    """(area, period) → inhabitants, as the material states it, else as it was fetched."""
    wanted = list(areas)
    figures = [f for i in POPULATIONS for f in release.whole(i, wanted)]
    return {(f.area, f.period): f.value for f in figures if f.value is not None}
