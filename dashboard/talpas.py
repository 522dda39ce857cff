"""The passport of a figure: everything there is to know about it, as HTML. Pure.

All rows are always there; what is not known reads «findes ikke i materialet».
"""

from contract import danish
from dashboard import releases
from dashboard.parts import UNKNOWN, kind_badge, source_link, tier_badge
from dashboard.read import Figure, Release
from dashboard.text import escape, number

QUALIFIER_MEANING = {
    "præcis": "ingen; tallet står uden forbehold",
    "ca": "ca.; omtrentligt tal",
    "knap": "knap; lidt under tallet",
    "over": "over; mere end tallet",
    "under": "under; mindre end tallet",
    "op_til": "op til; højst tallet",
    "mindst": "mindst; tallet eller mere",
    "i_ord": "skrevet i ord",
}

WITHHELD = "vises ikke"
WHY_HIDDEN = "ingen; tallet er skjult, fordi det handler om for få personer, eller fordi et sådant tal kunne regnes ud af det"


def citation(figure: Figure) -> str:
    """Plain text to paste in a note: figure, unit, period, source, place."""
    source = figure.source
    return (
        f"{figure.with_unit} ({figure.indicator.title}, {figure.area_name}, {figure.period_text}). "
        f"Kilde: {source.publisher}: {source.title} ({source.dated}), {figure.locator}."
    ).replace(danish.NO_BREAK_SPACE, " ")


def others(release: Release, figure: Figure) -> list[Figure]:
    """Figures that state something about the same: same indicator and overlapping period from another
    source, or of the same topic, measure and unit with an overlapping or neighbouring period.

    At most four, the nearest in time first; never the figure itself or the parts it is made of.
    """
    own = figure.indicator
    related = [
        other
        for indicator in release.indicators.values()
        if indicator.id == own.id
        or indicator.id in own.comparable_with
        or (
            indicator.topic == own.topic
            and indicator.unit == own.unit
            and indicator.measure == own.measure
        )
        for other in release.series(
            indicator.id,
            # a fetched series has every area: only the same place can say something of the same
            [figure.area] if indicator.id in release.fetched else None,
            figure.group if indicator.id in release.fetched else None,
        )
        if other.id != figure.id
        and (other.source.id != figure.source.id or indicator.id != own.id)
        and other.id not in figure.derived_from
        and figure.id not in other.derived_from
        and (other.group == figure.group or indicator.id == own.id)
        and (other.start <= figure.end and figure.start <= other.end)
    ]
    related.sort(key=lambda o: (o.indicator.id != own.id, abs((o.end - figure.end).days), o.id))
    return related[:4]


def render(release: Release, figure_id: str) -> str:
    """The talpas as HTML. Raises KeyError if the release does not hold the figure."""
    figure = release.figure(figure_id)
    indicator, source = figure.indicator, figure.source
    in_words = figure.value is not None and not any(c.isdigit() for c in figure.as_written)
    qualifier = QUALIFIER_MEANING[figure.qualifier] + (
        " (skrevet i ord)" if in_words and figure.qualifier != "i_ord" else ""
    )
    if figure.value is None:
        qualifier = WHY_HIDDEN if figure.hidden else "ingen; tallet er ikke oplyst"
    derived = [release.figure(i) for i in figure.derived_from]
    rows: list[tuple[str, str]] = [
        ("Kvalifikator", escape(qualifier)),
        ("Enhed", escape(indicator.unit)),
        (
            "Population",
            escape(indicator.population + (f"; {figure.group}" if figure.group else "")),
        ),
        ("Område", escape(figure.area_name)),
        ("Periode", escape(figure.period_text)),
        ("Definition", escape(indicator.definition) or UNKNOWN),
        ("Slags", kind_badge(figure.kind)),
    ]
    if derived:
        rows.append(
            ("Regnet af", "<br>".join(f"{number(f)} {escape(describe(f))}" for f in derived))
        )
    rows += [
        ("Som skrevet", WITHHELD if figure.hidden else f"«{escape(figure.as_written)}»"),
        (
            "Dokument",
            f"{source_link(source)}, {escape(source.publisher)}, {escape(source.dated)} {tier_badge(source)}",
        ),
        ("Sted", escape(figure.locator)),
        *([("Licens", escape(source.licence))] if source.licence else []),
        (
            "Forbehold",
            escape("; ".join(filter(None, [figure.note, indicator.caveats]))) or "ingen nævnt",
        ),
    ]
    listed = "".join(f"<div><dt>{label}</dt><dd>{html}</dd></div>" for label, html in rows)
    opens = (
        f'<a href="{escape(source.url)}" rel="noopener external" target="_blank">Åbn dokumentet</a>'
        if source.url
        else ""
    )
    return (
        f'<article class="talpas-indhold" data-citation="{escape(citation(figure))}">'
        f'<p class="talpas-navn">{escape(indicator.title)}</p>'
        f'<p class="stort-tal">{_big(figure)}</p><dl>{listed}</dl>'
        f"{_others(release, figure)}"
        f"<h3>Siden sidste udgave</h3>{_history(figure)}"
        f'<p class="talpas-valg"><button type="button" data-handling="kopier">Kopiér henvisning</button>{opens}</p></article>'
    )


def describe(figure: Figure) -> str:
    """What a figure counts, in a few words: title, group, area, period."""
    parts = [figure.indicator.title, figure.group, figure.area_name, figure.period_text]
    return ", ".join(filter(None, parts))


def _big(figure: Figure) -> str:
    qualifier, shown = figure.parts
    word = f'<span class="kvalifikator">{escape(qualifier)}</span> ' if qualifier else ""
    return f"{word}<b>{escape(shown)}</b>"


def _others(release: Release, figure: Figure) -> str:
    found = others(release, figure)
    if not found:
        return f"<h3>Andre om noget af det samme</h3><p>{UNKNOWN.capitalize()}.</p>"
    items = "".join(
        f"<li>{number(other)}, {escape(describe(other))} {tier_badge(other.source)}"
        f"{' <span>' + escape(other.note) + '</span>' if other.note else ''}</li>"
        for other in found
    )
    return f"<h3>Andre om noget af det samme</h3><ul>{items}</ul>"


def _history(figure: Figure) -> str:
    """The figure in earlier releases, newest first: unchanged, or what it was."""
    found = releases.history(figure.id)
    if len(found) < 2:
        return "<p>Ingen tidligere udgave.</p>"
    items = "".join(
        f"<li>{danish.day(release.published)}: {escape(own.with_unit)} "
        f'<span class="note">({escape(release.id)})</span></li>'
        for release, own in found
    )
    texts = {own.text for _, own in found}
    said = "Uændret." if len(texts) == 1 else "Ændret."
    return f"<p>{said}</p><ul>{items}</ul>"
