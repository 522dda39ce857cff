"""The fetched series of a topic as pictures for its page: one picture a series and group, never beside stated figures.

Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from contract import danish
from contract.areas import AREAS, COUNTRY, area_name
from contract.figure_id import slug
from dashboard import charts, fetched_words, parts, series
from dashboard.charts.timeline import Mark
from dashboard.picture import Picture
from dashboard.read import Indicator, Release

COPENHAGEN = next(iter(AREAS))
_SHARES = frozenset({"pct.", "fuldtidspersoner pr. 10.000 indbyggere"})
"""Units in which København and the whole country can stand on one axis."""


def of(release: Release, *topics: str) -> list[Picture]:
    """A picture of each fetched series of the topics that has figures for København; computed ones first.

    Of a series without a whole each group is a picture: one group may be part of another.
    """
    outlines = release.fetched.outlines.values()
    found = [
        (release.indicators[o.indicator], group)
        for o in sorted(outlines, key=lambda o: (not o.derived_from, o.indicator))
        if COPENHAGEN in o.areas and release.indicators[o.indicator].topic in topics
        for group in ([""] if "" in o.groups else o.groups)
    ]
    return [made for indicator, group in found if (made := _picture(release, indicator, group))]


def notice(release: Release, pictures: Sequence[Picture], beside: str) -> str:
    """What a reader must know of the pictures before they are shown.

    `beside` says, as HTML, what on the page they must not be set on a line with.
    """
    own = {f.indicator.id for p in pictures for f in p.figures}
    origins = dict.fromkeys(
        fetched_words.service(o)
        for o in release.fetched.outlines.values()
        if o.indicator in own and not o.derived_from
    )
    named = danish.listing(list(origins)) or "statistikbankerne"
    return parts.notice(f"De næste figurer er hentet fra {named}.", beside)


def _picture(release: Release, indicator: Indicator, group: str) -> Picture | None:
    areas = (COPENHAGEN, COUNTRY) if indicator.unit in _SHARES else (COPENHAGEN,)
    figures = release.series(indicator.id, areas, group)
    breaks = series.breaks(release, indicator.id)
    roles = {COPENHAGEN: "koebenhavn", COUNTRY: "landet"}
    every = [
        replace(
            charts.Track.of(area_name(area), roles[area], [f for f in figures if f.area == area]),
            breaks=breaks,
        )
        for area in areas
    ]
    tracks = [track for track in every if track.marks]
    if not tracks or tracks[0].marks[0].figure.area != COPENHAGEN:
        return None
    shown = [mark.figure for track in tracks for mark in track.marks]
    first, last = min(f.start for f in shown), max(f.end for f in shown)
    unknown = [f for f in figures if f.value is None]
    events = [
        e
        for e in release.events_for([indicator.id])
        if e.date_start <= last and e.date_end >= first
    ]
    of_group = f", {group}" if group else ""
    finding = f"{indicator.title}{of_group}, København: {_change(tracks[0].marks, breaks)}"
    return Picture(
        key="-".join(filter(None, ["hentet", indicator.id, slug(group)])), finding=finding, alt=finding,
        sub=f"{indicator.population}{'; ' + group if group else ''}.",
        spec=charts.timeline(tracks, first=first, last=last, events=events), events=events,
        figures=sorted([*shown, *unknown], key=lambda f: (f.area != COPENHAGEN, f.start)),
        computed=any(f.kind == "beregnet" for f in shown),
        notes=[*fetched_words.notes(release, [indicator], unknown), *filter(None, [indicator.caveats])],
    )  # fmt: skip


def _change(marks: Sequence[Mark], breaks: Collection[date]) -> str:
    """From the first number to the last; after a break only those that are counted as the last one is."""
    start, end = series.since_break(marks, breaks)[0].figure, marks[-1].figure
    if start is end:
        return f"{{{start.id}}} i {start.period_text}"
    return f"fra {{{start.id}}} i {start.period_text} til {{{end.id}}} i {end.period_text}"
