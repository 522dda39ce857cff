"""Horizontal bars and columns. Zero baseline, values written on the bars, approximate ones dashed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import theme
from dashboard.charts import content
from dashboard.charts.frame import (
    Layer,
    Spec,
    chart,
    outlined,
    raw,
    raw_colour,
    top_of_axis,
    value_axis,
)
from dashboard.read import Figure


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: label, figure, colour role, and `tint` for a pale fill outlined in the full colour."""

    label: str
    figure: Figure
    role: str = "andet"
    tint: bool = False
    text: str = ""
    """What is written at its end; the figure's own text when empty."""


def _style(bar: Bar) -> dict[str, Any]:
    full = theme.colour(bar.role)
    tinted = f"{bar.role}-tone"
    pale = bar.tint or bar.figure.approximate
    return {
        "fyld": theme.colour(tinted) if pale and tinted in theme.TOKENS else full,
        "kant": full,
        "gennem": 0.55 if pale and tinted not in theme.TOKENS else 1.0,
        "stiplet": bar.figure.approximate,
        "tip": f"{bar.label}: {bar.text or bar.figure.text}",
        "t": bar.text or bar.figure.text,
    }


def _marks(data: list[dict[str, Any]], encoding: Spec, **mark: Any) -> list[Layer]:
    shared = encoding | {
        "fill": raw_colour("fyld"), "stroke": raw_colour("kant"), "fillOpacity": raw("gennem"),
        "tooltip": {"field": "tip", "type": "nominal"}, "description": {"field": "tip", "type": "nominal"},
        "strokeDash": {"condition": {"test": "datum.stiplet", "value": [4, 3]}, "value": [1, 0]},
    }  # fmt: skip
    return [{"data": {"values": data}, "encoding": shared,
             "mark": {"type": "bar", "strokeWidth": 1, "ariaRoleDescription": "søjle", **mark}}]  # fmt: skip


def horizontal(bars: Sequence[Bar], *, row: int = 36) -> Spec:
    """Horizontal bars with the value at the end. Raises ValueError without bars or with a null value."""
    values = _values(bars)
    top = max(values) * 1.0 or 1
    data = [
        {"navn": b.label, "v": v, "rang": i} | _style(b)
        for i, (b, v) in enumerate(zip(bars, values, strict=True))
    ]
    y = {"field": "navn", "type": "nominal", "sort": [b.label for b in bars], "title": None,
         "axis": {"labelLimit": 220, "labelColor": theme.colour("ink"), "grid": False, "domain": True,
                  "domainColor": theme.colour("edge")}}  # fmt: skip
    x = {
        "field": "v",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": None,
    }
    layers = _marks(data, {"y": y, "x": x}, size=round(row * 0.58))
    text = {
        "y": y,
        "x": x,
        "text": {"field": "t", "type": "nominal"},
        "color": {"value": theme.colour("ink")},
    }
    layers.append({"data": {"values": data}, "encoding": text, "mark": {
        "type": "text", "align": "left", "dx": 8, "fontWeight": 600, "baseline": "middle", "aria": False}})  # fmt: skip
    return chart(layers, height=row * len(bars), content=content.rows(bars))


@dataclass(frozen=True, slots=True)
class Column:
    """A column position on the axis with the bars that stand there (stacked or side by side)."""

    label: str
    bars: Sequence[Bar]
    whole: Bar | None = None
    """The whole that the bars are part of: drawn pale behind them from zero."""
    over: str = ""
    """What is written above the whole column."""
    short: str = ""
    """The label on a narrow screen."""


