"""Small pieces of HTML that pages are made of: badges, source lines, notices, cards, tables.

Pure functions from data to HTML text. Class names are those of assets/indblik.css. Arguments named
`html` are trusted markup made here or in `text`; everything else is escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contract import danish
from dashboard.read import Figure, Release, Source
from dashboard.text import escape, number, sentence, talpas_address

KIND_TEXT = {
    "målt": "målt", "beregnet": "beregnet", "skønnet": "skønnet", "mål": "mål", "forslag": "forslag",
}  # fmt: skip
UNKNOWN = "findes ikke i materialet"
ASSUMPTION = '<span class="maerke antagelse">antagelse, ikke fra kilden</span>'


def kind_badge(kind: str) -> str:
    """`målt` on sunk grey; calculated, estimated, proposed and target figures on ochre."""
    css = "maalt" if kind == "målt" else "afledt"
    return f'<span class="maerke {css}">{escape(KIND_TEXT[kind])}</span>'


def tier_badge(source: Source) -> str:
    """What sort of source it is: udvalgssag, officiel statistik, ministerium, kommune, presse."""
    return f'<span class="maerke kildetype">{escape(source.kind)}</span>'


def source_link(source: Source, label: str | None = None) -> str:
    """The source's name as a link to it where it has an address, else as plain text."""
    shown = escape(label or source.title)
    if not source.url.startswith(("https://", "http://")):
        return shown
    return f'<a href="{escape(source.url)}" rel="noopener external" target="_blank">{shown}</a>'


def source_line(figures: Sequence[Figure], extra: str = "") -> str:
    """Period · unit · source with tier, computed from the figures that are shown."""
    starts, ends = min(figures, key=lambda f: f.start), max(figures, key=lambda f: f.end)
    period = (
        starts.period_text
        if starts.period == ends.period
        else f"{danish.period(starts.period).split('–')[0]}–{danish.period(ends.period).split('–')[-1]}"
    )
    units = danish.listing(list(dict.fromkeys(f.indicator.unit for f in figures)))
    named = "; ".join(
        f"{escape(name)}{f' ({len(same)} udgivelser)' if len(same) > 1 else ''} {tier_badge(same[0])}"
        for name, same in _by_name({f.source.id: f.source for f in figures}.values()).items()
    )
    tail = f" · {escape(extra)}" if extra else ""
    computed = " " + kind_badge("beregnet") if any(f.kind == "beregnet" for f in figures) else ""
    return f'<p class="kildelinje">{escape(period)} · {escape(units)}{computed} · {named}{tail}</p>'


