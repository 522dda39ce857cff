"""The picture of the beslutningsspor: lanes of events on a shared axis of years, as HTML. Pure.

Positions across are in percent of the axis; labels are packed into rows so that none overlap on an
axis of DESIGN px or more. On narrower screens the list of `trail` stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts.timeline import year_fraction
from dashboard.read import Event
from dashboard.text import escape
from dashboard.trail import when

DESIGN = 824
"""The narrowest axis (px) the picture is shown with; indblik.css hides it below."""
LETTER, GAP, INDENT = 7.2, 20, 16
POINT_ROW, SPAN_ROW, MARGIN = 44, 42, 12
LANES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Udvalgene", "beslutter, bestiller og drøfter", frozenset({"BIU", "SUD", "BR"})),
    ("Kommunen", "ordninger, budget og notater", frozenset({"KK"})),
    (
        "Omverdenen",
        "ministerium, taskforce og andre",
        frozenset({"Folketing og ministerium", "Danmarks Statistik", "Andre"}),
    ),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An event in its lane: row from the top, start and end on the axis (0–1), and whether its label
    stands to the left of its mark.
    """

    event: Event
    row: int
    start: float
    end: float
    leftwards: bool


def place(events: Sequence[Event], first: int, last: int) -> list[Placed]:
    """The events packed into few rows; those known to the day or month stand above the others. A label goes to the
    side of its mark where a higher row has room, to the right if both have.
    """
    placed: list[Placed] = []
    rows: list[list[tuple[float, float]]] = []
    for spans in (False, True):
        top = len(rows)
        for event in (e for e in events if is_span(e) is spans):
            start, end = (_along(day, first, last) for day in (event.date_start, event.date_end))
            options = [
                (_row(rows, top, side), n, side)
                for n, side in enumerate(_sides(event, start, end))
                if side
            ]
            row, leftwards, extent = min(options)
            if row == len(rows):
                rows.append([])
            rows[row].append(extent)
            placed.append(Placed(event, row, start, end, bool(leftwards)))
    return placed


def is_span(event: Event) -> bool:
    """Whether the event is drawn as a dashed field over its period: all but a known day or month."""
    return event.precision not in ("dag", "måned") or "/" in event.date


def _along(day: date, first: int, last: int) -> float:
    return (year_fraction(day) - first) / (last + 1 - first)


def _row(
    rows: Sequence[Sequence[tuple[float, float]]], top: int, extent: tuple[float, float]
) -> int:
    """The first row from `top` where an extent has room; one past the last if none has."""
    left, right = extent
    return next(
        (
            i
            for i in range(top, len(rows))
            if all(right + GAP <= a or b + GAP <= left for a, b in rows[i])
        ),
        len(rows),
    )


def _sides(
    event: Event, start: float, end: float
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """From where to where (px) mark and label reach with the label to the right and to the left of the
    mark's outer end; None where that is off the axis.
    """
    at, until = start * DESIGN, end * DESIGN
    if not is_span(event):
        at = until = (at + until) / 2
        width = INDENT + LETTER * max(len(event.title), len(when(event)))
        right, left = (at - 6, at + width), (at - width, at + 6)
    else:
        width = LETTER * (len(event.title) + len(when(event)) + 2)
        right, left = (at, max(until, at + width)), (min(at, until - width), until)
    return (right if right[1] <= DESIGN else None), (left if left[0] >= 0 else None)


def picture(events: Sequence[Event], first: int, last: int) -> str:
    """The lanes from year `first` to `last`, every event a link to its entry in the list below."""
    lanes = []
    for name, about, bodies in LANES:
        own = [e for e in events if e.body in bodies]
        if own:
            lanes.append(_lane(name, about, place(own, first, last)))
    years = "".join(f"<span>{year}</span>" for year in range(first, last + 1))
    return (
        f'<div class="sporkort" style="--aar:{last + 1 - first}">{"".join(lanes)}'
        f'<div class="spor-aar" aria-hidden="true">{years}</div></div>'
    )


def _lane(name: str, about: str, placed: Sequence[Placed]) -> str:
    points = 1 + max((p.row for p in placed if not is_span(p.event)), default=-1)
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
    if is_span(event):
        css, box = (
            "sk-felt",
            f'<span class="spor-felt" style="width:{100 * (p.end - p.start):.4g}cqw"></span>',
        )
        from_left, from_right = p.start, p.end
    else:
        css, box = "sk-dag" if event.precision == "dag" else "sk-dag sk-maaned", ""
        from_left = from_right = (p.start + p.end) / 2
    across = (
        f"right:{100 - 100 * from_right:.4g}%" if p.leftwards else f"left:{100 * from_left:.4g}%"
    )
    return (
        f'<li class="{css}{" venstre" if p.leftwards else ""}" style="{across};top:{top}px">'
        f'<a href="#h-{escape(event.id)}">{box}<b>{escape(event.title)}</b> <span>{escape(when(event))}</span></a></li>'
    )
