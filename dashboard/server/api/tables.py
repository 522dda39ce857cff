"""The tables programs can read: their rows in a release and their columns. A table is one entry below."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contract.areas import NAMES
from contract.danish import QUALIFIER_WORDS
from contract.periods import FREQUENCIES
from dashboard import library, read
from dashboard.fetched_search import Found, Wanted
from dashboard.parts import KIND_TEXT
from dashboard.read import Figure, Release
from dashboard.server.api import columns, parameters
from dashboard.server.api.columns import DAY, STRING, TEXTS, Column
from dashboard.server.api.parameters import Parameter, Values


def _own(name: str, schema: dict[str, Any], about: str, value: Callable[[Figure], Any]) -> Column:
    return Column(name, schema | {"description": about}, lambda _release, figure: value(figure))


FIGURE = (
    _own("figure", STRING, "Stable id, never reused or renamed.", lambda f: f.id),
    _own("indicator", STRING, "Id in indicators.", lambda f: f.indicator.id),
    _own("area", {"type": "string", "enum": list(NAMES)}, "Statistics Denmark's area code, as text.", lambda f: f.area),
    _own("group", STRING, "Subgroup; empty = the whole population of the indicator.", lambda f: f.group),
    _own("period", STRING, "2018, 2020K4, 2022-10, 2022-10-24 or an interval 2017-12/2020-12.", lambda f: f.period),
    _own("period_start", DAY, "First day of the period.", lambda f: f.start.isoformat()),
    _own("period_end", DAY, "Last day of the period.", lambda f: f.end.isoformat()),
    _own("frequency", {"type": "string", "enum": list(FREQUENCIES)}, "Length of the period.", lambda f: f.frequency),
    _own("value", {"type": ["number", "null"]}, "Null only with a reason in note. Show it with its qualifier.",
         lambda f: f.value),
    _own("qualifier", {"type": "string", "enum": list(QUALIFIER_WORDS)},
         "What the source says of the precision; i_ord = written in words.", lambda f: f.qualifier),
    _own("as_written", STRING, "The number as the source writes it.", lambda f: f.as_written),
    _own("text", STRING, "As the dashboard shows it in Danish: qualifier, number, unit.",
         lambda f: columns.plain(f.with_unit)),
    _own("unit", STRING, "Unit of the indicator.", lambda f: f.indicator.unit),
    _own("population", STRING, "Whom or what the indicator counts.", lambda f: f.indicator.population),
    _own("kind", {"type": "string", "enum": list(KIND_TEXT)},
         "målt = measured, beregnet = computed by Indblik, skønnet = estimated, mål = target, forslag = proposal.",
         lambda f: f.kind),
    _own("source", STRING, "Id in sources.", lambda f: f.source.id),
    _own("locator", STRING, "Where in the source.", lambda f: f.locator),
    _own("derived_from", TEXTS, "Figures it is computed from; the formula is in note.", lambda f: list(f.derived_from)),
    _own("note", STRING, "Caveat or formula, in Danish.", lambda f: f.note),
    _own("indicator_title", STRING, "Title of the indicator.", lambda f: f.indicator.title),
    _own("topic", STRING, "Topic of the indicator.", lambda f: f.indicator.topic),
    _own("area_name", STRING, "Danish name of the area.", lambda f: f.area_name),
    _own("source_title", STRING, "Title of the source.", lambda f: f.source.title),
    _own("source_publisher", STRING, "Who published the source.", lambda f: f.source.publisher),
)  # fmt: skip
"""The columns of figures.parquet, with what a reader of a number must know joined from its indicator and source."""


def select(release: Release, wanted: Values) -> Found:
    """The figures that satisfy every filter, by indicator, area, group and period; the fetched ones last."""
    first, last, words = wanted.get("from"), wanted.get("to"), wanted.get("q")
    found: Iterable[Figure] = library.entered(release, words) if words else release.figures()
    entered = [
        f
        for f in found
        if (first is None or f.start >= first.start)
        and (last is None or f.end <= last.end)
        and all(name not in wanted or value in wanted[name] for name, value in _filtered(f))
    ]
    chosen = Wanted(
        indicators=wanted.get("indicator"),
        areas=wanted.get("area"),
        groups=wanted.get("group"),
        sources=wanted.get("source"),
        topics=wanted.get("topic"),
        kinds=wanted.get("kind"),
        first=first.start if first else None,
        last=last.end if last else None,
        words=words or "",
    )
    return Found(release, entered, chosen)


def _filtered(f: Figure) -> tuple[tuple[str, str], ...]:
    return (
        ("indicator", f.indicator.id), ("area", f.area), ("group", f.group), ("source", f.source.id),
        ("topic", f.indicator.topic), ("kind", f.kind),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `title` is Danish, `about` English; `rows` are in the order they are listed."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Release, Values], Iterable[Any]]
    filters: tuple[Parameter, ...] = ()

    @property
    def record(self) -> str:
        """Name of a row's schema: `figures` → `Figure`."""
        return {"glossary": "Term"}.get(self.name, self.name.removesuffix("s").capitalize())

    def one(self, release: Release, id_: str) -> Any | None:
        """The row with an id, or None."""
        if self.name == "figures":
            try:
                return release.figure(id_)
            except KeyError:
                return None
        return next((row for row in self.rows(release, {}) if row.id == id_), None)


