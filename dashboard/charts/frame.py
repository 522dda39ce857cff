"""What all charts share: a value axis from zero, labels pushed apart, text with an outline."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from dashboard import theme
from dashboard.charts.content import Chart, Content

Spec = dict[str, Any]
Layer = dict[str, Any]

PHONE_SCREEN = "windowSize()[0] < 641"
"""Vega expression: true on a phone, where labels stand above the lines instead of in a right margin."""
LABEL_GAP = 20
_OUTLINED = re.compile(r'(<text [^>]*stroke-linejoin="round")')


def top_of_axis(values: Sequence[float]) -> tuple[float, list[float]]:
    """(top, ticks): a round top above the largest value, and 4–7 ticks from zero.

    >>> top_of_axis([83700.0])[0]
    100000
    """
    largest = max(values, default=1) or 1
    for magnitude in (10.0**e for e in range(math.floor(math.log10(largest)) - 2, 20)):
        for step in (magnitude, 2 * magnitude, 2.5 * magnitude, 5 * magnitude):
            count = math.ceil(largest / step - 1e-9)
            if count <= 6:
                ticks = [_round(step * i) for i in range(max(count, 3) + 1)]
                return ticks[-1], ticks
    raise ValueError(f"{largest} er for stort til en akse")


def _round(value: float) -> float:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def value_axis(top: float, ticks: Sequence[float], channel: str = "y") -> Spec:
    """The encoding of the value channel: zero baseline in `edge`, other grid lines in `rule`."""
    grid = {
        "condition": {"test": "datum.value === 0", "value": theme.colour("edge")},
        "value": theme.colour("rule"),
    }
    return {
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False, "zero": True},
        "axis": {"values": list(ticks), "format": ",~f", "grid": True, "title": None, "gridColor": grid,
                 "labelAlign": "right" if channel == "y" else "center"},
    }  # fmt: skip


def apart(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved as little as needed so that neighbours are at least `gap` apart, within bounds.

    Order is kept. If there is not room for all, they are spread evenly.
    """
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    if (len(order) - 1) * gap > high - low:
        step = (high - low) / max(len(order) - 1, 1)
        spread = {i: low + step * rank for rank, i in enumerate(order)}
        return [spread[i] for i in range(len(positions))]
    placed: list[float] = []
    for i in order:
        placed.append(max(positions[i], placed[-1] + gap if placed else low))
    overflow = high
    for rank in range(len(placed) - 1, -1, -1):
        placed[rank] = min(placed[rank], overflow)
        overflow = placed[rank] - gap
    # a second sweep centres groups that were only pushed one way
    result = dict(zip(order, placed, strict=True))
    return [result[i] for i in range(len(positions))]


def outlined(data: list[dict[str, Any]], encoding: Spec, **mark: Any) -> Layer:
    """A text layer with a 4-px paper outline behind the letters, so that it reads over lines."""
    halo = {"stroke": theme.colour("paper"), "strokeWidth": 4, "strokeJoin": "round"}
    return {
        "data": {"values": data},
        "mark": {"type": "text", "aria": False, **halo, **mark},
        "encoding": encoding,
    }


def for_screen(spec: Spec, *, phone: bool) -> str:
    """A spec as JSON for one kind of screen: without the layers for the other, which cost as much to draw."""
    shown = {PHONE_SCREEN: phone, f"!({PHONE_SCREEN})": not phone, "true": True, "false": False}
    layers: list[Layer] = []
    for one in spec["layer"]:
        conditions = [shown.get(step.get("filter", "")) for step in one.get("transform", ())]
        if False in conditions:
            continue
        rest = [
            step
            for step, holds in zip(one.get("transform", ()), conditions, strict=True)
            if not holds
        ]
        plain = {key: value for key, value in one.items() if key != "transform"}
        layers.append(plain | {"transform": rest} if rest else plain)
    return json.dumps(spec | {"layer": layers}).replace(PHONE_SCREEN, "true" if phone else "false")


def outline_behind(svg: str) -> str:
    """The SVG of a chart with the outline of `outlined` texts behind their letters, where Vega puts it in front."""
    return _OUTLINED.sub(r'\1 paint-order="stroke"', svg)


def raw(field: str) -> Spec:
    """A field used as it is: a pixel, a colour, a width."""
    return {"field": field, "type": "quantitative", "scale": None}


def raw_second(field: str) -> Spec:
    """A secondary channel (x2, y2) that holds pixels; it takes its scale from the first."""
    return {"field": field}


def layer(data: list[dict[str, Any]], mark: dict[str, Any], **encoding: Spec) -> Layer:
    """A layer with its own data; texts for pointer, screen reader and grouping are nominal."""
    for channel in ("tooltip", "description", "detail"):
        if encoding.get(channel, {}).get("field"):
            encoding[channel] = encoding[channel] | {"type": "nominal"}
    return {"data": {"values": data}, "mark": mark, "encoding": encoding}


def raw_colour(field: str = "farve") -> Spec:
    """A field that holds a CSS colour, used as it is."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def chart(layers: list[Layer], *, height: int, content: Content | None = None) -> Spec:
    """The outer spec: layers and height of the plot (px). What stands beside or below the plot, such
    as labels at the end of a line, makes the plot narrower or the chart taller by itself. `content` is what other
    kinds of files draw it from.
    """
    made = Chart({
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 0, "top": 12, "right": 4, "bottom": 8},
        "layer": layers,
    })  # fmt: skip
    made.content = content
    return made
