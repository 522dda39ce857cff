"""Small pictures for cards, made of divs and spans: bars, dots and a split bar. No drawing library.

Each takes figures and returns HTML; lengths are in percent of the largest. Every picture has its
numbers as text beside it, so the shapes are hidden from screen readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.read import Figure
from dashboard.text import escape, number


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label, figure and colour role (`koebenhavn`, `fleksjob`, `andet` …)."""

    label: str
    figure: Figure
    colour: str = "andet"
    sign: str = ""
    """Shown before the number where the figure is the size of a fall (`−`)."""


def bars(items: Sequence[Bar], *, bare: bool = True) -> str:
    """Horizontal bars from zero with label left and number right."""
    largest = max(abs(item.figure.value or 0) for item in items) or 1
    rows = "".join(
        f'<li><span class="raekke-navn">{escape(item.label)}</span>'
        f'<span class="spor" aria-hidden="true"><span class="stang {item.colour}'
        f'{" omtrent" if item.figure.approximate else ""}" '
        f'style="width:{100 * abs(item.figure.value or 0) / largest:.4g}%"></span></span>'
        f'<span class="vaerdi">{item.sign}{number(item.figure, bare=bare)}</span></li>'
        for item in items
    )
    return f'<ul class="staenger">{rows}</ul>'


def tenths(figure: Figure, colour: str) -> str:
    """Ten dots, one for each tenth; an approximate figure's last dot is dashed.

    Raises ValueError if the figure is not a percentage.
    """
    if figure.indicator.unit != "pct." or figure.value is None:
        raise ValueError(f"{figure.id}: tiendedele kræver en andel i pct.")
    full = round(figure.value / 10)
    dots = []
    for index in range(10):
        kind = "tom"
        if index < full:
            kind = "omtrent" if figure.approximate and index == full - 1 else "fyldt"
        dots.append(f'<span class="prik {kind} {colour}"></span>')
    return f'<span class="prikker" aria-hidden="true">{"".join(dots)}</span>'


def split(left: Figure, left_label: str, right: Figure, right_label: str, colour: str) -> str:
    """One bar in two parts in proportion to the two figures: what is left and what is gone."""
    total = (left.value or 0) + (right.value or 0)
    share = 100 * (left.value or 0) / total
    return (
        f'<div class="delt"><span class="del {colour}" style="width:{share:.4g}%">'
        f"{number(left)} {escape(left_label)}</span>"
        f'<span class="del rest {colour}" style="width:{100 - share:.4g}%">{number(right)} {escape(right_label)}</span></div>'
    )


def pairs(columns: Sequence[tuple[str, Figure, Figure]], colours: tuple[str, str]) -> str:
    """Small upright pairs of bars, one pair a year: `(label, first, second)`."""
    largest = max(max(a.value or 0, b.value or 0) for _, a, b in columns) or 1

    def bar(figure: Figure, colour: str) -> str:
        return f'<span class="soejle {colour}" style="height:{100 * (figure.value or 0) / largest:.4g}%"></span>'

    cells = "".join(
        f'<li><span class="par">{bar(a, colours[0])}{bar(b, colours[1])}</span>'
        f"<span>{escape(label)}</span></li>"
        for label, a, b in columns
    )
    return f'<ul class="soejler" aria-hidden="true">{cells}</ul>'
