"""The rows of a release as people's objects: figures with their indicator and source resolved.

Plain frozen data; `read` makes them. The rows that are not numbers are in `dashboard.entries`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract import danish
from contract.areas import area_name
from contract.hidden import HIDDEN


@dataclass(frozen=True, slots=True)
class Source:
    """A publication; fields as in `contract.catalogue.Source`."""

    id: str
    publisher: str
    title: str
    kind: str
    published: str
    precision: str
    url: str
    licence: str
    case_number: str
    covers: str
    note: str

    @property
    def dated(self) -> str:
        """`24.10.2022`, `marts 2018` or `dato ikke oplyst`."""
        return danish.partial_date(self.published)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a series measures; fields as in `contract.catalogue.Indicator`."""

    id: str
    title: str
    unit: str
    measure: str
    population: str
    definition: str
    caveats: str
    decimals: int
    topic: str
    comparable_with: list[str]
    source: str
    colour: str
    explore: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One cited or computed number, with its indicator and source resolved."""

    id: str
    indicator: Indicator
    area: str
    group: str
    period: str
    start: date
    end: date
    frequency: str
    value: float | None
    qualifier: str
    as_written: str
    kind: str
    source: Source
    locator: str
    derived_from: list[str]
    note: str

    @classmethod
    def of(
        cls,
        row: Mapping[str, Any],
        indicators: Mapping[str, Indicator],
        sources: Mapping[str, Source],
    ) -> "Figure":
        """A row of the figures table. Raises KeyError if its indicator or source is not there."""
        return cls(
            id=row["figure"],
            indicator=indicators[row["indicator"]],
            area=row["area"],
            group=row["group"],
            period=row["period"],
            start=row["period_start"],
            end=row["period_end"],
            frequency=row["frequency"],
            value=row["value"],
            qualifier=row["qualifier"],
            as_written=row["as_written"],
            kind=row["kind"],
            source=sources[row["source"]],
            locator=row["locator"],
            derived_from=row["derived_from"],
            note=row["note"],
        )

    @property
    def decimals(self) -> int | None:
        """Decimals to show: the indicator's, but never fewer than the value has."""
        if self.value is None or self.value == round(self.value, self.indicator.decimals):
            return self.indicator.decimals
        return None

    @property
    def parts(self) -> tuple[str, str]:
        """(qualifier word, number with short unit), e.g. `("knap", "3.900")`."""
        return danish.figure_parts(
            self.value, self.qualifier, self.as_written, self.indicator.unit, self.decimals
        )

    @property
    def text(self) -> str:
        """`knap 3.900`, `53,5 pct.`, `knap hver femte`."""
        return " ".join(filter(None, self.parts))

    @property
    def with_unit(self) -> str:
        """`text` followed by its unit, unless the unit is part of it or the figure is in words."""
        in_words = not any(c.isdigit() for c in self.parts[1])
        short = self.indicator.unit in danish.SHORT_UNITS
        return self.text if short or in_words else f"{self.text} {self.indicator.unit}"

    @property
    def hidden(self) -> bool:
        """Whether the number is left out because it would say something of too few people."""
        return self.value is None and self.note.startswith(HIDDEN)

    @property
    def area_name(self) -> str:
        """The area's name: `København` or `Hele landet`."""
        return area_name(self.area)

    @property
    def period_text(self) -> str:
        """The period in running Danish."""
        return danish.period(self.period)

    @property
    def approximate(self) -> bool:
        """True for knap, ca., over … and for figures in words: drawn with a dashed edge."""
        return self.qualifier != "præcis"
