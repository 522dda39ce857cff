"""The declarations in data/series.toml: which series are fetched from which service, and what they must be called.

A service's codes are used only where their texts are the ones declared here. The indicators, sources and
breaks of fetched series stand in the same file: they become part of a release when there are figures of them.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contract.areas import area_name
from contract.catalogue import Break, Indicator, Source
from contract.entry import Entry, Id, Text

Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class Choice(BaseModel):
    """One value of a variable: the only one with this code (if given) and one of these texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = ""
    texts: Texts


class Series(BaseModel):
    """One or more values of a table's `by` variable that are an indicator.

    `code` and `texts` name one value, and the indicator's figures have the empty group. `find` instead takes
    every value whose text holds the word (codes that no source states); then the group is that text.
    All three empty: the table has no such variable and is one series.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    indicator: Id
    code: str = ""
    texts: tuple[Text, ...] = ()
    find: str = ""


class Table(Entry):
    """One table of a service and what is asked of it.

    `table` is the service's own id; `by` the variable whose values are the series (empty: the table is one
    series); `totals` the value that every other variable is held at; `area` the variable or hierarchy of areas;
    `areas` is `i-brug` (contract.areas) or `alle` (the country and its 98 municipalities);
    `names` what the service calls the areas (by code) that it does not call what we do;
    `first` the first period in the notation of contract.periods. `value` is the label of the column with
    the numbers, for services that choose it by label.
    """

    service: Literal["statbank", "jobindsats"]
    table: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
    source: Id
    measure: Literal["fuldtidspersoner", "personer"]
    frequency: Literal["måned", "kvartal", "år"]
    first: Text
    area: Text
    areas: Literal["i-brug", "alle"] = "i-brug"
    names: dict[str, str] = Field(default_factory=dict)
    by: str = ""
    totals: dict[str, Choice] = Field(default_factory=dict)
    series: Annotated[tuple[Series, ...], Field(min_length=1)]
    value: str = ""

    def area_name(self, code: str) -> str:
        """What the service calls an area. Raises KeyError on an unknown code."""
        return self.names.get(code) or area_name(code)


class Ratio(Entry):
    """A series computed from fetched ones: 100 × the numerators' sum ÷ the denominators' sum, in pct.

    `indicator` is what the figures are shown as; `decimals` how finely. All parts are of one table.
    """

    indicator: Id
    numerator: Annotated[tuple[Id, ...], Field(min_length=1)]
    denominator: Annotated[tuple[Id, ...], Field(min_length=1)]
    decimals: Annotated[int, Field(ge=0, le=3)] = 1


class SeriesFile(BaseModel):
    """The whole of data/series.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: tuple[Table, ...] = ()
    indicator: tuple[Indicator, ...] = ()
    source: tuple[Source, ...] = ()
    ratio: tuple[Ratio, ...] = ()
    break_: tuple[Break, ...] = Field(default=(), alias="break")
