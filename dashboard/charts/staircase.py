"""Parts of a whole as a staircase: each bar begins where the one before ended, and what is left up to
the whole stands dashed at the end. Values in per cent of the whole.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from dashboard import theme
from dashboard.charts import content
from dashboard.charts.bars import Bar
from dashboard.charts.frame import Layer, Spec, chart, outlined, raw, raw_colour

WHOLE = 100.0


def staircase(steps: Sequence[Bar], known: Bar, rest: Bar, *, row: int = 34) -> Spec:
    """The steps one after the other, then their sum `known` from zero, then `rest` up to the whole.

    Raises ValueError if a value is missing, the steps do not add up to `known`, or `known` and
    `rest` do not make the whole: a picture of a whole must be whole.
    """
    values = [bar.figure.value for bar in (*steps, known, rest)]
    if not steps or any(value is None for value in values):
        raise ValueError("en trappe kræver tal for alle trin")
    *shares, total, left = [value or 0.0 for value in values]
    if abs(sum(shares) - total) > 1e-6 or abs(total + left - WHOLE) > 1e-6:
        raise ValueError("trinene og resten giver ikke det hele")
    data: list[dict[str, Any]] = []
    reached = 0.0
    for bar, share in zip(steps, shares, strict=True):
        data.append(_step(bar, reached, reached + share, theme.colour(bar.role)))
        reached += share
    data.append(_step(known, 0.0, total, theme.colour("rule"), theme.colour("edge"), bold=True))
    data.append(
        _step(rest, total, WHOLE, "transparent", theme.colour("edge"), dashed=True, bold=True)
    )
    height = row * len(data)
    for rank, step in enumerate(data):
        step |= {
            "midt": (rank + 0.5) * row,
            "op": rank * row + row * 0.2,
            "ned": (rank + 1) * row - row * 0.2,
        }
    return chart(
        [*_joins(data), *_bars(data), *_texts(data)],
        height=height,
        content=content.rows([*steps, known, rest]),
    )


def _step(
    bar: Bar,
    start: float,
    end: float,
    fill: str,
    edge: str = "",
    *,
    dashed: bool = False,
    bold: bool = False,
) -> dict[str, Any]:
    shown = bar.text or bar.figure.text
    return {
        "navn": bar.label, "fra": start, "til": end, "fyld": fill, "kant": edge or fill, "stiplet": dashed,
        "t": shown, "tip": f"{bar.label}: {shown}", "fed": bold,
    }  # fmt: skip


def _x(field: str) -> Spec:
    axis = {"values": [0, 25, 50, 75, 100], "title": None, "grid": True, "labelExpr": "datum.value + ' %'",
            "gridColor": {"condition": {"test": "datum.value === 0", "value": theme.colour("edge")},
                          "value": theme.colour("rule")}}  # fmt: skip
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, WHOLE], "nice": False},
        "axis": axis,
    }


def _bars(data: list[dict[str, Any]]) -> list[Layer]:
    encoding = {
        "x": _x("fra"), "x2": {"field": "til"}, "y": raw("op"), "y2": {"field": "ned"},
        "fill": raw_colour("fyld"), "stroke": raw_colour("kant"),
        "tooltip": {"field": "tip", "type": "nominal"}, "description": {"field": "tip", "type": "nominal"},
    }  # fmt: skip
    layers: list[Layer] = []
    for dashed in (False, True):
        some = [step for step in data if step["stiplet"] is dashed]
        mark: dict[str, Any] = {"type": "rect", "strokeWidth": 1, "ariaRoleDescription": "søjle"}
        layers.append({"data": {"values": some}, "encoding": encoding,
                       "mark": mark | ({"strokeDash": [4, 3], "strokeWidth": 1.5} if dashed else {})})  # fmt: skip
    return layers


def _joins(data: list[dict[str, Any]]) -> list[Layer]:
    """Thin rules from the end of each step down to the next, so that the eye follows the stair."""
    joins = [
        {"til": step["til"], "op": step["midt"], "ned": after["midt"]}
        for step, after in pairwise(data)
        if step["til"] in (after["fra"], after["til"])
    ]
    return [{"data": {"values": joins}, "mark": {"type": "rule", "aria": False, "color": theme.colour("edge")},
             "encoding": {"x": _x("til"), "y": raw("op"), "y2": {"field": "ned"}}}]  # fmt: skip


def _texts(data: list[dict[str, Any]]) -> list[Layer]:
    """Name and number to the right of each bar, to its left where it ends in the right half, and
    inside the bar of the sum, which begins at zero.
    """
    layers: list[Layer] = []
    for step in data:
        inside = step["fed"] and step["fra"] == 0
        left = step["til"] > WHOLE / 2 and not inside
        anchor = step["fra"] if left or inside else step["til"]
        text = [{"x": anchor, "midt": step["midt"], "tekst": f"{step['navn']} {step['t']}"}]
        drawn = outlined(
            text,
            {"x": _x("x"), "y": raw("midt"), "text": {"field": "tekst", "type": "nominal"},
             "color": {"value": theme.colour("ink")}},
            align="right" if left else "left", dx=-8 if left else 8, baseline="middle",
            fontWeight=600 if step["fed"] else 400,
        )  # fmt: skip
        if inside:  # on a coloured bar
            del drawn["mark"]["stroke"]
        layers.append(drawn)
    return layers
