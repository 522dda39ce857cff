"""A calculated curve over a quantitative x: documented points as ink squares that are never moved, the
visitor's own choice as a ring, and what lies outside the documented range dashed and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import theme
from dashboard.charts.frame import PHONE_SCREEN, Layer, Spec, chart, outlined, value_axis

XY = tuple[float, float]
_WIDE, _TIGHT = f"!({PHONE_SCREEN})", PHONE_SCREEN


@dataclass(frozen=True, slots=True)
class Square:
    """A point that a source states: its label, and a short one for a narrow screen."""

    x: float
    y: float
    label: str
    short: str
    dy: int = -16
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Ring:
    """The visitor's choice: lines of its label, and the lines on a narrow screen."""

    x: float
    y: float
    lines: Sequence[str]
    short: Sequence[str]


def curve(
    points: Sequence[XY],
    squares: Sequence[Square],
    ring: Ring,
    *,
    x_top: float,
    x_ticks: Sequence[float],
    y_top: float,
    y_ticks: Sequence[float],
    x_title: str,
    y_title: str,
    known: XY,
    beyond: str,
    height: int = 300,
) -> Spec:
    """The curve through `points`, solid within `known` and dashed outside, where `beyond` names it.

    Raises ValueError with fewer than two points, or if something lies outside the axes.
    """
    drawn = [*points, *((s.x, s.y) for s in squares), (ring.x, ring.y)]
    if len(points) < 2 or any(not (0 <= x <= x_top and 0 <= y <= y_top) for x, y in drawn):
        raise ValueError("kurven skal have punkter, og de skal ligge inden for akserne")
    layers = [*_titles(x_title, y_title), *_guides(ring)]
    inside = [p for p in points if known[0] <= p[0] <= known[1]]
    outside = [p for p in points if p[0] >= known[1]]
    for part, dashed in ((inside, False), (outside, True)):
        if len(part) > 1:
            layers.append(_line(part, dashed=dashed))
    if len(outside) > 1:
        layers += _beyond(points, outside[-1], beyond, min((s.y for s in squares), default=0.0))
    layers += _squares(squares)
    layers += _ring(ring, x_top)
    for layer in layers:
        _scale(layer["encoding"], x_top, x_ticks, y_top, y_ticks)
    return chart(layers, height=height)


def _titles(x_title: str, y_title: str) -> list[Layer]:
    mark = {"type": "text", "color": theme.colour("muted"), "aria": False}
    at_y = {"x": {"value": 0}, "y": {"value": -18}, "text": {"value": y_title}}
    right, below = {"expr": "width"}, {"expr": "height + 42"}
    at_x = {"x": {"value": right}, "y": {"value": below}, "text": {"value": x_title}}
    return [
        {"data": {"values": [{}]}, "mark": mark | {"align": "left"}, "encoding": at_y},
        {"data": {"values": [{}]}, "mark": mark | {"align": "right"}, "encoding": at_x},
    ]


def _guides(ring: Ring) -> list[Layer]:
    """Dotted lines from the ring to both axes."""
    mark = {
        "type": "rule",
        "aria": False,
        "strokeDash": [2, 3],
        "color": theme.colour("ink"),
        "strokeWidth": 1.5,
    }
    at = [{"x": ring.x, "y": ring.y, "nul": 0}]
    x, y, zero = {"field": "x"}, {"field": "y"}, {"field": "nul"}
    return [
        {
            "data": {"values": at},
            "mark": mark,
            "encoding": {"x": x, "y": dict(zero), "y2": {"field": "y"}},
        },
        {
            "data": {"values": at},
            "mark": mark,
            "encoding": {"x": dict(zero), "x2": {"field": "x"}, "y": y},
        },
    ]


def _line(points: Sequence[XY], *, dashed: bool) -> Layer:
    mark: dict[str, Any] = {
        "type": "line",
        "strokeWidth": 3,
        "color": theme.colour("accent"),
        "ariaRoleDescription": "linje",
    }
    if dashed:
        mark["strokeDash"] = [6, 4]
    data = [{"x": x, "y": round(y, 4)} for x, y in points]
    said = "beregnet kurve, uden for kildens tal" if dashed else "beregnet kurve"
    return {
        "data": {"values": data},
        "mark": mark,
        "encoding": {"x": {"field": "x"}, "y": {"field": "y"}, "description": {"value": said}},
    }


