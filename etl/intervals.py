"""Intervals: what a rounded or approximate figure may have been before it was written down.

How each qualifier is read is decided in docs/decisions/0002-intervaller-for-omtrentlige-tal.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from etl.decimals import place_of_last_digit, rounded, unit_at
from etl.figures_csv import Figure
from etl.precision import ROUNDED_UNITS

_ONE_IN = re.compile(r"\bhver\s+[^\W\d]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __mul__(self, other: "Interval") -> "Interval":
        return _hull(a * b for a in (self.low, self.high) for b in (other.low, other.high))

    def __truediv__(self, other: "Interval") -> "Interval":
        """Raises ZeroDivisionError if the other interval holds zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return self * Interval(1 / other.high, 1 / other.low)

    def __abs__(self) -> "Interval":
        ends = (abs(self.low), abs(self.high))
        return Interval(Fraction(0) if self.low <= 0 <= self.high else min(ends), max(ends))

    def overlaps(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def with_value(self, value: Fraction) -> "Interval":
        """The smallest interval that also holds the value."""
        return Interval(min(self.low, value), max(self.high, value))


def constant(text: str) -> Interval:
    """A number in a formula: exact."""
    return Interval(Fraction(text), Fraction(text))


def from_figure(figure: Figure, unit: str) -> Interval:
    """The interval of an entered figure, from its qualifier and rounding. It must have a value."""
    value = figure.value or Fraction(0)
    if one_in := _one_in(figure, unit):
        return one_in
    place = figure.decimals or place_of_last_digit(value)
    half = unit_at(place) / 2
    match figure.qualifier:
        case "præcis" if figure.decimals == 0 and unit not in ROUNDED_UNITS:
            return Interval(value, value)
        case "præcis":
            half = unit_at(figure.decimals) / 2
            return Interval(value - half, value + half)
        case "knap" | "under" | "op_til":
            return Interval(value - half, value)
        case "over" | "mindst":
            return Interval(value, value + half)
        case _:
            return Interval(value - half, value + half)


def _one_in(figure: Figure, unit: str) -> Interval | None:
    """The interval of a share written as `hver femte`: half a step of n in one out of n."""
    if unit != "pct." or not figure.value or not _ONE_IN.search(figure.as_written):
        return None
    divisor, half = 100 / figure.value, Fraction(1, 2)
    low, high = 100 / (divisor + half), 100 / (divisor - half)
    match figure.qualifier:
        case "knap" | "under" | "op_til":
            return Interval(low, figure.value)
        case "over" | "mindst":
            return Interval(figure.value, high)
        case _:
            return Interval(low, high)


def _extreme(choose: Callable[..., Fraction]) -> Callable[..., Interval]:
    return lambda *args: Interval(choose(i.low for i in args), choose(i.high for i in args))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "min": _extreme(min),
    "max": _extreme(max),
    "round": lambda interval: Interval(rounded(interval.low, 0), rounded(interval.high, 0)),
}


def _hull(values: Any) -> Interval:
    found = list(values)
    return Interval(min(found), max(found))
