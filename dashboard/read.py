"""The only reader of releases. A release is verified, loaded once per process and never changed.

A page asks `current()` once per run and passes the release on, so that one run shows one release.
"""

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from contract import danish, paths
from contract.hidden import SERIES
from contract.release import RELEASE_ID, Manifest, ReleaseError, content_of, read_manifest
from dashboard.entries import Break, Decision, Event, Point, Question, Relation, Term
from dashboard.fetched import Fetched, outlines
from dashboard.own_copy import OwnCopy
from dashboard.records import Figure, Indicator, Source
from dashboard.runsheet import RunSheet
from dashboard.standing import Standing

__all__ = [
    "Break",
    "Decision",
    "Event",
    "Figure",
    "Indicator",
    "Point",
    "Question",
    "Relation",
    "Release",
    "RunSheet",
    "Source",
    "Term",
    "current",
    "load",
    "shown_id",
    "standing",
]


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
    runsheets: tuple[RunSheet, ...] = ()
    fetched: Fetched = field(default_factory=lambda: Fetched({}, (), {}, {}), repr=False)
    """The series that are fetched from statistics services: `series`, `figure` and `in` find them too,
    `figures` does not."""

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
        if figure_id in self._indicator_of:
            return self._of(self._indicator_of[figure_id])[figure_id]
        if found := self.fetched.figure(figure_id):
            return found
        raise KeyError(figure_id)

    def __contains__(self, figure_id: object) -> bool:
        """Whether the release holds a figure of this id."""
        return figure_id in self._indicator_of or (
            isinstance(figure_id, str) and self.fetched.figure(figure_id) is not None
        )

    def figures(self) -> Iterable[Figure]:
        """All figures that are entered or computed from those, by indicator, area, group and period."""
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
        if indicator in self.fetched:
            return self.fetched.series(indicator, areas, None if group is None else [group])
        if indicator not in self._rows:
            return []
        wanted = None if areas is None else set(areas)
        return [
            figure
            for figure in self._of(indicator).values()
            if (wanted is None or figure.area in wanted)
            and (group is None or figure.group == group)
        ]

    def whole(self, indicator: str, areas: Iterable[str] | None = None) -> list[Figure]:
        """What stands for an indicator in a chart: all its figures, of a fetched one the whole population."""
        return self.series(indicator, areas, "" if indicator in self.fetched else None)

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
            loaded = self._series[indicator] = {
                row["figure"]: Figure.of(row, self.indicators, self.sources) for row in rows
            }
        return loaded


_loaded: dict[Path, Release] = {}
_loading = threading.Lock()


def current() -> Release:
    """The release shown (see `standing`), loaded. Raises ReleaseError if there is none."""
    return load(shown_id())


def shown_id() -> str:
    """Its id. Raises ReleaseError if there is none."""
    return standing.shown().release


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


standing = Standing(load)
"""Which release this process shows."""


def _read(folder: Path) -> Release:
    manifest = read_manifest(folder)
    table: dict[str, pl.DataFrame] = {}
    copies: dict[str, OwnCopy] = {}
    for entry in manifest.files:
        content = content_of(folder, entry)
        if entry.name.startswith(f"{SERIES}-"):
            copies[entry.name] = OwnCopy(content)
        else:
            table[entry.name] = pl.read_parquet(io.BytesIO(content))
    series = outlines(table.get(f"{SERIES}.parquet"))

    def rows(name: str, kind: type) -> list[Any]:
        wanted = [f.name for f in fields(kind)]
        return [
            kind(**{k: row[k] for k in wanted})
            for row in table[f"{name}.parquet"].iter_rows(named=True)
        ]

    figures = table["figures.parquet"].sort("indicator", "area", "group", "period_start", "figure")
    sources = {source.id: source for source in rows("sources", Source)}
    indicators = {indicator.id: indicator for indicator in rows("indicators", Indicator)}
    return Release(
        manifest=manifest,
        sources=sources,
        indicators=indicators,
        events=tuple(sorted(rows("events", Event), key=lambda e: (e.date_start, e.id))),
        decisions=tuple(sorted(rows("decisions", Decision), key=lambda d: (d.ordered, d.id))),
        points=tuple(rows("points", Point)),
        relations=tuple(rows("relations", Relation)),
        breaks=tuple(rows("breaks", Break)),
        glossary=tuple(sorted(rows("glossary", Term), key=lambda t: danish.sort_key(t.term))),
        story=dict(zip(table["story.parquet"]["id"], table["story.parquet"]["text"], strict=True)),
        _rows={
            str(key[0]): frame
            for key, frame in figures.partition_by("indicator", as_dict=True).items()
        },
        _indicator_of=dict(zip(figures["figure"], figures["indicator"], strict=True)),
        questions=tuple(rows("questions", Question)) if "questions.parquet" in table else (),
        runsheets=tuple(map(RunSheet.of, table["runsheets.parquet"].iter_rows(named=True)))
        if "runsheets.parquet" in table
        else (),
        fetched=Fetched(copies, series, indicators, sources),
    )
