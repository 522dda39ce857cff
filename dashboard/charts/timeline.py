"""Lines, points and yearly averages over time. A gap is a gap: only neighbouring periods are joined.

Under the axis: a coverage row for sparse series (filled = a figure, dashed = only a yearly average,
empty = not in the material) and a strip with the events that concern the series.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contract import danish
from dashboard import theme
from dashboard.charts.frame import (
    LABEL_GAP, PHONE_SCREEN, Layer, Spec, apart, chart, outlined, raw, raw_colour, top_of_axis, value_axis,
)  # fmt: skip
from dashboard.read import Event, Figure

DESKTOP, PHONE = 900, 270
"""Plot widths (px) for which event circles are moved apart."""
_AXIS, _ROW, _STRIP = 30, 22, 44


@dataclass(frozen=True, slots=True)
class Mark:
    """One point in time: its figure, the value drawn (index, per 10.000 …) and the value as text."""

    figure: Figure
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Track:
    """One series: label, colour role, marks in time order.

    `average`: the values are yearly averages, drawn as dashed bars as wide as their year.
    `numbers`: every value is written beside its point (sparse series).
    """

    label: str
    role: str
    marks: Sequence[Mark]
    average: bool = False
    numbers: bool = False
    name_below: bool = False
    """Sparse series: the name stands below the last point instead of left of the first."""

    @classmethod
    def of(cls, label: str, role: str, figures: Sequence[Figure], **options: bool) -> "Track":
        """A track of the figures' own values; figures without a value are left out."""
        marks = [Mark(f, f.value, f.text) for f in figures if f.value is not None]
        return cls(label, role, marks, **options)


def year_fraction(day: date) -> float:
    """`date(2020, 7, 2)` → about 2020.5: the x of every time axis."""
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - start).days / (end - start).days


def middle(figure: Figure) -> float:
    """The middle of a figure's period on the time axis."""
    return (year_fraction(figure.start) + year_fraction(figure.end)) / 2


