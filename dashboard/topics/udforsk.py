"""What Udforsk shows for a choice of indicators, areas, period and way: one picture, or why there is none.

Pure. The guard: indicators that are not declared comparable never share an axis, and what is set aside
is named with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contract import danish
from contract.areas import area_name
from contract.periods import parse_period
from dashboard import charts, fetched_words, guard, series
from dashboard.charts.bars import Bar
from dashboard.charts.timeline import Mark
from dashboard.explored import FIRST, choices, figures_of
from dashboard.link import Values
from dashboard.period_table import period_table
from dashboard.picture import Picture
from dashboard.read import Event, Figure, Indicator, Release

__all__ = ["FIRST", "Result", "choices", "headline", "pictures", "result"]

WAYS = guard.WAYS
MOST_EVENTS = 9


@dataclass(frozen=True, slots=True)
class Result:
    """A picture to draw, or None with `empty` saying why; `notices` are (what, why-html)."""

    picture: Picture | None
    notices: list[tuple[str, str]] = field(default_factory=list)
    empty: str = ""


def headline(release: Release, values: Values) -> str:
    """The finding of the chosen picture, or the page's own name when there is none."""
    found = result(release, values).picture
    return found.finding if found else "Udforsk udviklingen 2017–2022"


def pictures(release: Release, values: Values) -> list[Picture]:
    """The chosen picture, if there is one."""
    found = result(release, values).picture
    return [found] if found else []


def result(release: Release, values: Values) -> Result:
    """The picture for a choice, with what was set aside and why."""
    if not values["i"]:
        return Result(None, empty="Der er ikke valgt en indikator.")
    if not values["o"]:
        return Result(None, empty="Der er ikke valgt et område.")
    first, last = parse_period(values["fra"][0]), parse_period(values["til"][0])
    notices: list[tuple[str, str]] = []
    if first.start > last.start:
        first, last = last, first
        notices.append(("Fra og til er byttet om.", "Den første periode lå efter den sidste."))
    chosen, aside = guard.comparable(release, values["i"])
    notices += aside
    areas, aside = guard.areas_for(release, chosen, values["o"])
    notices += aside
    every = [f for i in chosen for f in figures_of(release, i, areas, values)]
    figures = series.within(every, first.start, last.end)
    if not figures:
        return Result(None, notices, "Der er ingen tal for det valgte område i den valgte periode.")
    for gone in [i for i in chosen if not any(f.indicator.id == i.id for f in figures)]:
        chosen.remove(gone)
        notices.append(
            (
                f"«{gone.title}» er ikke vist.",
                f'Der er ingen tal i den valgte periode. <a href="/udforsk?i={gone.id}">Se den for sig</a>.',
            )
        )
    fetched = all(i.id in release.fetched for i in chosen)
    if not guard.is_series(figures, one_group=fetched):
        if values["vis"][0] != "antal":
            notices.append(
                (
                    f"«{WAYS[values['vis'][0]]}» er slået fra.",
                    "Tallene er enkelttal og ikke en sammenhængende serie.",
                )
            )
        return Result(_bars(chosen[0], figures), notices)
    way, aside = guard.way_for(release, values["vis"][0], chosen, figures)
    notices += aside
    unknown = series.without_value(release, every, first.start, last.end)
    return _series(release, chosen, areas, figures, unknown, way, notices)


def _series(
    release: Release, chosen: Sequence[Indicator], areas: Sequence[str], figures: Sequence[Figure],
    unknown: Sequence[Figure], way: str, notices: list[tuple[str, str]],
) -> Result:  # fmt: skip
    base = min(figures, key=lambda f: f.start).period
    tracks: list[charts.Track] = []
    for indicator in chosen:
        for area in areas:
            untold = [f for f in unknown if f.indicator.id == indicator.id and f.area == area]
            own = [f for f in figures if f.indicator.id == indicator.id and f.area == area]
            marks = _marks(release, own, way, base)
            if untold and not own:
                notices.append(
                    (f"{area_name(area)} er ikke vist.", f"Tallene er {untold[0].text}.")
                )
            if own and not marks:
                notices.append(
                    (
                        f"{area_name(area)} er ikke vist.",
                        f"Der er intet tal for {danish.period(base)}, som indekset regnes fra.",
                    )
                )
            if marks:
                tracks.append(_track(release, indicator, area, marks, len(chosen) > 1))
    if not tracks:
        return Result(None, notices, "Der er ingen tal for det valgte.")
    sparse = max(len(t.marks) for t in tracks) <= 12 and len(tracks) <= 2
    if sparse:
        tracks = [replace(t, numbers=True, name_below=True) for t in tracks]
    shown = [m.figure for t in tracks for m in t.marks]
    first, last = min(f.start for f in shown), max(f.end for f in shown)
    events = _events(release, chosen, first, last)
    quarters = any(f.frequency == "kvartal" for f in shown)
    spec = charts.timeline(
        tracks, first=first, last=last, events=events, baseline=100 if way == "indeks" else None,
        coverage=sparse and quarters,
    )  # fmt: skip
    finding = _finding(chosen, tracks, way, base)
    return Result(Picture(
        key="udforsk", finding=finding, sub=_sub(chosen, areas, way, base, shown[0].group), alt=finding, spec=spec,
        figures=sorted([*shown, *unknown], key=lambda f: f.start) if unknown else shown, events=events,
        computed=way != "antal",
        table=period_table(tracks, unknown, way) if way != "antal" or len(tracks) > 1 else "",
        notes=[*fetched_words.notes(release, chosen, unknown), *(i.caveats for i in chosen if i.caveats)],
    ), notices)  # fmt: skip


