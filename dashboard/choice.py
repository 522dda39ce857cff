"""What a page lets its visitor choose, as the address knows it: one or more ids, or a number. Pure.

A page declares its choices; `dashboard.link` reads and writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract import danish

_LONGEST_SHOWN = 40

Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in the address. `options` maps id → label in order; `default` is a tuple of ids.

    `many`: several may be chosen (at most `most`). `period`: options are periods, and one that is not
    offered gives the nearest. `ordered`: the order chosen means something, the first leads. `name` is what
    the notice calls it.
    """

    key: str
    name: str
    options: Mapping[str, str]
    default: tuple[str, ...]
    many: bool = False
    most: int = 12
    period: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the address, from `low` to `high` in steps of `step`; `start` None = not chosen yet.

    Its value is a tuple of one text in the address's form (`0.5`), or empty when it is not chosen.
    """

    key: str
    name: str
    low: float
    high: float
    step: float
    start: float | None = None

    @property
    def default(self) -> tuple[str, ...]:
        """The value when the address says nothing; empty when the visitor must choose."""
        return () if self.start is None else (self.text(self.start),)

    @property
    def decimals(self) -> int:
        """Decimals that a step needs."""
        return max(0, -int(Decimal(str(self.step)).normalize().as_tuple().exponent))

    def nearest(self, value: float) -> float:
        """The valid number nearest to `value`."""
        steps = round((min(max(value, self.low), self.high) - self.low) / self.step)
        return round(min(self.low + steps * self.step, self.high), self.decimals)

    def text(self, value: float) -> str:
        """`8.0` → `8`, `0.5` → `0.5`: the form of the address."""
        shown = f"{value:.{self.decimals}f}"
        return shown.rstrip("0").rstrip(".") if "." in shown else shown

    def every(self, most: int) -> list[str]:
        """All valid numbers in the form of the address; none if they are more than `most`."""
        count = round((self.high - self.low) / self.step) + 1
        return [self.text(self.low + i * self.step) for i in range(count)] if count <= most else []

    def danish(self, value: float) -> str:
        """`0.5` → `0,5`: the form of the screen."""
        return danish.number(float(self.text(value)))


Kind = Choice | Number


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something in an address that could not be used: what it was and why, as plain Danish text."""

    what: str
    why: str


def shown(text: str) -> str:
    """A stretch of an address fit to be shown: printable, at most 40 characters, no markup meaning."""
    clean = "".join(c if c.isprintable() else "·" for c in text)
    return clean if len(clean) <= _LONGEST_SHOWN else clean[: _LONGEST_SHOWN - 1] + "…"