def segments(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks split where a period is missing between two neighbours.

    Neighbours are periods where the next starts the day after the previous ends.
    """
    runs: list[list[Mark]] = []
    for mark in marks:
        if runs and (mark.figure.start - runs[-1][-1].figure.end).days == 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def timeline(
    tracks: Sequence[Track],
    *,
    first: date,
    last: date,
    events: Sequence[Event] = (),
    height: int = 320,
    coverage: bool = False,
    baseline: float | None = None,
) -> Spec:
    """A chart of tracks from `first` to `last` (days), with numbered events under the axis.

    `coverage` adds the coverage row; `baseline` draws a line at a value (100 for an index).
    Raises ValueError if no track has a value.
    """
    values = [mark.value for track in tracks for mark in track.marks]
    if not values:
        raise ValueError("ingen tal at tegne")
    top, ticks = top_of_axis(values)
    low, high = float(first.year), float(last.year + 1)
    layers: list[Layer] = [_years(first.year, last.year)]
    if baseline is not None:
        layers.append({"data": {"values": [{}]}, "mark": {"type": "rule", "aria": False},
                       "encoding": {"y": {"datum": baseline}, "color": {"value": theme.colour("edge")}}})  # fmt: skip
    layers += _averages([t for t in tracks if t.average])
    dense = [t for t in tracks if not t.average]
    layers += _lines(dense)
    layers += _points(dense)
    layers += _numbers([t for t in tracks if t.numbers or t.average])
    layers += _ends([t for t in tracks if not t.numbers and not t.average], top, height)
    layers += _names([t for t in tracks if t.numbers or t.average])
    below = _AXIS
    if coverage:
        layers += _coverage(tracks, first.year, last.year, height + below)
        below += _ROW * len(_rows(tracks))
    if shown := [e for e in events if first <= e.date_end and e.date_start <= last]:
        layers += _strip(shown, low, high, height + below)
        below += _STRIP
    for layer in layers:
        encoding = layer["encoding"]
        for channel in ("x", "x2"):
            if encoding.get(channel, {}).get("field") in ("x", "x2") and channel == "x":
                encoding["x"] |= {"type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False},
                                  "axis": {"values": list(range(first.year, last.year + 2)), "labels": False, "ticks": True,
                                           "tickColor": theme.colour("edge"), "tickSize": 6, "grid": False, "title": None}}  # fmt: skip
        if encoding.get("y", {}).get("field") == "y":
            encoding["y"] |= value_axis(top, ticks)
    return chart(layers, height=height)


def _points(tracks: Sequence[Track]) -> list[Layer]:
    """Every point of a sparse track, the last point of a dense one, and points that stand alone."""
    data = [
        _datum(track, mark) | {"stor": mark is track.marks[-1] or track.numbers}
        for track in tracks
        for run in segments(track.marks)
        for mark in run
        if track.numbers or len(run) == 1 or mark is track.marks[-1]
    ]
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 60, "ariaRoleDescription": "punkt"}
    return [_layer(data, mark, x={"field": "x"}, y={"field": "y"}, color=raw_colour(),
                   tooltip={"field": "tip"}, description={"field": "tip"})] if data else []  # fmt: skip


def _lines(tracks: Sequence[Track]) -> list[Layer]:
    layers: list[Layer] = []
    for track in sorted(tracks, key=lambda t: t.role == "koebenhavn"):
        data = [
            _datum(track, mark) | {"del": f"{index}"}
            for index, run in enumerate(segments(track.marks))
            if len(run) > 1
            for mark in run
        ]
        if not data:
            continue
        mark: dict[str, Any] = {
            "type": "line", "ariaRoleDescription": "linje", "strokeWidth": {"koebenhavn": 3, "by": 1.5}.get(track.role, 2.5),
            "color": theme.colour(track.role),
        }  # fmt: skip
        if track.role == "landet":
            mark["strokeDash"] = [6, 4]
        layers.append(_layer(data, mark, x={"field": "x"}, y={"field": "y"}, detail={"field": "del"},
                             description={"value": f"{track.label}: linje"}))  # fmt: skip
        # wide invisible points, so that every value answers to a pointer or a finger
        layers.append(_layer(data, {"type": "point", "opacity": 0, "size": 300, "aria": False}, x={"field": "x"},
                             y={"field": "y"}, tooltip={"field": "tip"}))  # fmt: skip
    return layers


def _averages(tracks: Sequence[Track]) -> list[Layer]:
    data = [
        {"x": mark.figure.start.year + 0.02, "x2": mark.figure.end.year + 0.98, "y": mark.value,
         "farve": theme.colour(track.role), "tip": _tip(track, mark)}
        for track in tracks for mark in track.marks
    ]  # fmt: skip
    mark = {"type": "rule", "strokeDash": [6, 4], "strokeWidth": 3, "ariaRoleDescription": "årsgennemsnit"}
    return [_layer(data, mark, x={"field": "x"}, x2={"field": "x2"}, y={"field": "y"}, color=raw_colour(),
                   tooltip={"field": "tip"}, description={"field": "tip"})] if data else []  # fmt: skip


def _numbers(tracks: Sequence[Track]) -> list[Layer]:
    """The value above each point, or below when the neighbour to the left lies close above.

    On a phone only the first value (above) and the last (below) are written; the table has the rest.
    """
    above: list[dict[str, Any]] = []
    below: list[dict[str, Any]] = []
    phone: list[tuple[dict[str, Any], bool]] = []
    for track in tracks:
        previous: Mark | None = None
        for mark in track.marks:
            near = previous is not None and middle(mark.figure) - middle(previous.figure) < 0.3
            text = {"x": middle(mark.figure), "y": mark.value, "t": mark.text, "farve": theme.text_colour(track.role)}
            (below if near and not track.average else above).append(text)
            previous = None if near else mark
            if track.average or mark in (track.marks[0], track.marks[-1]):
                phone.append((text, mark is track.marks[-1] and not track.average and len(track.marks) > 1))
    encoding = {"x": {"field": "x"}, "y": {"field": "y"}, "text": {"field": "t"}, "color": raw_colour()}
    layers: list[Layer] = []
    for data, dy, when in (
        (above, -12, f"!({PHONE_SCREEN})"), (below, 18, f"!({PHONE_SCREEN})"),
        ([t for t, last in phone if not last], -12, PHONE_SCREEN), ([t for t, last in phone if last], 18, PHONE_SCREEN),
    ):  # fmt: skip
        if data:
            layers += [layer | {"transform": [{"filter": when}]} for layer in outlined(data, encoding, dy=dy, fontWeight=600)]
    return layers


def _ends(tracks: Sequence[Track], top: float, height: int) -> list[Layer]:
    """Name and last value at the right end of each line, pushed apart, with thin leaders.

    On a narrow plot the same label stands above the line's end instead of in a margin.
    """
    tracks = [t for t in tracks if t.marks]
    if not tracks:
        return []
    exact = [height * (1 - t.marks[-1].value / top) for t in tracks]
    moved = apart(exact, LABEL_GAP, 8, height - 6)
    inside = apart([y - 12 for y in exact], LABEL_GAP, 8, height - 10)
    data = [
        {"x": middle(t.marks[-1].figure), "py": y, "to": new, "ind": within, "t": f"{t.label} {t.marks[-1].text}",
         "farve": theme.text_colour(t.role), "fed": t.role in ("koebenhavn", "landet")}
        for t, y, new, within in zip(tracks, exact, moved, inside, strict=True)
    ]  # fmt: skip
    # above the lines there is room for three; more keep their margin on a phone too
    wide, narrow = (f"!({PHONE_SCREEN})", PHONE_SCREEN) if len(tracks) <= 3 else ("true", "false")
    layers: list[Layer] = [
        {"data": {"values": data}, "transform": [{"filter": wide}], "mark": {"type": "rule", "aria": False, "strokeWidth": 1},
         "encoding": {"x": {"field": "x"}, "x2": {"value": {"expr": "width + 14"}}, "y": raw("py"), "y2": raw_second("to"),
                      "color": {"value": theme.colour("edge")}}}
    ]  # fmt: skip
    for bold in (False, True):
        some = [d for d in data if d["fed"] is bold]
        if not some:
            continue
        weight = 600 if bold else 400
        layers.append(
            {"data": {"values": some}, "transform": [{"filter": wide}],
             "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": weight, "aria": False},
             "encoding": {"x": {"value": {"expr": "width + 20"}}, "y": raw("to"), "text": {"field": "t"}, "color": raw_colour()}}
        )  # fmt: skip
        for layer in outlined(some, {"x": {"value": {"expr": "width"}}, "y": raw("ind"), "text": {"field": "t"}, "color": raw_colour()},
                              align="right", baseline="middle", fontWeight=weight):  # fmt: skip
            layers.append(layer | {"transform": [{"filter": narrow}]})
    return layers


def raw_second(field: str) -> Spec:
    """A secondary channel (x2, y2) that holds pixels; it takes its scale from the first."""
    return {"field": field}


def _names(tracks: Sequence[Track]) -> list[Layer]:
    """The name of each sparse track: under a yearly average, left of the first point or below the last."""
    layers: list[Layer] = []
    for track in tracks:
        if not track.marks:
            continue
        mark = track.marks[-1] if track.name_below else track.marks[0]
        place: dict[str, Any] = {"align": "right", "baseline": "middle", "dx": -12}
        if track.average:
            place = {"align": "left", "dy": 20}
        elif track.name_below:
            place = {"align": {"expr": f"{PHONE_SCREEN} ? 'right' : 'left'"}, "dx": {"expr": f"{PHONE_SCREEN} ? 12 : -26"},
                     "dy": {"expr": f"{PHONE_SCREEN} ? 36 : 24"}}  # fmt: skip
        x = mark.figure.start.year + 0.02 if track.average else middle(mark.figure)
        data = [{"x": x, "y": mark.value, "t": track.label, "farve": theme.text_colour(track.role)}]
        text = {"x": {"field": "x"}, "y": {"field": "y"}, "text": {"field": "t"}, "color": raw_colour()}
        layers += outlined(data, text, **place)
    return layers


def _years(first: int, last: int) -> Layer:
    """Year names centred in their year, below the axis; two digits when there is little room."""
    data = [{"x": year + 0.5, "t": str(year), "k": f"{year % 100:02d}"} for year in range(first, last + 1)]
    return {
        "data": {"values": data},
        "transform": [{"calculate": f"width / {len(data)} < 42 ? datum.k : datum.t", "as": "navn"}],
        "mark": {"type": "text", "baseline": "top", "color": theme.colour("muted"), "aria": False},
        "encoding": {"x": {"field": "x"}, "y": {"value": {"expr": "height + 10"}}, "text": {"field": "navn"}},
    }


def _rows(tracks: Sequence[Track]) -> list[list[Track]]:
    """Tracks of the same colour share a row of the coverage."""
    roles = dict.fromkeys(track.role for track in tracks)
    return [[track for track in tracks if track.role == role] for role in roles]


def _coverage(tracks: Sequence[Track], first: int, last: int, top: int) -> list[Layer]:
    layers: list[Layer] = []
    for index, row in enumerate(_rows(tracks)):
        quarters = {(m.figure.start.year, m.figure.start.month) for t in row if not t.average for m in t.marks}
        years = {m.figure.start.year for t in row if t.average for m in t.marks}
        tint = theme.colour(row[0].role)
        for kind in ("fyldt", "stiplet", "tom"):
            data = [
                {"x": year + month / 12 + 0.03, "x2": year + month / 12 + 0.22}
                for year in range(first, last + 1)
                for month in (0, 3, 6, 9)
                if kind == ("fyldt" if (year, month + 1) in quarters else "stiplet" if year in years else "tom")
            ]
            if not data:
                continue
            mark: dict[str, Any] = {"type": "rect", "aria": False, "strokeWidth": 1, "cornerRadius": 1,
                                    "stroke": theme.colour("rule") if kind == "tom" else tint,
                                    "fill": tint if kind == "fyldt" else "transparent"}  # fmt: skip
            if kind == "stiplet":
                mark["strokeDash"] = [3, 2]
            y = top + 6 + index * _ROW
            layers.append(_layer(data, mark, x={"field": "x"}, x2={"field": "x2"}, y={"value": y}, y2={"value": y + 10}))
    return layers


def _strip(events: Sequence[Event], low: float, high: float, top: int) -> list[Layer]:
    """A sunk band with a tick on each event's true date and a numbered circle, moved aside when close."""
    def fraction(day: date) -> float:
        return min(max((year_fraction(day) - low) / (high - low), 0.0), 1.0)

    spans = [e for e in events if e.precision == "år"]
    exact = [(fraction(e.date_start) + fraction(e.date_end)) / 2 for e in events]
    wide = apart([f * DESKTOP for f in exact], 24, 11, DESKTOP - 11)
    tight = apart([f * PHONE for f in exact], 23, 11, PHONE - 11)
    data = [
        {"n": str(i), "sand": f, "bred": w / DESKTOP, "smal": t / PHONE, "tip": f"{danish.period(e.date)}: {e.title}"}
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


def _datum(track: Track, mark: Mark) -> dict[str, Any]:
    return {"x": middle(mark.figure), "y": mark.value, "farve": theme.colour(track.role), "tip": _tip(track, mark)}


def _tip(track: Track, mark: Mark) -> str:
    return f"{track.label}, {mark.figure.period_text}: {mark.text}"


def _layer(data: list[dict[str, Any]], mark: dict[str, Any], **encoding: Spec) -> Layer:
    for channel in ("tooltip", "description", "detail"):
        if encoding.get(channel, {}).get("field"):
            encoding[channel] = encoding[channel] | {"type": "nominal"}
    return {"data": {"values": data}, "mark": mark, "encoding": encoding}