def _by_name(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """Sources that read alike in a source line (a series of news letters) under one name."""
    named: dict[str, list[Source]] = {}
    for source in sources:
        named.setdefault(short_source(source), []).append(source)
    return named


def short_source(source: Source) -> str:
    """`Danmarks Statistik, AUK01 …` shortened for a source line: publisher, title's head, date."""
    title = source.title.split(":")[0].split(" (")[0]
    publisher = source.publisher.split(",")[0].split(" (")[0]
    date = f", {source.dated}" if source.published else ""
    return f"{publisher}, {title}{date}"


def card_source(figure: Figure, place: str | None = None) -> str:
    """The foot of a card: source and tier left, kind right."""
    where = place if place is not None else figure.locator
    return (
        f'<p class="kortfod"><span>{escape(short_source(figure.source))}'
        f"{', ' + escape(where) if where else ''} {tier_badge(figure.source)}</span>"
        f"{kind_badge(figure.kind)}</p>"
    )


def notice(bold: str, html: str = "", *, css: str = "") -> str:
    """A notice: bold first sentence = what, then why, then one link. `css="fejl"` for an ink edge."""
    return f'<div class="besked {css}" role="status"><p><strong>{escape(bold)}</strong> {html}</p></div>'


def lead(html: str) -> str:
    """The paragraph under a page's title."""
    return f'<p class="manchet">{html}</p>'


def page_head(group: str, title: str, html: str = "") -> str:
    """Group name, h1 and lead."""
    return (
        f'<div class="sidehoved"><p class="gruppe">{escape(group)}</p><h1>{escape(title)}</h1>'
        f"{lead(html) if html else ''}</div>"
    )


def big_number(figure: Figure) -> str:
    """The figure of a card: qualifier in the same size at normal weight, number in bold, clickable."""
    return f'<p class="stort-tal">{number(figure, css="tal stort")}</p>'


def answer_card(
    release: Release,
    heading: str,
    figure: Figure,
    about: str,
    picture: str,
    *,
    more: str = "",
    place: str | None = None,
) -> str:
    """A card of the front page: heading, figure, what it counts, small picture, source and kind.

    `heading` and `about` are story texts or templates; `picture` is HTML from `dashboard.small`;
    `more` is the address of the page that says more.
    """
    link = f'<p class="videre"><a href="{escape(more)}">Se hvorfor</a></p>' if more else ""
    return (
        f'<article class="kort"><h3>{sentence(release, heading)}</h3>{big_number(figure)}'
        f'<p class="om-tallet">{sentence(release, about)}</p><div class="billede">{picture}</div>'
        f"{link}{card_source(figure, place)}</article>"
    )


def level_card(release: Release, label: str, figure: Figure, text: str) -> str:
    """A level card: label (area, period), figure, one sentence, source, kind, «Talpas»."""
    return (
        f'<article class="niveau"><p class="etiket">{escape(label)}</p>{big_number(figure)}'
        f"<p>{sentence(release, text)}</p>"
        f'<p class="kildelinje">{escape(short_source(figure.source))} {tier_badge(figure.source)}</p>'
        f'<p class="kortfod">{kind_badge(figure.kind)}'
        f'<a href="{talpas_address(figure.id)}" aria-label="Talpas for {escape(figure.text)}, {escape(label)}">Talpas</a></p></article>'
    )


def grid(cells: Iterable[str], css: str) -> str:
    """Cards in a grid: `css` is `kort-3`, `niveau-4` or another grid class."""
    return f'<div class="{css}">{"".join(cells)}</div>'


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something people will ask for that the material does not hold. `said` = what it says in words."""

    what: str
    said: str = UNKNOWN


def unknowns(heading: str, items: Iterable[Unknown]) -> str:
    """The dashed box that lists what the material does not say."""
    cells = "".join(
        f"<div><dt>{escape(item.what)}</dt><dd>{escape(item.said)}</dd></div>" for item in items
    )
    return f'<section class="ukendt"><h2>{escape(heading)}</h2><dl>{cells}</dl></section>'


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numeric: Iterable[int] = (),
) -> str:
    """A real HTML table. Cells are HTML (escape text first); `numeric` columns are right-aligned.

    On phones each row becomes label–value lines (the labels come from `data-label`).
    """
    right = set(numeric)

    def css(index: int) -> str:
        return ' class="tal-celle"' if index in right else ""

    head = "".join(f'<th scope="col"{css(i)}>{escape(c)}</th>' for i, c in enumerate(columns))
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row" data-label="{escape(columns[0])}"{css(0)}><span>{cell}</span></th>'
            if i == 0
            else f'<td data-label="{escape(columns[i])}"{css(i)}><span>{cell}</span></td>'
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="tabel"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def figure_table(caption: str, figures: Sequence[Figure], *, with_area: bool = True) -> str:
    """The figures themselves as a table: period, area, group, value (a link to its talpas), source."""
    has_group = any(f.group for f in figures)
    has_area = with_area and len({f.area for f in figures}) > 1
    several = len({f.indicator.id for f in figures}) > 1
    columns = ["Periode"]
    columns += ["Indikator"] if several else []
    columns += ["Område"] if has_area else []
    columns += ["Gruppe"] if has_group else []
    columns += ["Tal", "Enhed", "Kilde"]
    rows: list[list[str]] = []
    for f in figures:
        row = [escape(f.period_text)]
        row += [escape(f.indicator.title)] if several else []
        row += [escape(f.area_name)] if has_area else []
        row += [escape(f.group or "alle")] if has_group else []
        row += [number(f), escape(f.indicator.unit), escape(short_source(f.source))]
        rows.append(row)
    return table(caption, columns, rows, numeric=[columns.index("Tal")])
