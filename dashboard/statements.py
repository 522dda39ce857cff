"""Statements that stand side by side because they cannot share a line: who says it, what, and over
which period. Pure functions to HTML; the classes are in assets/indblik.css under «Udsatte voksne».
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.timeline import year_fraction
from dashboard.parts import big_number, kind_badge, short_source, tier_badge
from dashboard.read import Figure, Release
from dashboard.text import escape, number, sentence, talpas_address


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `label` names the document; `text` is a story id; `covers` says the period in
    words; `dated`: both ends of the period are known to the month, else it is drawn dashed.
    """

    label: str
    figure: Figure
    text: str
    covers: str
    dated: bool


def card(release: Release, statement: Statement, first: int, last: int) -> str:
    """Document, figure, sentence, the period on a ruler from year `first` to `last`, source, kind."""
    figure = statement.figure
    opens = f"Talpas for {figure.text}, {statement.label}"
    return (
        f'<article class="niveau udsagn"><h3 class="etiket">{escape(statement.label)}</h3>{big_number(figure)}'
        f"<p>{sentence(release, statement.text)}</p>{ruler(figure, first, last, dated=statement.dated)}"
        f'<p class="note">{escape(statement.covers)}</p>'
        f'<p class="kildelinje">{escape(short_source(figure.source))} {tier_badge(figure.source)}</p>'
        f'<p class="kortfod">{kind_badge(figure.kind)}'
        f'<a href="{talpas_address(figure.id)}" aria-label="{escape(opens)}">Talpas</a></p></article>'
    )


def ruler(figure: Figure, first: int, last: int, *, dated: bool) -> str:
    """The figure's period as a bar on a ruler of years; dashed where its ends are not stated.

    Hidden from screen readers: the words under it say the same. Raises ValueError if the period is
    not within the ruler.
    """
    if not first <= figure.start.year <= figure.end.year <= last:
        raise ValueError(f"{figure.id}: perioden ligger uden for {first}–{last}")
    years = last + 1 - first
    start = 100 * (year_fraction(figure.start) - first) / years
    width = 100 * (year_fraction(figure.end) - first) / years - start
    css = "periode" if dated else "periode stiplet"
    names = "".join(f"<span>{year}</span>" for year in range(first, last + 1))
    return (
        f'<div class="lineal" aria-hidden="true"><div class="lineal-spor">'
        f'<span class="{css}" style="margin-left:{start:.4g}%;width:{width:.4g}%"></span></div>'
        f'<div class="lineal-aar">{names}</div></div>'
    )


def share_strip(release: Release, share: Figure, part: str, whole: str) -> str:
    """A strip of which `share` (pct.) is filled; `part` and `whole` are story ids for the two labels.

    Raises ValueError if the figure is not a percentage from 0 to 100.
    """
    if share.indicator.unit != "pct." or share.value is None or not 0 <= share.value <= 100:
        raise ValueError(f"{share.id}: en strimmel kræver en andel i pct.")
    return (
        f'<div class="strimmel"><div class="strimmel-spor" aria-hidden="true">'
        f'<span class="strimmel-del" style="width:{share.value:.4g}%"></span></div>'
        f'<p class="strimmel-navn" style="width:{share.value:.4g}%">{sentence(release, part)}</p>'
        f'<p class="strimmel-hele">{sentence(release, whole)}</p></div>'
    )


def compared(figures: Sequence[Figure | None], unknown: str) -> list[str]:
    """A table row's cells: each figure as a link, `unknown` in muted where there is none."""
    return [number(f) if f else f'<span class="note">{escape(unknown)}</span>' for f in figures]
