"""How many decimals a computed figure can carry, given how precisely its inputs are known.

Sums and differences are no finer than the coarsest input; products and quotients have no more
significant digits than the input with fewest. Exact numbers (constants, counted persons, decided
amounts) do not limit.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from etl.decimals import place_of_last_digit
from etl.figures_csv import Figure

ROUNDED_UNITS = frozenset({"pct.", "procentpoint", "mio. kr.", "fuldtidspersoner"})
"""Units of measured sizes: a whole number of them is still a rounded one."""
_DECIDED = frozenset({"mål", "forslag"})
_INEXACT = frozenset({"ca", "knap", "over", "under", "op_til", "mindst", "i_ord"})


@dataclass(frozen=True, slots=True)
class Known:
    """A value known to a decimal place (-2 = hundreds, 1 = tenths); `place` None is exact."""

    value: Fraction
    place: int | None = None

    def __add__(self, other: "Known") -> "Known":
        return Known(self.value + other.value, _coarsest(self.place, other.place))

    def __sub__(self, other: "Known") -> "Known":
        return Known(self.value - other.value, _coarsest(self.place, other.place))

    def __mul__(self, other: "Known") -> "Known":
        return _scaled(self.value * other.value, self, other)

    def __truediv__(self, other: "Known") -> "Known":
        return _scaled(self.value / other.value, self, other)

    def __neg__(self) -> "Known":
        return Known(-self.value, self.place)

    def __abs__(self) -> "Known":
        return Known(abs(self.value), self.place)

    @property
    def digits(self) -> int | None:
        """Significant digits, None if exact."""
        return None if self.place is None else max(1, self.place + 1 + _magnitude(self.value))


def constant(text: str) -> Known:
    """A number in a formula: exact."""
    return Known(Fraction(text))


def known_of(figure: Figure, unit: str) -> Known:
    """How precisely an entered figure is known. The figure must have a value."""
    value = figure.value or Fraction(0)
    if figure.qualifier in _INEXACT:
        return Known(value, figure.decimals or place_of_last_digit(value))
    counted = figure.decimals == 0 and unit not in ROUNDED_UNITS
    if counted or figure.kind in _DECIDED:
        return Known(value)
    return Known(value, figure.decimals)


def _pick(choose: Callable[..., Known]) -> Callable[..., Known]:
    return lambda *args: choose(args, key=lambda known: known.value)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "min": _pick(min),
    "max": _pick(max),
    "round": lambda known: known,
}


def _coarsest(a: int | None, b: int | None) -> int | None:
    places = [place for place in (a, b) if place is not None]
    return min(places) if places else None


def _scaled(value: Fraction, *inputs: Known) -> Known:
    digits = [known.digits for known in inputs if known.digits is not None]
    return Known(value, min(digits) - 1 - _magnitude(value) if digits else None)


def _magnitude(value: Fraction) -> int:
    return math.floor(math.log10(abs(value))) if value else 0