def _beyond(points: Sequence[XY], end: XY, text: str, lowest_square: float) -> list[Layer]:
    """The name of the dashed part: under the line's end, or above the line where squares stand under it."""
    layers: list[Layer] = []
    for start, when in (
        (0.7, _WIDE),
        (0.4, _TIGHT),
    ):  # where the text begins, as a share of the x axis
        y, dy = end[1], 24
        if y >= lowest_square:
            y, dy = next(value for x, value in points if x >= start * end[0]), -12
        own = outlined(
            [{"x": end[0], "y": round(y, 4), "t": text}], _text("muted"), align="right", dy=dy
        )
        layers.append(own | {"transform": [{"filter": when}]})
    return layers


def _squares(squares: Sequence[Square]) -> list[Layer]:
    data = [{"x": s.x, "y": s.y, "t": s.label} for s in squares]
    tip = {"field": "t", "type": "nominal"}
    layers: list[Layer] = [
        {
            "data": {"values": data},
            "encoding": {
                "x": {"field": "x"},
                "y": {"field": "y"},
                "tooltip": tip,
                "description": tip,
            },
            "mark": {
                "type": "point",
                "shape": "square",
                "filled": True,
                "opacity": 1,
                "size": 140,
                "color": theme.colour("ink"),
                "ariaRoleDescription": "tal fra kilden",
            },
        }
    ]
    for s in squares:
        dx = {"left": 14, "center": 0, "right": -14}[s.align]
        for shown, when in ((s.label, _WIDE), (s.short, _TIGHT)):
            own = outlined(
                [{"x": s.x, "y": s.y, "t": shown}],
                _text("ink"),
                align=s.align,
                dx=dx,
                dy=s.dy,
                fontWeight=600,
            )
            layers.append(own | {"transform": [{"filter": when}]})
    return layers


def _ring(ring: Ring, x_top: float) -> list[Layer]:
    """The ring, and its label at the foot of its guide, where the curve never is."""
    tip = ", ".join(ring.lines)
    said: Spec = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "tooltip": {"value": tip},
        "description": {"value": tip},
    }
    layers: list[Layer] = [
        {
            "data": {"values": [{"x": ring.x, "y": ring.y}]},
            "encoding": said,
            "mark": {
                "type": "point",
                "shape": "circle",
                "size": 190,
                "fill": theme.colour("ochre-soft"),
                "stroke": theme.colour("ochre"),
                "strokeWidth": 3,
                "opacity": 1,
                "ariaRoleDescription": "dit valg",
            },
        }
    ]
    left = ring.x > x_top / 2
    for lines, when in ((ring.lines, _WIDE), (ring.short, _TIGHT)):
        for index, line in enumerate(lines):
            own = outlined(
                [{"x": ring.x, "nul": 0, "t": line}],
                _text("ochre") | {"y": {"field": "nul"}},
                fontWeight=600,
                align="right" if left else "left",
                dx=-10 if left else 10,
                dy=-18 - 20 * (len(lines) - 1 - index),
            )
            layers.append(own | {"transform": [{"filter": when}]})
    return layers


def _text(token: str) -> Spec:
    return {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "text": {"field": "t", "type": "nominal"},
        "color": {"value": theme.colour(token)},
    }


def _scale(
    encoding: Spec, x_top: float, x_ticks: Sequence[float], y_top: float, y_ticks: Sequence[float]
) -> None:
    """Give every field on x and y the chart's own scale and axis."""
    if "field" in encoding.get("x", {}):
        encoding["x"] = encoding["x"] | {
            "type": "quantitative", "scale": {"domain": [0, x_top], "nice": False},
            "axis": {"values": list(x_ticks), "format": ",~f", "grid": False, "ticks": True, "title": None,
                     "tickColor": theme.colour("edge"), "tickSize": 6, "labelFlush": False},
        }  # fmt: skip
    if "field" in encoding.get("y", {}):
        encoding["y"] = encoding["y"] | value_axis(y_top, y_ticks)
