"""Formulas over figures: exact value, interval and precision, with every refusal said in Danish."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from contract import danish, formula
from etl import intervals, precision
from etl.complaints import suggestion
from etl.decimals import rounded
from etl.figures_csv import Figure
from etl.intervals import Interval
from etl.precision import Known

_EXACT: Mapping[str, Callable[..., Any]] = {
    "abs": abs, "min": min, "max": max, "round": lambda value: rounded(value, 0),
}  # fmt: skip


class FormulaError(Exception):
    """A formula that cannot be computed; the message is Danish."""


class NotYetKnown(Exception):
    """A formula that names a figure which is declared, but faulty."""


@dataclass(slots=True)
class Numbers:
    """Every figure with a value, in the three ways formulas are computed.

    `incomplete`: a file with figures could not be read, so an unknown id is no fault.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    known_ids: set[str] = field(default_factory=set)
    incomplete: bool = False
    values: dict[str, Fraction] = field(default_factory=dict)
    intervals: dict[str, Interval] = field(default_factory=dict)
    precisions: dict[str, Known] = field(default_factory=dict)

    def enter(self, figure: Figure) -> None:
        """Add an entered figure."""
        self.figures[figure.id] = figure
        if figure.value is not None:
            unit = self.units.get(figure.indicator, "")
            self.values[figure.id] = figure.value
            self.intervals[figure.id] = intervals.from_figure(figure, unit)
            self.precisions[figure.id] = precision.known_of(figure, unit)

    def text_of(self, figure_id: str) -> str:
        """A figure as people read it, with its own decimals and short unit."""
        figure = self.figures[figure_id]
        value = None if figure.value is None else float(figure.value)
        unit = self.units.get(figure.indicator, "")
        return danish.figure_text(value, figure.qualifier, figure.as_written, unit, figure.decimals)

    def display(self, expression: str) -> str:
        """The formula with every figure as people read it."""
        names = formula.references(expression)
        return formula.display(expression, {name: self.text_of(name) for name in names})

    def value(self, expression: str) -> Fraction | bool:
        """Exact value. Raises FormulaError, or NotYetKnown if a named figure was itself refused."""
        return self._compute(expression, self.values, Fraction, _EXACT)

    def number(self, expression: str) -> Fraction:
        """As `value`, for a formula that must give a number."""
        value = self.value(expression)
        if isinstance(value, bool):
            raise FormulaError(f"formlen «{expression}» skal give et tal, ikke en sammenligning")
        return value

    def interval(self, expression: str) -> Interval:
        """The values the formula may have, given its inputs' rounding. Raises as `value`."""
        return self._compute(expression, self.intervals, intervals.constant, intervals.FUNCTIONS)

    def precision(self, expression: str) -> Known:
        """How precisely the formula's value is known. Raises as `value`."""
        return self._compute(expression, self.precisions, precision.constant, precision.FUNCTIONS)

    def _compute(
        self,
        expression: str,
        values: Mapping[str, Any],
        number: Callable[[str], Any],
        functions: Mapping[str, Callable[..., Any]],
    ) -> Any:
        for name in formula.references(expression):
            if name not in self.known_ids and not self.incomplete:
                near = suggestion(name, self.known_ids)
                raise FormulaError(f"tallet «{name}» findes ikke{near}")
            if name in self.figures and self.figures[name].value is None:
                raise FormulaError(f"tallet «{name}» har ingen værdi at regne med")
            if name not in values:
                raise NotYetKnown(name)
        try:
            return formula.evaluate_over(expression, values, number=number, functions=functions)
        except ZeroDivisionError:
            raise FormulaError(f"formlen «{expression}» dividerer med nul") from None
        except ValueError as error:
            raise FormulaError(str(error)) from error