def columns(
    items: Sequence[Column], *, stacked: bool, height: int = 300, numbers: bool = True
) -> Spec:
    """Columns with a value axis from zero, stacked or grouped side by side.

    `numbers` writes each bar's own value; a column's `over` stands above it.
    Raises ValueError without bars or with a null value.
    """
    totals = [_top(column, stacked) for column in items]
    top, ticks = top_of_axis([max(totals) * (1.06 if any(c.over for c in items) else 1.0)])
    data: list[dict[str, Any]] = []
    for rank, column in enumerate(items):
        base = 0.0
        if column.whole:
            data.append(
                {
                    "navn": column.label,
                    "rang": rank,
                    "nr": -1,
                    "fra": 0.0,
                    "til": column.whole.figure.value,
                }
                | _style(column.whole)
            )
        for index, bar in enumerate(column.bars):
            value = bar.figure.value or 0
            start = base if stacked else 0.0
            data.append(
                {"navn": column.label, "rang": rank, "nr": index,
                 "fra": start, "til": start + value} | _style(bar) | {"t": _bare(bar)}
            )  # fmt: skip
            base += value
    band = {"field": "navn", "type": "nominal", "sort": [c.label for c in items], "title": None,
            "scale": {"paddingInner": 0.2 if stacked else 0.3, "paddingOuter": 0.15},
            "axis": {"labelAngle": 0, "grid": False, "domain": False, "labelOverlap": False,
                     "labelExpr": _short_labels(items)}}  # fmt: skip
    y = {"field": "fra"} | value_axis(top, ticks)
    encoding: Spec = {"x": band, "y": y, "y2": {"field": "til"}}
    if not stacked:
        encoding["xOffset"] = {"field": "nr", "type": "nominal", "scale": {"paddingInner": 0.08}}
    layers = _marks(data, encoding)
    over_y = {"field": "til"} | value_axis(top, ticks)
    if numbers and not stacked:
        layers.append(outlined(data, {"x": band, "xOffset": encoding["xOffset"], "y": over_y, "text": {"field": "t", "type": "nominal"},
                                      "color": {"value": theme.colour("ink")}}, dy=-9, fontWeight=600, fontSize=13))  # fmt: skip
    if numbers and stacked and not any(c.whole for c in items):
        inside = [
            d | {"midt": (d["fra"] + d["til"]) / 2}
            for d in data
            if d["til"] - d["fra"] > top * 0.06
        ]
        layers += [{"data": {"values": inside}, "mark": {"type": "text", "baseline": "middle", "fontWeight": 600, "fontSize": 13, "aria": False},
                    "encoding": {"x": band, "y": {"field": "midt"} | value_axis(top, ticks), "text": {"field": "t", "type": "nominal"},
                                 "color": {"value": theme.colour("surface")}}}]  # fmt: skip
    heads = [
        {"navn": c.label, "rang": i, "til": total, "t": c.over}
        for i, (c, total) in enumerate(zip(items, totals, strict=True)) if c.over
    ]  # fmt: skip
    if heads:
        layers.append(outlined(heads, {"x": band, "y": over_y, "text": {"field": "t", "type": "nominal"}, "color": {"value": theme.colour("ink")}},
                               dy=-9, fontWeight=600, fontSize=13))  # fmt: skip
    return chart(layers, height=height, content=content.standing(items, stacked=stacked))


def _bare(bar: Bar) -> str:
    """The number without pct.: columns stand close, and the axis and source line say the unit."""
    return bar.text or bar.figure.text.removesuffix("pct.").strip()


def _top(column: Column, stacked: bool) -> float:
    bars = _values([*column.bars, *([column.whole] if column.whole else [])])
    return max(sum(_values(column.bars)), max(bars)) if stacked else max(bars)


def _short_labels(items: Sequence[Column]) -> str:
    """A Vega expression: the short label of each column when a band is narrower than its label."""
    pairs = ", ".join(f"'{c.label}': '{c.short or c.label}'" for c in items)
    return f"width / {len(items)} < 46 ? ({{{pairs}}})[datum.label] : datum.label"


def _values(bars: Sequence[Bar]) -> list[float]:
    if not bars or any(bar.figure.value is None for bar in bars):
        raise ValueError("en søjle kræver et tal")
    return [bar.figure.value or 0.0 for bar in bars]
