"""The public tables of a release: columns, types, keys and named rules. Outside tools read them."""

import dataframely as dy
import polars as pl

from contract.hidden import SERIES
from contract.periods import FREQUENCIES
from contract.word_tables import Decisions, Events, Glossary, Points, Questions, Runsheets, Story

QUALIFIERS = ("præcis", "ca", "knap", "over", "under", "op_til", "mindst", "i_ord")
KINDS = ("målt", "beregnet", "skønnet", "mål", "forslag")

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Figures(dy.Schema):
    """One row a figure, entered or computed."""

    figure = dy.String(primary_key=True, regex=ID)
    indicator = dy.String(regex=ID)
    area = dy.String(regex=r"^\d{3}$")
    group = dy.String()
    period = dy.String(min_length=4)
    period_start = dy.Date()
    period_end = dy.Date()
    frequency = dy.Enum(FREQUENCIES)
    value = dy.Float64(nullable=True, allow_inf=False, allow_nan=False)
    qualifier = dy.Enum(QUALIFIERS)
    as_written = dy.String(min_length=1)
    kind = dy.Enum(KINDS)
    source = dy.String(regex=ID)
    locator = dy.String(min_length=1)
    derived_from = dy.List(dy.String())
    note = dy.String()

    @dy.rule()
    def period_runs_forward(cls) -> pl.Expr:
        """A period ends no earlier than it begins."""
        return cls.period_start.col <= cls.period_end.col

    @dy.rule()
    def null_has_reason(cls) -> pl.Expr:
        """A value that is missing has its reason in `note`."""
        return cls.value.col.is_not_null() | (cls.note.col != "")

    @dy.rule()
    def derived_figures_show_their_formula(cls) -> pl.Expr:
        """A computed figure names its inputs and has its formula in `note`."""
        computed = cls.kind.col == "beregnet"
        has_inputs = cls.derived_from.col.list.len() > 0
        return (computed & has_inputs & (cls.note.col != "")) | (~has_inputs)


class Indicators(dy.Schema):
    """What each series measures."""

    id = dy.String(primary_key=True)
    title = dy.String(min_length=1)
    unit = dy.String(min_length=1)
    measure = dy.String()
    population = dy.String(min_length=1)
    definition = dy.String()
    caveats = dy.String()
    decimals = dy.Int64(min=0, max=3)
    topic = dy.String()
    comparable_with = dy.List(dy.String())
    source = dy.String()
    colour = dy.String()
    explore = dy.Bool()


class Sources(dy.Schema):
    """The publications."""

    id = dy.String(primary_key=True)
    publisher = dy.String(min_length=1)
    title = dy.String(min_length=1)
    kind = dy.String()
    published = dy.String()
    precision = dy.String()
    url = dy.String()
    licence = dy.String()
    case_number = dy.String()
    covers = dy.String()
    note = dy.String()


class Breaks(dy.Schema):
    """Breaks in series."""

    id = dy.String(primary_key=True)
    indicators = dy.List(dy.String())
    period = dy.String()
    text = dy.String()
    source = dy.String()


class Relations(dy.Schema):
    """Figures that ought to agree, both sides and the gap, and how much of it rounding can explain.

    `left_low`–`left_high` and `right_low`–`right_high` are the intervals the inputs' qualifiers and
    rounding allow; `explained` says whether they overlap.
    """

    id = dy.String(primary_key=True)
    title = dy.String(min_length=1)
    kind = dy.String()
    unit = dy.String()
    decimals = dy.Int64()
    left_label = dy.String()
    left_formula = dy.String()
    left = dy.Float64()
    left_low = dy.Float64()
    left_high = dy.Float64()
    right_label = dy.String()
    right_formula = dy.String()
    right = dy.Float64()
    right_low = dy.Float64()
    right_high = dy.Float64()
    gap = dy.Float64()
    explained = dy.Bool()
    reason = dy.String(min_length=1)
    figures = dy.List(dy.String())


TABLES: dict[str, type[dy.Schema]] = {
    "figures": Figures,
    "indicators": Indicators,
    "sources": Sources,
    "breaks": Breaks,
    "events": Events,
    "decisions": Decisions,
    "points": Points,
    "relations": Relations,
    "story": Story,
    "questions": Questions,
    "glossary": Glossary,
    "runsheets": Runsheets,
}
"""Table name → schema; each is `<name>.parquet` in a release."""


class Series(dy.Schema):
    """The fetched series of a release: one row an indicator, whose figures are in the file `file`.

    `file` has the columns of Figures, sorted by area, group and period. `table` is the service's own id,
    empty for a series that is computed (then `derived_from` names the indicators and `formula` says how).
    `areas`, `groups` and `periods` are all that occur; `hidden` is how many values disclosure control hid.
    `fetched` is the day (UTC) of the newest answer used.
    """

    indicator = dy.String(primary_key=True, regex=ID)
    file = dy.String(regex=r"^series-[a-z0-9-]+\.parquet$")
    service = dy.String(min_length=1)
    table = dy.String()
    source = dy.String(regex=ID)
    frequency = dy.Enum(FREQUENCIES)
    areas = dy.List(dy.String())
    groups = dy.List(dy.String())
    periods = dy.List(dy.String())
    rows = dy.Int64(min=1)
    hidden = dy.Int64(min=0)
    fetched = dy.Date()
    derived_from = dy.List(dy.String())
    formula = dy.String()


SERIES_ORDER = ("area", "group", "period_start")
"""How the rows of a series file are sorted: what the reader of a few of them can skip the rest by."""


def series_file(indicator: str) -> str:
    """Name of the file with a fetched indicator's figures."""
    return f"{SERIES}-{indicator}.parquet"