def _marks(release: Release, figures: Sequence[Figure], way: str, base: str) -> list[Mark]:
    if way == "indeks":
        return series.index_marks(figures, base)
    if way == "pr10000":
        return series.per_10000(release, figures)
    return [Mark(f, f.value, f.text) for f in figures if f.value is not None]


def _track(
    release: Release, indicator: Indicator, area: str, marks: Sequence[Mark], several: bool
) -> charts.Track:
    breaks = series.breaks(release, indicator.id)
    if several:
        return charts.Track(indicator.title, indicator.colour, marks, breaks=breaks)
    role = {"101": "koebenhavn", "000": "landet"}.get(area, "by")
    return charts.Track(area_name(area), role, marks, breaks=breaks)


def _finding(
    chosen: Sequence[Indicator], tracks: Sequence[charts.Track], way: str, base: str
) -> str:
    """The heading: what the first track did from first to last period, and the country beside it."""
    lead = next((t for t in tracks if t.role == "koebenhavn"), tracks[0])
    start, end = series.since_break(lead.marks, lead.breaks)[0], lead.marks[-1]
    country = next((t for t in tracks if t.role == "landet" and t is not lead), None)
    until = end.figure.period_text
    if way == "indeks":
        beside = f", {country.label.lower()} på {country.marks[-1].text} pct." if country else ""
        return f"{lead.label} lå i {until} på {end.text} pct. af niveauet i {danish.period(base)}{beside}"
    if start is end:
        shown = "{" + end.figure.id + "}" if way == "antal" else f"{end.text} pr. 10.000 indbyggere"
        return f"{chosen[0].title}, {lead.label}: {shown} i {until}"
    if way == "pr10000":
        return f"{lead.label}: {end.text} pr. 10.000 indbyggere i {until} mod {start.text} i {start.figure.period_text}"
    group = f", {end.figure.group}" if end.figure.group else ""
    name = f"{chosen[0].title}{group}, {lead.label}" if len(chosen) == 1 else lead.label
    return f"{name}: fra {{{start.figure.id}}} i {start.figure.period_text} til {{{end.figure.id}}} i {until}"


def _sub(chosen: Sequence[Indicator], areas: Sequence[str], way: str, base: str, group: str) -> str:
    what = danish.listing([i.title for i in chosen])
    what += f", {group}" if group else ""
    if way == "indeks":
        return f"{what}. {danish.period(base)} = 100: periodens tal ÷ tallet i {danish.period(base)} × 100."
    if way == "pr10000":
        return f"{what}. Tallet ÷ folketallet i samme kvartal × 10.000."
    where = f"{danish.listing([area_name(a) for a in areas])}. " if len(chosen) > 1 else ""
    return f"{where}{chosen[0].population}{'; ' + group if group else ''}."


def _bars(indicator: Indicator, figures: Sequence[Figure]) -> Picture:
    """Single figures that are no series: one bar each, named by what sets them apart."""
    ordered = sorted(figures, key=lambda f: (f.start, f.end, f.area, f.id))
    sources = {f.source.id for f in ordered}

    def name(f: Figure) -> str:
        apart = [
            f.group, f.area_name if len({x.area for x in ordered}) > 1 else "",
            f.period_text if len({x.period for x in ordered}) > 1 else "",
            f.source.publisher.split(",")[0].split(" (")[0] if len(sources) > 1 else "",
        ]  # fmt: skip
        return ", ".join(filter(None, apart)) or f.area_name

    names = [name(f) for f in ordered]
    labels = [n if names.count(n) == 1 else f"{n} ({i})" for i, n in enumerate(names, start=1)]
    lead = ordered[-1]
    finding = f"{indicator.title}: {{{lead.id}}}" + (
        f", {labels[-1]}" if len(ordered) > 1 else f" ({lead.period_text})"
    )
    return Picture(
        key="udforsk", finding=finding, sub=f"{indicator.population}.", figures=ordered,
        alt=f"{indicator.title}. " + "; ".join(f"{label}: {{{f.id}}}" for label, f in zip(labels, ordered, strict=True)),
        spec=charts.horizontal([Bar(n, f, indicator.colour) for n, f in zip(labels, ordered, strict=True)]),
        notes=[indicator.caveats] if indicator.caveats else [],
    )  # fmt: skip


def _events(release: Release, chosen: Sequence[Indicator], first: date, last: date) -> list[Event]:
    """Events that concern the indicators within the shown years, the precisely dated first in line."""
    found = [
        e
        for e in release.events_for(i.id for i in chosen)
        if e.date_start <= last and e.date_end >= first
    ]
    best = sorted(found, key=lambda e: (e.precision != "dag", e.date_start))[:MOST_EVENTS]
    return sorted(best, key=lambda e: e.date_start)
