"""The picture of the beslutningsspor: lanes of events on a shared axis of years, as HTML. Pure.

Positions across are in percent of the axis; labels are packed into rows so that none overlap on an
axis of DESIGN px or more. On narrower screens the list of `trail` stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.timeline import year_fraction
from dashboard.read import Event
from dashboard.text import escape
from dashboard.trail import when

DESIGN = 824
"""The narrowest axis (px) the picture is shown with; indblik.css hides it below."""
LETTER, GAP, INDENT = 7.2, 20, 16
POINT_ROW, SPAN_ROW, MARGIN = 46, 60, 12
LANES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Udvalgene", "beslutter, bestiller og drøfter", frozenset({"BIU", "SUD", "BR"})),
    ("Kommunen", "ordninger, budget og notater", frozenset({"KK"})),
    ("Omverdenen", "ministerium, taskforce og andre", frozenset({"Folketing og ministerium", "Danmarks Statistik", "Andre"})),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An event in its lane: row from the top, start and end on the axis (0–1), and whether its label
    stands to the left of its mark because there is no room to the right."""

    event: Event
    row: int
    start: float
    end: float
    leftwards: bool


def place(events: Sequence[Event], first: int, last: int) -> list[Placed]:
    """The events packed into as few rows as the labels allow; those known to the day before the others."""
    placed: list[Placed] = []
    rows: list[list[tuple[float, float]]] = []
    for spans in (False, True):
        top = len(rows)
        for event in (e for e in events if (e.precision != "dag") is spans):
            start, end, left, right, leftwards = _extent(event, first, last)
            row = next((i for i in range(top, len(rows)) if all(right + GAP <= a or b + GAP <= left for a, b in rows[i])), len(rows))
            if row == len(rows):
                rows.append([])
            rows[row].append((left, right))
            placed.append(Placed(event, row, start, end, leftwards))
    return placed


def _extent(event: Event, first: int, last: int) -> tuple[float, float, float, float, bool]:
    """(start, end) of the mark as fractions, (left, right) of mark and label in px, label leftwards."""
    years = last + 1 - first
    start, end = ((year_fraction(d) - first) / years for d in (event.date_start, event.date_end))
    width = LETTER * max(len(event.title), len(when(event)))
    at, until = start * DESIGN, end * DESIGN
    if event.precision == "dag":
        if at + INDENT + width <= DESIGN:
            return start, start, at - 6, at + INDENT + width, False
        return start, start, at - INDENT - width, at + 6, True
    if at + width <= DESIGN:
        return start, end, at, max(until, at + width), False
    return start, end, min(at, until - width), until, True


def picture(events: Sequence[Event], first: int, last: int) -> str:
    """The lanes from year `first` to `last`, every event a link to its entry in the list below."""
    lanes = []
    for name, about, bodies in LANES:
        own = [e for e in events if e.body in bodies]
        if own:
            lanes.append(_lane(name, about, place(own, first, last)))
    years = "".join(f"<span>{year}</span>" for year in range(first, last + 1))
    return (
        f'<div class="spor" style="--aar:{last + 1 - first}">{"".join(lanes)}'
        f'<div class="spor-aar" aria-hidden="true">{years}</div></div>'
    )


def _lane(name: str, about: str, placed: Sequence[Placed]) -> str:
    points = 1 + max((p.row for p in placed if p.event.precision == "dag"), default=-1)
    rows = 1 + max(p.row for p in placed)
    height = 2 * MARGIN + points * POINT_ROW + (rows - points) * SPAN_ROW - 6
    items = "".join(_item(p, points) for p in placed)
    return (
        f'<div class="spor-bane"><p class="spor-bane-navn"><b>{escape(name)}</b> {escape(about)}</p>'
        f'<ul style="height:{height}px">{items}</ul></div>'
    )


def _item(p: Placed, points: int) -> str:
    event = p.event
    top = MARGIN + min(p.row, points) * POINT_ROW + max(p.row - points, 0) * SPAN_ROW
    across = f"right:{100 - 100 * p.end:.4g}%" if p.leftwards else f"left:{100 * p.start:.4g}%"
    css, box = ("prik", "") if event.precision == "dag" else ("felt", f'<span class="spor-felt" style="width:{100 * (p.end - p.start):.4g}cqw"></span>')
    return (
        f'<li class="{css}{" venstre" if p.leftwards else ""}" style="{across};top:{top}px">'
        f'<a href="#h-{escape(event.id)}">{box}<b>{escape(event.title)}</b> <span>{escape(when(event))}</span></a></li>'
    )
