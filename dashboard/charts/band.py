"""A range over the years from a low and a high assumption, never one line in the middle. The documented
start and a target stand as the sources write them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.frame import (
    PHONE_SCREEN,
    Layer,
    Spec,
    chart,
    outlined,
    top_of_axis,
    value_axis,
)


@dataclass(frozen=True, slots=True)
class Year:
    """The lowest and highest value of a year."""

    year: int
    low: float
    high: float
    tip: str


@dataclass(frozen=True, slots=True)
class Level:
    """A documented value in a year (square), or a level that is wanted (dashed line, `year` None)."""

    value: float
    label: str
    year: int | None = None


def band(
    years: Sequence[Year],
    levels: Sequence[Level],
    *,
    y_title: str,
    ends: tuple[str, str],
    height: int = 320,
) -> Spec:
    """The range from the first year to the last, with documented levels. `ends` = texts of its two ends.

    Raises ValueError with fewer than two years, or if a low value exceeds its high.
    """
    if len(years) < 2 or any(y.low > y.high + 1e-9 for y in years):
        raise ValueError("et interval skal have mindst to år, og det lave skal være lavest")
    top, ticks = top_of_axis([*(y.high for y in years), *(level.value for level in levels)])
    data = [
        {"x": y.year, "lav": round(y.low, 4), "hoej": round(y.high, 4), "tip": y.tip} for y in years
    ]
    tone = theme.colour("accent")
    tip = {"field": "tip", "type": "nominal"}
    layers: list[Layer] = [
        {
            "data": {"values": [{}]},
            "mark": {
                "type": "text",
                "align": "left",
                "color": theme.colour("muted"),
                "aria": False,
            },
            "encoding": {"x": {"value": 0}, "y": {"value": -18}, "text": {"value": y_title}},
        },
        {
            "data": {"values": data},
            "mark": {
                "type": "area",
                "color": tone,
                "opacity": 0.22,
                "ariaRoleDescription": "interval",
            },
            "encoding": {
                "x": {"field": "x"},
                "y": {"field": "lav"},
                "y2": {"field": "hoej"},
                "description": {"value": "interval"},
            },
        },
    ]
    for edge in ("lav", "hoej"):
        layers.append(
            {
                "data": {"values": data},
                "mark": {"type": "line", "color": tone, "strokeWidth": 2, "aria": False},
                "encoding": {"x": {"field": "x"}, "y": {"field": edge}},
            }
        )
    # one wide invisible mark a year, so that every year answers to a pointer, a finger and a screen reader
    layers.append(
        {
            "data": {"values": data},
            "mark": {"type": "rule", "opacity": 0, "strokeWidth": 24, "ariaRoleDescription": "år"},
            "encoding": {
                "x": {"field": "x"},
                "y": {"field": "lav"},
                "y2": {"field": "hoej"},
                "tooltip": tip,
                "description": tip,
            },
        }
    )
    layers += _levels(levels, years)
    layers += _ends(years[-1], ends, top, height)
    for layer in layers:
        _scale(layer["encoding"], years, top, ticks)
    return chart(layers, height=height)


def _levels(levels: Sequence[Level], years: Sequence[Year]) -> list[Layer]:
    layers: list[Layer] = []
    for level in levels:
        at = [{"x": level.year or years[0].year, "y": level.value, "t": level.label}]
        said = {"value": level.label}
        if level.year is None:
            layers.append(
                {
                    "data": {"values": at},
                    "mark": {
                        "type": "rule",
                        "strokeDash": [6, 4],
                        "strokeWidth": 2,
                        "color": theme.colour("landet"),
                        "ariaRoleDescription": "niveau",
                    },
                    "encoding": {"y": {"field": "y"}, "tooltip": said, "description": said},
                }
            )
            layers.append(outlined(at, _text("muted"), align="left", dx=8, dy=14))
            continue
        layers.append(
            {
                "data": {"values": at},
                "encoding": {
                    "x": {"field": "x"},
                    "y": {"field": "y"},
                    "tooltip": said,
                    "description": said,
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
        )
        near = years[min(2, len(years) - 1)]
        below = (
            near.low + near.high > 2 * level.value
        )  # the label keeps to the side where the range is not
        dy = 20 if below else -16
        layers.append(outlined(at, _text("ink"), align="left", dx=10, dy=dy, fontWeight=600))
    return layers


def _ends(last: Year, ends: tuple[str, str], top: float, height: int) -> list[Layer]:
    """The two ends written to the right of the last year, at least a line apart."""
    low, high = (height * (1 - value / top) for value in (last.low, last.high))
    push = max(0.0, 20 - (low - high)) / 2
    layers: list[Layer] = []
    for y, text in ((low + push, ends[0]), (high - push, ends[1])):
        mark = {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontWeight": 600,
            "aria": False,
        }
        at: Spec = {
            "x": {"value": {"expr": "width + 8"}},
            "y": {"value": y},
            "color": {"value": theme.colour("accent")},
        }
        wide = at | {
            "text": {"value": {"expr": f"{PHONE_SCREEN} ? '{text.split()[0]}' : '{text}'"}}
        }
        layers.append({"data": {"values": [{}]}, "mark": mark, "encoding": wide})
    return layers


def _text(token: str) -> Spec:
    return {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "text": {"field": "t", "type": "nominal"},
        "color": {"value": theme.colour(token)},
    }


def _scale(encoding: Spec, years: Sequence[Year], top: float, ticks: Sequence[float]) -> None:
    if "field" in encoding.get("x", {}):
        encoding["x"] = encoding["x"] | {
            "type": "quantitative",
            "scale": {"domain": [years[0].year, years[-1].year], "nice": False, "zero": False},
            "axis": {
                "values": [y.year for y in years],
                "format": "d",
                "labelExpr": f"width / {len(years)} < 44 ? '’' + slice(datum.label, 2) : datum.label",
                "grid": False,
                "ticks": True,
                "title": None,
                "labelFlush": False,
                "tickColor": theme.colour("edge"),
                "tickSize": 6,
                "labelOverlap": True,
            },
        }
    if "field" in encoding.get("y", {}):
        encoding["y"] = encoding["y"] | value_axis(top, ticks)
