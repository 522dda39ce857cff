"""What Udforsk shows for a choice of indicators, areas, period and way: one picture, or why there is none.

Pure. The guard: indicators that are not declared comparable never share an axis, and what is set aside
is named with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contract import danish
from contract.areas import NAMES, area_name
from contract.figure_id import slug
from contract.periods import parse_period
from dashboard import charts, fetched_words, guard, parts, series
from dashboard.charts.bars import Bar
from dashboard.charts.timeline import Mark
from dashboard.link import SEPARATOR, Choice, Values
from dashboard.picture import Picture
from dashboard.read import Event, Figure, Indicator, Release
from dashboard.text import escape, number

WAYS = guard.WAYS
FIRST = "nettoledige-kontanthjaelp"
MOST_EVENTS = 9


@dataclass(frozen=True, slots=True)
class Result:
    """A picture to draw, or None with `empty` saying why; `notices` are (what, why-html)."""

    picture: Picture | None
    notices: list[tuple[str, str]] = field(default_factory=list)
    empty: str = ""


def choices(release: Release, params: Mapping[str, Sequence[str]]) -> list[Choice]:
    """The page's choices; areas and periods are those of the first chosen indicator."""
    indicator = next(iter(params.get("i", ())), "").split(SEPARATOR)[0]
    offered = {i.id: fetched_words.label(release, i) for i in by_title(release) if i.explore}
    chosen = release.indicators[indicator if indicator in offered else FIRST]
    held, periods, is_series = _covers(release, chosen.id)
    areas = {code: name for code, name in NAMES.items() if code in held}
    default_areas = tuple(a for a in ("101", "000", "147", "461", "751", "851") if a in areas)
    ids = list(periods) or [""]
    many_places = chosen.unit in series.PEOPLE and len(areas) > 2 and is_series
    return [
        Choice("i", "Indikator", offered, (FIRST,), many=True, most=3, ordered=True),
        Choice("o", "Område", areas, default_areas, many=True),
        Choice("fra", "Fra", periods, (ids[0],), period=True),
        Choice("til", "Til", periods, (ids[-1],), period=True),
        Choice("vis", "Vis som", WAYS, ("indeks",) if many_places else ("antal",)),
        *_group_choice(release, chosen.id),
    ]


def _group_choice(release: Release, indicator: str) -> list[Choice]:
    """The choice of a subgroup, for a fetched indicator that has any; the whole population comes first."""
    outline = release.fetched.outlines.get(indicator)
    if outline is None or outline.groups == [""]:
        return []
    groups = {slug(g) or "alle": g or "Alle" for g in outline.groups}
    return [Choice("g", "Gruppe", groups, (next(iter(groups)),))]


def _figures(
    release: Release, indicator: Indicator, areas: Sequence[str], values: Values
) -> list[Figure]:
    """The figures that stand for an indicator: of a fetched one those of the chosen group."""
    outline = release.fetched.outlines.get(indicator.id)
    if outline is None:
        return release.series(indicator.id, areas)
    asked = values.get("g", ("alle",))[0]
    group = next((g for g in outline.groups if (slug(g) or "alle") == asked), "")
    return release.series(indicator.id, areas, group)


def _covers(release: Release, indicator: str) -> tuple[set[str], dict[str, str], bool]:
    """(area codes, period → its words in time order, whether it is a series) of an indicator."""
    if outline := release.fetched.outlines.get(indicator):
        periods = {period: danish.period(period) for period in outline.periods}
        return set(outline.areas), periods, len(periods) > 1
    own = sorted(release.series(indicator), key=lambda f: (f.start, f.end))
    return {f.area for f in own}, {f.period: f.period_text for f in own}, guard.is_series(own)


def headline(release: Release, values: Values) -> str:
    """The finding of the chosen picture, or the page's own name when there is none."""
    found = result(release, values).picture
    return found.finding if found else "Udforsk udviklingen 2017–2022"


def pictures(release: Release, values: Values) -> list[Picture]:
    """The chosen picture, if there is one."""
    found = result(release, values).picture
    return [found] if found else []


def by_title(release: Release) -> list[Indicator]:
    """Indicators with figures, in Danish alphabetical order; those that are fetched come last."""
    return sorted(
        release.indicators.values(),
        key=lambda i: (i.id in release.fetched, danish.sort_key(i.title)),
    )


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
    every = [f for i in chosen for f in _figures(release, i, areas, values)]
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
            own = [f for f in figures if f.indicator.id == indicator.id and f.area == area]
            marks = _marks(release, own, way, base)
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
        table=_table(tracks, unknown, way) if way != "antal" or len(tracks) > 1 else "",
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
    start, end = lead.marks[0], lead.marks[-1]
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
    name = f"{chosen[0].title}, {lead.label}" if len(chosen) == 1 else lead.label
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


def _table(tracks: Sequence[charts.Track], unknown: Sequence[Figure], way: str) -> str:
    """Periods down, tracks across; a computed value first and the source's number in parentheses.

    `unknown` are figures of the tracks whose value the source, or disclosure control, leaves out.
    """
    periods = {f.period: f for f in [*unknown, *(m.figure for t in tracks for m in t.marks)]}
    ordered = sorted(periods.values(), key=lambda f: f.start)
    cells = [{m.figure.period: m for m in t.marks} for t in tracks]
    missing = {(f.indicator.id, f.area, f.period): f for f in unknown}
    places = [(t.marks[0].figure.indicator.id, t.marks[0].figure.area) for t in tracks]

    def cell(place: tuple[str, str], mark: Mark | None, period: str) -> str:
        if mark is None:
            left_out = missing.get((*place, period))
            said = number(left_out) if left_out else parts.UNKNOWN
            return f'<span class="note">{said}</span>'
        return number(mark.figure) if way == "antal" else f"{mark.text} ({number(mark.figure)})"

    rows = [
        [
            escape(f.period_text),
            *(
                cell(place, own.get(f.period), f.period)
                for place, own in zip(places, cells, strict=True)
            ),
        ]
        for f in ordered
    ]
    caption = {
        "antal": "Tal",
        "indeks": "Indeks (kildens tal i parentes)",
        "pr10000": "Pr. 10.000 (kildens tal i parentes)",
    }[way]
    return parts.table(
        caption, ["Periode", *(t.label for t in tracks)], rows, numeric=range(1, len(tracks) + 1)
    )


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
