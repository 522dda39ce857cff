"""Can the numbers be compared? What may share an axis, and what is set aside with the reason. Pure."""

from collections.abc import Sequence

from contract import danish
from contract.areas import area_name
from contract.periods import parse_period
from dashboard import series
from dashboard.read import Figure, Indicator, Release
from dashboard.text import escape

WAYS = {"antal": "Antal", "indeks": "Indeks", "pr10000": "Pr. 10.000"}
Notice = tuple[str, str]
"""(what was set aside, why as HTML)."""


def is_series(figures: Sequence[Figure], *, one_group: bool = False) -> bool:
    """Whether figures are one value per area and period of one frequency, at more than one time.

    `one_group`: the value may be that of a subgroup, the same everywhere.
    """
    places = {(f.indicator.id, f.area, f.period) for f in figures}
    return (
        len(places) == len(figures)
        and len({f.frequency for f in figures}) == 1
        and figures[0].frequency != "interval"
        and (
            not any(f.group for f in figures)
            or (one_group and len({f.group for f in figures}) == 1)
        )
        and len({f.period for f in figures}) > 1
    )


def comparable(release: Release, ids: Sequence[str]) -> tuple[list[Indicator], list[Notice]]:
    """The indicators that may share the first one's axis, and why the others may not."""
    first, *rest = (release.indicators[i] for i in ids)
    kept, notices = [first], []
    for other in rest:
        if all(other.id in k.comparable_with for k in kept):
            kept.append(other)
            continue
        why = (
            f"«{escape(other.title)}» tæller {escape(other.unit)}, «{escape(first.title)}» tæller {escape(first.unit)}."
            if other.unit != first.unit
            else f"«{escape(other.title)}» er en anden befolkning eller et andet mål end «{escape(first.title)}»."
        )
        notices.append(
            (
                "Kan ikke vises på samme akse.",
                f'{why} <a href="/udforsk?i={other.id}">Se den for sig</a>.',
            )
        )
    return kept, notices


def areas_for(
    release: Release, chosen: Sequence[Indicator], wanted: Sequence[str]
) -> tuple[list[str], list[Notice]]:
    """Several indicators are shown for one area at a time, so that colour means one thing."""
    if len(chosen) == 1 or len(wanted) == 1:
        return list(wanted), []
    shared = [a for a in wanted if all(release.whole(i.id, [a]) for i in chosen)] or list(
        wanted[:1]
    )
    return shared[:1], [
        (f"Kun {area_name(shared[0])} er vist.", "Med flere indikatorer vises ét område ad gangen.")
    ]


def way_for(
    release: Release, way: str, chosen: Sequence[Indicator], figures: Sequence[Figure]
) -> tuple[str, list[Notice]]:
    """The way of showing that the figures allow (one of WAYS), and why it is another than asked for."""
    if way == "pr10000":
        if any(i.unit not in series.PEOPLE or i.id in series.POPULATIONS for i in chosen):
            return "antal", [
                (
                    "«Pr. 10.000» er slået fra.",
                    f"Enheden er {escape(chosen[0].unit)} og kan ikke sættes i forhold til folketallet.",
                )
            ]
        people = series.population(release, {f.area for f in figures})
        known = sorted({period for _, period in people}, key=lambda p: parse_period(p).start)
        listed = _listed([danish.period(p) for p in known])
        if not series.per_10000(release, figures):
            return "antal", [
                ("«Pr. 10.000» er slået fra.", f"Materialet har kun folketal for {listed}.")
            ]
        if all((f.area, f.period) in people for f in figures):
            return way, []
        return way, [
            (
                "Kun nogle perioder kan vises pr. 10.000.",
                f"Materialet har kun folketal for {listed}.",
            )
        ]
    if way == "indeks" and any(i.unit in ("pct.", "procentpoint") for i in chosen):
        return "antal", [("«Indeks» er slået fra.", "Andele i pct. vises som de er.")]
    if way == "indeks" and any(
        series.has_break(
            [f for f in figures if f.indicator.id == i.id], series.breaks(release, i.id)
        )
        for i in chosen
    ):
        return "antal", [
            (
                "«Indeks» er slået fra.",
                "Tallene er ikke opgjort på samme måde i hele perioden. Vælg en periode uden databrud.",
            )
        ]
    return way, []


def _listed(periods: Sequence[str]) -> str:
    """Periods as a list, or the first and the last of many."""
    many = len(periods) > 4
    return f"{periods[0]}–{periods[-1]}" if many else danish.listing(periods) or "ingen perioder"
