"""Relations: both sides of what ought to agree, their gap, and whether rounding explains it."""

from dataclasses import dataclass
from fractions import Fraction

from contract import formula
from contract.catalogue import Relation
from etl.arithmetic import FormulaError, NotYetKnown, Numbers
from etl.complaints import Complaints
from etl.declarations import Declarations
from etl.intervals import Interval


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its value and what it may have been before rounding."""

    value: Fraction
    interval: Interval


@dataclass(frozen=True, slots=True)
class Compared:
    """A relation with both sides computed."""

    entry: Relation
    left: Side
    right: Side

    @property
    def gap(self) -> Fraction:
        """Left minus right."""
        return self.left.value - self.right.value

    @property
    def explained(self) -> bool:
        """Whether the two sides' intervals overlap."""
        return self.left.interval.overlaps(self.right.interval)

    @property
    def figures(self) -> list[str]:
        """Figures of the left side, the right side, and those declared besides."""
        named = formula.references(self.entry.left) + formula.references(self.entry.right)
        return list(dict.fromkeys([*named, *self.entry.figures]))


def compare(declarations: Declarations, numbers: Numbers, complaints: Complaints) -> list[Compared]:
    """Compute every relation; complain of the sides that cannot be."""
    compared = []
    for declared in declarations.of("relations.toml"):
        sides = {}
        for key in ("left", "right"):
            expression = getattr(declared.entry, key)
            try:
                value, interval = numbers.number(expression), numbers.interval(expression)
                sides[key] = Side(value, interval.with_value(value))
            except FormulaError as error:
                complaints.add(declared.at(key), f"{key}: {error}")
            except NotYetKnown:
                continue
        if len(sides) == 2:
            compared.append(Compared(declared.entry, sides["left"], sides["right"]))
    return compared
