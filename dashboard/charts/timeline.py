"""Lines, points and yearly averages over time. A gap is a gap: only neighbouring periods are joined.

Under the axis: a coverage row for sparse series (filled = a figure, dashed = only a yearly average,
empty = not in the material) and a strip with the events that concern the series.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from contract import danish
from dashboard import theme
from dashboard.charts import content, labels, under_axis
from dashboard.charts.frame import Layer, Spec, chart, layer, raw_colour, top_of_axis, value_axis
from dashboard.charts.track import Mark, Track, middle, segments, year_fraction
from dashboard.read import Event

__all__ = ["Mark", "Track", "middle", "segments", "timeline", "year_fraction"]


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
    layers: list[Layer] = [under_axis.years(first.year, last.year)]
    if baseline is not None:
        layers.append({"data": {"values": [{}]}, "mark": {"type": "rule", "aria": False},
                       "encoding": {"y": {"datum": baseline}, "color": {"value": theme.colour("edge")}}})  # fmt: skip
    layers += _breaks({day for track in tracks for day in track.breaks if first < day <= last})
    layers += _averages([t for t in tracks if t.average])
    dense = [t for t in tracks if not t.average]
    layers += _lines(dense)
    layers += _points(dense)
    layers += labels.numbers([t for t in tracks if t.numbers or t.average])
    layers += labels.ends([t for t in tracks if not t.numbers and not t.average], top, height)
    layers += labels.names([t for t in tracks if t.numbers or t.average])
    below = under_axis.AXIS
    if coverage:
        layers += under_axis.coverage(tracks, first.year, last.year, height + below)
        below += under_axis.ROW * len(under_axis.rows(tracks))
    if shown := [e for e in events if first <= e.date_end and e.date_start <= last]:
        layers += under_axis.strip(shown, low, high, height + below)
        below += under_axis.STRIP
    _place(layers, low, high, top, ticks)
    return chart(layers, height=height, content=content.timed(tracks))


def _place(
    layers: list[Layer], low: float, high: float, top: float, ticks: Sequence[float]
) -> None:
    """Give every layer that has a time or a value the same axes: years from `low` to `high`, values from 0."""
    time: Spec = {
        "type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {"values": list(range(round(low), round(high) + 1)), "labels": False, "ticks": True,
                 "tickColor": theme.colour("edge"), "tickSize": 6, "grid": False, "title": None},
    }  # fmt: skip
    for drawn in layers:
        encoding = drawn["encoding"]
        if encoding.get("x", {}).get("field") == "x":
            encoding["x"] |= time
        if encoding.get("y", {}).get("field") == "y":
            encoding["y"] |= value_axis(top, ticks)


def _breaks(days: Iterable[date]) -> list[Layer]:
    """A dashed upright line where a series begins to count otherwise; the note under the chart says how."""
    data = [{"x": year_fraction(day), "tip": f"databrud {danish.day(day)}"} for day in sorted(days)]
    mark = {
        "type": "rule",
        "strokeDash": [2, 4],
        "color": theme.colour("muted"),
        "ariaRoleDescription": "databrud",
    }
    return [layer(data, mark, x={"field": "x"}, tooltip={"field": "tip"},
                  description={"field": "tip"})] if data else []  # fmt: skip


def _points(tracks: Sequence[Track]) -> list[Layer]:
    """Every point of a sparse track, the last point of a dense one, and points that stand alone."""
    data = [
        _datum(track, mark) | {"stor": mark is track.marks[-1] or track.numbers}
        for track in tracks
        for run in segments(track.marks, track.breaks)
        for mark in run
        if track.numbers or len(run) == 1 or mark is track.marks[-1]
    ]
    mark = {
        "type": "point",
        "filled": True,
        "opacity": 1,
        "size": 60,
        "ariaRoleDescription": "punkt",
    }
    return [layer(data, mark, x={"field": "x"}, y={"field": "y"}, color=raw_colour(),
                   tooltip={"field": "tip"}, description={"field": "tip"})] if data else []  # fmt: skip


def _lines(tracks: Sequence[Track]) -> list[Layer]:
    layers: list[Layer] = []
    every: list[dict[str, Any]] = []
    for track in sorted(tracks, key=lambda t: t.role == "koebenhavn"):
        data = [
            _datum(track, mark) | {"del": f"{index}"}
            for index, run in enumerate(segments(track.marks, track.breaks))
            if len(run) > 1
            for mark in run
        ]
        if not data:
            continue
        every += data
        mark: dict[str, Any] = {
            "type": "line", "ariaRoleDescription": "linje", "strokeWidth": {"koebenhavn": 3, "by": 1.5}.get(track.role, 2.5),
            "color": theme.colour(track.role),
        }  # fmt: skip
        if track.role == "landet":
            mark["strokeDash"] = [6, 4]
        layers.append(layer(data, mark, x={"field": "x"}, y={"field": "y"}, detail={"field": "del"},
                             description={"value": f"{track.label}: linje"}))  # fmt: skip
    if every:
        # wide invisible points, so that every value answers to a pointer or a finger
        unseen = {
            "type": "point",
            "filled": True,
            "opacity": 0,
            "size": 300,
            "ariaRoleDescription": "værdi",
        }
        layers.append(layer(every, unseen, x={"field": "x"}, y={"field": "y"}, tooltip={"field": "tip"},
                             description={"field": "tip"}))  # fmt: skip
    return layers


def _averages(tracks: Sequence[Track]) -> list[Layer]:
    data = [
        {"x": mark.figure.start.year + 0.02, "x2": mark.figure.end.year + 0.98, "y": mark.value,
         "farve": theme.colour(track.role), "tip": _tip(track, mark)}
        for track in tracks for mark in track.marks
    ]  # fmt: skip
    mark = {
        "type": "rule",
        "strokeDash": [6, 4],
        "strokeWidth": 3,
        "ariaRoleDescription": "årsgennemsnit",
    }
    return [layer(data, mark, x={"field": "x"}, x2={"field": "x2"}, y={"field": "y"}, color=raw_colour(),
                   tooltip={"field": "tip"}, description={"field": "tip"})] if data else []  # fmt: skip


def _datum(track: Track, mark: Mark) -> dict[str, Any]:
    return {
        "x": middle(mark.figure),
        "y": mark.value,
        "farve": theme.colour(track.role),
        "tip": _tip(track, mark),
    }


def _tip(track: Track, mark: Mark) -> str:
    return f"{track.label}, {mark.figure.period_text}: {mark.text}"