_DATE = "As precise as the source says: 2022-10-24, 2022-10, 2022 or empty."
_FIGURES = "Ids of the figures it names."


def _table(
    name: str, title: str, about: str, kind: type, rows: Callable[[Release], Iterable[Any]],
    described: Mapping[str, str] | None = None,
) -> Table:  # fmt: skip
    own = {
        "id": "Stable id.",
        "figures": _FIGURES,
        "source": "Id in sources.",
        "locator": "Where in the source.",
    }
    return Table(
        name,
        title,
        about,
        columns.of(kind, own | dict(described or {})),
        lambda release, _: rows(release),
    )


TABLES: dict[str, Table] = {table.name: table for table in (
    Table("figures", "Tal", "One cited or computed figure.", FIGURE, select, parameters.FILTERS),
    _table("indicators", "Indikatorer", "What a series of figures measures.", read.Indicator,
           lambda r: r.indicators.values(),
           {"comparable_with": "Indicators that may share an axis with it.", "source": "Source of the definition.",
            "decimals": "Decimals to show.", "explore": "Whether it is a development (false: a target or an amount)."}),
    _table("sources", "Kilder", "A publication.", read.Source, lambda r: r.sources.values(),
           {"published": _DATE, "precision": "How precisely published is known.", "licence": "Empty: not stated."}),
    _table("breaks", "Databrud", "A break in series: nothing may be drawn across it.", read.Break, lambda r: r.breaks),
    _table("events", "Begivenheder", "Something that happened.", read.Event, lambda r: r.events,
           {"date": _DATE, "body": "Who acted.", "indicators": "Indicators it concerns."}),
    _table("decisions", "Bestillinger", "Something ordered, and what the material shows came of it.", read.Decision,
           lambda r: r.decisions,
           {"ordered": _DATE, "answered": _DATE, "days": "Null unless both dates are known to the day."}),
    _table("points", "Punkter", "A principle, group, recommendation, vote or statement.", read.Point,
           lambda r: r.points),
    _table("relations", "Sammenhænge", "Two sides that ought to agree, the gap, and whether rounding can explain it.",
           read.Relation, lambda r: r.relations,
           {"gap": "left minus right.", "explained": "Whether the intervals low–high of the two sides overlap.",
            "left_formula": "Expression over figure ids in brackets."}),
    _table("glossary", "Begreber", "A word of the field.", read.Term, lambda r: r.glossary),
)}  # fmt: skip
