"""What stands under a time axis: years, the coverage row of sparse series, the strip of events."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from contract import danish
from dashboard import theme
from dashboard.charts.frame import PHONE_SCREEN, Layer, apart, layer, raw, raw_second
from dashboard.charts.track import Track, year_fraction
from dashboard.read import Event

DESKTOP, PHONE = 900, 270
"""Plot widths (px) for which event circles are moved apart."""
AXIS, ROW, STRIP = 30, 22, 44
"""Heights (px) of the years, one coverage row, the strip."""


def years(first: int, last: int) -> Layer:
    """Year names centred in their year, below the axis; two digits when there is little room."""
    data = [
        {"x": year + 0.5, "t": str(year), "k": f"{year % 100:02d}"}
        for year in range(first, last + 1)
    ]
    return {
        "data": {"values": data},
        "transform": [{"calculate": f"width / {len(data)} < 42 ? datum.k : datum.t", "as": "navn"}],
        "mark": {"type": "text", "baseline": "top", "color": theme.colour("muted"), "aria": False},
        "encoding": {
            "x": {"field": "x"},
            "y": {"value": {"expr": "height + 10"}},
            "text": {"field": "navn"},
        },
    }


def rows(tracks: Sequence[Track]) -> list[list[Track]]:
    """Tracks of the same colour share a row of the coverage."""
    roles = dict.fromkeys(track.role for track in tracks)
    return [[track for track in tracks if track.role == role] for role in roles]


def coverage(tracks: Sequence[Track], first: int, last: int, top: int) -> list[Layer]:
    """One row a colour with a field a quarter, `top` px below the top of the plot."""
    layers: list[Layer] = []
    for index, row in enumerate(rows(tracks)):
        quarters = {
            (m.figure.start.year, m.figure.start.month)
            for t in row
            if not t.average
            for m in t.marks
        }
        years = {m.figure.start.year for t in row if t.average for m in t.marks}
        tint = theme.colour(row[0].role)
        for kind in ("fyldt", "stiplet", "tom"):
            data = [
                {"x": year + month / 12 + 0.03, "x2": year + month / 12 + 0.22}
                for year in range(first, last + 1)
                for month in (0, 3, 6, 9)
                if kind
                == (
                    "fyldt"
                    if (year, month + 1) in quarters
                    else "stiplet"
                    if year in years
                    else "tom"
                )
            ]
            if not data:
                continue
            mark: dict[str, Any] = {"type": "rect", "aria": False, "strokeWidth": 1, "cornerRadius": 1,
                                    "stroke": theme.colour("rule") if kind == "tom" else tint,
                                    "fill": tint if kind == "fyldt" else "transparent"}  # fmt: skip
            if kind == "stiplet":
                mark["strokeDash"] = [3, 2]
            y = top + 6 + index * ROW
            layers.append(
                layer(
                    data,
                    mark,
                    x={"field": "x"},
                    x2={"field": "x2"},
                    y={"value": y},
                    y2={"value": y + 10},
                )
            )
    return layers


def strip(events: Sequence[Event], low: float, high: float, top: int) -> list[Layer]:
    """A sunk band with a tick on each event's true date and a numbered circle, moved aside when close."""

    def fraction(day: date) -> float:
        return min(max((year_fraction(day) - low) / (high - low), 0.0), 1.0)

    spans = [e for e in events if e.precision == "år"]
    exact = [(fraction(e.date_start) + fraction(e.date_end)) / 2 for e in events]
    wide = apart([f * DESKTOP for f in exact], 24, 11, DESKTOP - 11)
    tight = apart([f * PHONE for f in exact], 23, 11, PHONE - 11)
    data = [
        {
            "n": str(i),
            "sand": f,
            "bred": w / DESKTOP,
            "smal": t / PHONE,
            "tip": f"{danish.period(e.date)}: {e.title}",
        }
        for i, (e, f, w, t) in enumerate(zip(events, exact, wide, tight, strict=True), start=1)
    ]
    at = [
        {"calculate": "datum.sand * width", "as": "px"},
        {"calculate": f"({PHONE_SCREEN} ? datum.smal : datum.bred) * width", "as": "pc"},
    ]
    band = {"type": "rect", "aria": False, "fill": theme.colour("sunk")}
    middle_y = top + 22
    layers: list[Layer] = [
        {"data": {"values": [{}]}, "mark": band, "encoding": {"x": {"value": 0}, "x2": {"value": {"expr": "width"}},
         "y": {"value": top + 4}, "y2": {"value": top + 38}}},
    ]  # fmt: skip
    if spans:
        layers.append(
            {"data": {"values": [{"a": fraction(e.date_start), "b": fraction(e.date_end)} for e in spans]},
             "transform": [{"calculate": "datum.a * width", "as": "pa"}, {"calculate": "datum.b * width", "as": "pb"}],
             "mark": {"type": "rect", "aria": False, "fill": "transparent", "stroke": theme.colour("edge"), "strokeDash": [3, 3]},
             "encoding": {"x": raw("pa"), "x2": raw_second("pb"), "y": {"value": top + 8}, "y2": {"value": top + 34}}}
        )  # fmt: skip
    rule = {"type": "rule", "aria": False, "strokeWidth": 1.5, "color": theme.colour("ink")}
    layers += [
        {"data": {"values": data}, "transform": at, "mark": rule,
         "encoding": {"x": raw("px"), "y": {"value": top - 2}, "y2": {"value": top + 6}}},
        {"data": {"values": data}, "transform": at, "mark": rule | {"strokeWidth": 1},
         "encoding": {"x": raw("px"), "x2": raw_second("pc"), "y": {"value": top + 6}, "y2": {"value": middle_y}}},
        {"data": {"values": data}, "transform": at,
         "mark": {"type": "point", "shape": "circle", "size": 400, "filled": True, "fill": theme.colour("surface"),
                  "stroke": theme.colour("ink"), "strokeWidth": 1.5, "opacity": 1, "ariaRoleDescription": "hændelse"},
         "encoding": {"x": raw("pc"), "y": {"value": middle_y}, "tooltip": {"field": "tip"}, "description": {"field": "tip"}}},
        {"data": {"values": data}, "transform": at,
         "mark": {"type": "text", "fontSize": 12, "fontWeight": 600, "baseline": "middle", "dy": 1, "aria": False,
                  "color": theme.colour("ink")},
         "encoding": {"x": raw("pc"), "y": {"value": middle_y}, "text": {"field": "n"}}},
    ]  # fmt: skip
    return layers
