"""What can be chosen on Udforsk, and the figures a choice stands for; the same for entered and fetched series. Pure."""

from collections.abc import Mapping, Sequence

from contract import danish
from contract.areas import NAMES
from contract.figure_id import slug
from dashboard import fetched_words, guard, series
from dashboard.link import SEPARATOR, Choice, Values
from dashboard.read import Figure, Indicator, Release

FIRST = "nettoledige-kontanthjaelp"


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
    broken = bool(series.breaks(release, chosen.id))
    return [
        Choice("i", "Indikator", offered, (FIRST,), many=True, most=3, ordered=True),
        Choice("o", "Område", areas, default_areas, many=True),
        Choice("fra", "Fra", periods, (ids[0],), period=True),
        Choice("til", "Til", periods, (ids[-1],), period=True),
        Choice(
            "vis", "Vis som", guard.WAYS, ("indeks",) if many_places and not broken else ("antal",)
        ),
        *_group_choice(release, chosen.id),
    ]


def _group_choice(release: Release, indicator: str) -> list[Choice]:
    """The choice of a subgroup, for a fetched indicator that has any; the whole population comes first."""
    outline = release.fetched.outlines.get(indicator)
    if outline is None or outline.groups == [""]:
        return []
    groups = {slug(g) or "alle": g or "Alle" for g in outline.groups}
    return [Choice("g", "Gruppe", groups, (next(iter(groups)),))]


def figures_of(
    release: Release, indicator: Indicator, areas: Sequence[str], values: Values
) -> list[Figure]:
    """The figures that stand for an indicator in some areas: of a fetched one those of the chosen group."""
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


def by_title(release: Release) -> list[Indicator]:
    """Indicators with figures, in Danish alphabetical order; those that are fetched come last."""
    return sorted(
        release.indicators.values(),
        key=lambda i: (i.id in release.fetched, danish.sort_key(i.title)),
    )
