"""A series as a time axis draws it: marks in time order, and where they are on the axis."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.read import Figure


@dataclass(frozen=True, slots=True)
class Mark:
    """One point in time: its figure, the value drawn (index, per 10.000 …) and the value as text."""

    figure: Figure
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Track:
    """One series: label, colour role, marks in time order.

    `average`: the values are yearly averages, drawn as dashed bars as wide as their year.
    `numbers`: every value is written beside its point (sparse series).
    `breaks`: first days of the periods in which the series begins to count otherwise; no line crosses them.
    """

    label: str
    role: str
    marks: Sequence[Mark]
    average: bool = False
    numbers: bool = False
    name_below: bool = False
    """Sparse series: the name stands below the last point instead of left of the first."""
    breaks: frozenset[date] = frozenset()

    @classmethod
    def of(cls, label: str, role: str, figures: Sequence[Figure], **options: Any) -> "Track":
        """A track of the figures' own values; figures without a value are left out."""
        marks = [Mark(f, f.value, f.text) for f in figures if f.value is not None]
        return cls(label, role, marks, **options)


def year_fraction(day: date) -> float:
    """`date(2020, 7, 2)` → about 2020.5: the x of every time axis."""
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - start).days / (end - start).days


def middle(figure: Figure) -> float:
    """The middle of a figure's period on the time axis."""
    return (year_fraction(figure.start) + year_fraction(figure.end)) / 2


def segments(marks: Sequence[Mark], breaks: Collection[date] = ()) -> list[list[Mark]]:
    """Marks split where a period is missing between two neighbours, and at breaks in the series.

    Neighbours are periods where the next starts the day after the previous ends. A break lies before
    the first mark that starts on its day or later.
    """
    runs: list[list[Mark]] = []
    for mark in marks:
        last = runs[-1][-1].figure if runs else None
        neighbours = last is not None and (mark.figure.start - last.end).days == 1
        if last and neighbours and not any(last.start < day <= mark.figure.start for day in breaks):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs
