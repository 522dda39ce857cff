"""The only reader of releases. A release is verified, loaded once per process and never changed.

A page asks `current()` once per run and passes the release on, so that one run shows one release.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from contract import danish, paths
from contract.areas import area_name
from contract.release import RELEASE_ID, Manifest, ReleaseError, current_id, verify


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
    def area_name(self) -> str:
        """`København`, `Hele landet` …"""
        return area_name(self.area)

    @property
    def period_text(self) -> str:
        """The period in running Danish."""
        return danish.period(self.period)

    @property
    def approximate(self) -> bool:
        """True for knap, ca., over … and for figures in words: drawn with a dashed edge."""
        return self.qualifier != "præcis"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; fields as in `contract.catalogue.Event`."""

    id: str
    date: str
    date_start: date
    date_end: date
    precision: str
    title: str
    text: str
    body: str
    theme: str
    kind: str
    source: str
    locator: str
    indicators: list[str]
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Decision:
    """Ordered → answered; fields as in `contract.tables.Decisions`."""

    id: str
    ordered_by: str
    ordered: str
    precision: str
    title: str
    text: str
    source: str
    locator: str
    status: str
    answer: str
    answered: str
    answer_source: str
    days: int | None
    theme: str
    figures: list[str]
    event: str


@dataclass(frozen=True, slots=True)
class Point:
    """Principle, group, recommendation, vote …; fields as in `contract.tables.Points`."""

    id: str
    kind: str
    number: int | None
    field: str
    title: str
    text: str
    parties: list[str]
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    date: str
    source: str
    locator: str
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides that ought to agree; fields as in `contract.tables.Relations`."""

    id: str
    title: str
    kind: str
    unit: str
    decimals: int
    left_label: str
    left_formula: str
    left: float
    left_low: float
    left_high: float
    right_label: str
    right_formula: str
    right: float
    right_low: float
    right_high: float
    gap: float
    explained: bool
    reason: str
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a series."""

    id: str
    indicators: list[str]
    period: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question people ask; fields as in `contract.tables.Questions`, in the order of the file."""

    id: str
    question: str
    answer: str
    figure: str
    picture: list[dict[str, str]]
    how: str
    unknown: str
    page: str
    topic: str
    words: list[str]
    figures: list[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field."""

    id: str
    term: str
    text: str
    source: str
    locator: str
    also: list[str]


@dataclass(frozen=True)
class Release:
    """A loaded release. Read-only: everything that is handed out is shared by all sessions."""

    manifest: Manifest
    sources: dict[str, Source]
    indicators: dict[str, Indicator]
    events: tuple[Event, ...]
    decisions: tuple[Decision, ...]
    points: tuple[Point, ...]
    relations: tuple[Relation, ...]
    breaks: tuple[Break, ...]
    glossary: tuple[Term, ...]
    story: dict[str, str]
    _rows: dict[str, pl.DataFrame] = field(repr=False)
    _indicator_of: dict[str, str] = field(repr=False)
    _series: dict[str, dict[str, Figure]] = field(default_factory=dict, repr=False)
    questions: tuple[Question, ...] = ()

    @property
    def id(self) -> str:
        """`2026-11-23-0f1e2d3c`."""
        return self.manifest.release

    @property
    def published(self) -> date:
        """The release's own publication date."""
        return date.fromisoformat(self.manifest.published)

    def figure(self, figure_id: str) -> Figure:
        """A figure by id. Raises KeyError if the release does not hold it."""
        return self._of(self._indicator_of[figure_id])[figure_id]

    def figures(self) -> Iterable[Figure]:
        """All figures, by indicator, area, group and period."""
        for indicator in self._rows:
            yield from self._of(indicator).values()

    def series(
        self,
        indicator: str,
        areas: Iterable[str] | None = None,
        group: str | None = None,
    ) -> list[Figure]:
        """The figures of an indicator, by area, group and period start.

        `areas` None means all areas; `group` None means all groups. An unknown indicator gives [].
        """
        if indicator not in self._rows:
            return []
        wanted = None if areas is None else set(areas)
        return [
            figure
            for figure in self._of(indicator).values()
            if (wanted is None or figure.area in wanted) and (group is None or figure.group == group)
        ]

    def one(self, indicator: str, period: str, area: str = "101", group: str = "") -> Figure:
        """The only figure of an indicator for a period, area and group. Raises KeyError if not one."""
        found = [f for f in self.series(indicator, [area], group) if f.period == period]
        if len(found) != 1:
            raise KeyError(f"{indicator} {area} {group} {period}: {len(found)} tal")
        return found[0]

    def events_for(self, indicators: Iterable[str]) -> list[Event]:
        """Events that concern any of the indicators, oldest first."""
        wanted = set(indicators)
        return [event for event in self.events if wanted & set(event.indicators)]

    def _of(self, indicator: str) -> dict[str, Figure]:
        loaded = self._series.get(indicator)
        if loaded is None:
            rows = self._rows[indicator].iter_rows(named=True)
            loaded = self._series[indicator] = {row["figure"]: self._figure(row) for row in rows}
        return loaded

    def _figure(self, row: dict[str, Any]) -> Figure:
        return Figure(
            id=row["figure"],
            indicator=self.indicators[row["indicator"]],
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
            source=self.sources[row["source"]],
            locator=row["locator"],
            derived_from=row["derived_from"],
            note=row["note"],
        )


_loaded: dict[Path, Release] = {}
_loading = threading.Lock()


def current() -> Release:
    """The release that data/CURRENT names, loaded. Raises ReleaseError if it is missing or altered."""
    return load(current_id())


def load(release: str) -> Release:
    """A release by id, from memory if it was loaded before.

    Raises ReleaseError if the id is not a release id, or the release is missing or altered.
    """
    if not RELEASE_ID.match(release):
        raise ReleaseError("det er ikke navnet på en udgave")
    folder = paths.releases_dir() / release
    if (found := _loaded.get(folder)) is None:
        with _loading:
            if (found := _loaded.get(folder)) is None:
                found = _loaded[folder] = _read(folder)
    return found


def _read(folder: Path) -> Release:
    manifest = verify(folder)
    table = {name.name: pl.read_parquet(folder / name.name) for name in manifest.files}

    def rows(name: str, kind: type) -> list[Any]:
        wanted = [f.name for f in fields(kind)]
        return [kind(**{k: row[k] for k in wanted}) for row in table[f"{name}.parquet"].iter_rows(named=True)]

    figures = table["figures.parquet"].sort("indicator", "area", "group", "period_start", "figure")
    return Release(
        manifest=manifest,
        sources={source.id: source for source in rows("sources", Source)},
        indicators={indicator.id: indicator for indicator in rows("indicators", Indicator)},
        events=tuple(sorted(rows("events", Event), key=lambda e: (e.date_start, e.id))),
        decisions=tuple(sorted(rows("decisions", Decision), key=lambda d: (d.ordered, d.id))),
        points=tuple(rows("points", Point)),
        relations=tuple(rows("relations", Relation)),
        breaks=tuple(rows("breaks", Break)),
        glossary=tuple(sorted(rows("glossary", Term), key=lambda t: danish.sort_key(t.term))),
        story=dict(zip(table["story.parquet"]["id"], table["story.parquet"]["text"], strict=True)),
        _rows={str(key[0]): frame for key, frame in figures.partition_by("indicator", as_dict=True).items()},
        _indicator_of=dict(zip(figures["figure"], figures["indicator"], strict=True)),
        questions=tuple(rows("questions", Question)) if "questions.parquet" in table else (),
    )

