"""The cards of Når tallene ikke stemmer as HTML: both sides, one scale, the gap and what explains it. Pure."""

from contract import danish, formula
from dashboard import parts, small
from dashboard.read import Figure, Release
from dashboard.reconciliation import ABOUT, SECTIONS, Item, Side
from dashboard.text import escape, number, sentence

OURS = '<span class="maerke antagelse">vores egen</span>'
_NEAR = 0.08
"""Sides nearer to each other than this part of the larger are drawn on a scale that does not begin at zero."""


def page(release: Release, items: list[Item]) -> str:
    """Every section with its cards; an empty selection says so."""
    if not items:
        return '<div class="tomt-valg"><p>Ingen afstemninger passer til valget. Vælg et andet emne eller en anden slags.</p></div>'
    few = len(items) <= 4
    html = ""
    for key, title in SECTIONS.items():
        own = [item for item in items if item.section == key]
        if own:
            cards = "".join(card(release, item, opened=few or key == "uenige") for item in own)
            html += f'<section class="afstemninger"><h2>{escape(title)}</h2><p class="note">{escape(ABOUT[key])}</p>{cards}</section>'
    return html


def card(release: Release, item: Item, *, opened: bool = False) -> str:
    """One relation: a line that says it in short, and below it sides, picture, gap and reason."""
    against = " mod ".join(escape(side.text) for side in item.sides)
    sides = "".join(_side(item, side) for side in item.sides)
    scale = "" if item.in_words else f'<p class="note">{_scale_note(item)}</p>'
    rows = [("Forskel", _gap(item)), ("Kan afrunding forklare den?", _rounding(item))]
    reason = sentence(release, item.reason) if item.reason else "Ingen forklaring er skrevet endnu."
    rows.append((f"Mulig forklaring {OURS}", reason))
    listed = "".join(f"<div><dt>{label}</dt><dd>{html}</dd></div>" for label, html in rows)
    return (
        f'<details class="afstem" id="{escape(item.id)}"{" open" if opened else ""}><summary>'
        f'<h3>{sentence(release, item.title)}</h3><span class="afstem-kort">{against}</span></summary>'
        f'<div class="afstem-indhold"><div>{sides}{scale}</div><dl>{listed}</dl></div></details>'
    )


def _side(item: Item, side: Side) -> str:
    shown = number(side.figure, css="tal stort") if side.figure else _computed(side)
    noun = f" <span>{escape(side.noun)}</span>" if side.noun else ""
    kind = parts.kind_badge(side.figure.kind if side.figure else "beregnet") if side.figures else ""
    sources = dict.fromkeys(f.source for f in side.figures)
    named = "; ".join(f"{escape(parts.short_source(s))} {parts.tier_badge(s)}" for s in sources)
    line = "" if side.figure or not side.figures else f'<p class="formel">{formula_html(side)}</p>'
    return (
        f'<div class="afstem-side"><p class="etiket">{escape(side.label)}</p><p class="stort-tal">{shown}{noun}</p>'
        f'{_picture(item, side)}{line}<p class="kildelinje">{kind}{" · " + named if named else ""}</p></div>'
    )


def _computed(side: Side) -> str:
    qualifier, _, rest = (
        side.text.partition(" ") if side.text.startswith("ca. ") else ("", "", side.text)
    )
    word = f'<span class="kvalifikator">{qualifier}</span> ' if qualifier else ""
    return f"{word}<b>{escape(rest)}</b>"


def formula_html(side: Side) -> str:
    """The formula with every figure as a link to its talpas, and signs as people write them."""
    texts = {figure.id: number(figure) for figure in side.figures}
    result = side.text.removesuffix(".") if side.text.endswith("pct.") else side.text
    return f"{formula.display(side.formula, texts)} = {escape(result)}{'.' if result != side.text else ''}"


def _picture(item: Item, side: Side) -> str:
    """The side's interval and value on the scale that all sides share; dots where it is in words."""
    if item.in_words:
        alone = [
            s.figure
            for s in item.sides
            if s.figure and s.unit == "pct." and s.figure.qualifier != "i_ord"
        ]
        return (
            small.tenths(side.figure, _colour(side.figure))
            if side.figure and len(alone) == len(item.sides)
            else ""
        )
    first, last = scale(item)
    left, right, point = (
        100 * (x - first) / (last - first) for x in (side.low, side.high, side.value)
    )
    return (
        '<div class="spor-spaend" aria-hidden="true">'
        f'<span class="spaend" style="left:{left:.4g}%;width:{max(right - left, 0):.4g}%"></span>'
        f'<span class="punkt" style="left:{point:.4g}%"></span></div>'
    )


def _colour(figure: Figure) -> str:
    return "koebenhavn" if figure.area == "101" else "landet"


def scale(item: Item) -> tuple[float, float]:
    """First and last value of the shared scale: from zero, unless the sides are too near to tell apart."""
    low, high = min(side.low for side in item.sides), max(side.high for side in item.sides)
    if low >= 0 and high and (high - low) >= _NEAR * high:
        return 0.0, high * 1.02
    room = (high - low) or abs(high) or 1.0
    return low - room / 2, high + room / 2


def _scale_note(item: Item) -> str:
    start = "Skalaen begynder ved nul." if scale(item)[0] == 0 else "Skalaen begynder ikke ved nul."
    wide = any(side.high > side.low for side in item.sides)
    return (
        "Lodret streg: tallet. Bånd: hvad det kan være før afrunding. "
        if wide
        else "Lodret streg: tallet. "
    ) + start


def _gap(item: Item) -> str:
    if item.in_words:
        return "Ikke regnet ud: mindst ét af tallene er skrevet i ord."
    if danish.number(item.gap, item.decimals) == danish.number(0, item.decimals):
        return "Ingen"
    return f'<b class="afstem-forskel">{item.amount(item.gap)}</b>'


def _rounding(item: Item) -> str:
    if item.in_words:
        return "Det kan ikke afgøres, når et tal er skrevet i ord."
    if item.gap == 0:
        return "Der er intet at forklare."
    if item.id.startswith("fundet-"):
        return "Det er ikke regnet ud for tal, der er fundet automatisk."
    if all(side.low == side.high for side in item.sides):
        return "Nej. Tallene er ikke afrundet i kilden."
    decimals = max(_decimals(side) for side in item.sides)
    spans = "Det første kan være {}, det andet {}.".format(
        *(span(side, decimals) for side in item.sides)
    )
    if item.explained:
        return f"Ja. {spans} Det overlapper."
    by_rounding = item.amount(item.gap - item.left_over, decimals)
    return (
        f"Højst {by_rounding}. {spans} Mindst {item.amount(item.left_over, decimals)} står tilbage."
    )


def span(side: Side, decimals: int) -> str:
    """`1.994–2.202`, or one number where the interval is no wider than what is shown."""
    if side.low == side.high == round(side.low):
        return danish.number(side.low, 0)
    decimals = next((d for d in range(side.decimals, decimals) if _exact(side, d)), decimals)
    low, high = danish.number(side.low, decimals), danish.number(side.high, decimals)
    return low if low == high else f"{low}–{high}"


def _decimals(side: Side) -> int:
    """Decimals of an interval: one more than the side's where that makes its ends exact (84,5–91,5)."""
    finer = side.decimals + 1
    return finer if not _exact(side, side.decimals) and _exact(side, finer) else side.decimals


def _exact(side: Side, decimals: int) -> bool:
    return all(abs(round(x, decimals) - x) < 1e-9 for x in (side.low, side.high))
