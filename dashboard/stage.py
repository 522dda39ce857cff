"""A chart as it is drawn for a screen in a meeting room: large type, no more height than there is. Pure.

The plot gets the height that is left; positions that a chart has worked out in pixels move along. What stands
below the axis in small type (events, coverage) is left to the page itself.
"""

import json
import re
from typing import Any

from dashboard.charts import Spec
from dashboard.charts.frame import LABEL_GAP, apart
from dashboard.charts.under_axis import AXIS
from dashboard.export import drawing

SMALLEST = 14
"""Type of a chart (px); on the stage it is enlarged with the whole drawing."""
_LEADERS = {"to": (8, 6), "ind": (8, 10)}
"""Fields with the places of labels that are pushed apart, and their distance to the plot's ends."""


def fitted(spec: Spec, height: int) -> Spec:
    """The spec with a plot `height` px high, without what stands below the axis, and no type below 14 px."""
    own: Spec = json.loads(json.dumps(spec))
    old = own["height"]
    own["layer"] = [_moved(layer, old, height) for layer in own["layer"] if not _below(layer, old)]
    for field in _LEADERS:
        _push_apart(own["layer"], field, height)
    return own | {"height": height}


def _below(layer: dict[str, Any], height: int) -> bool:
    y = layer["encoding"].get("y", {}).get("value")
    return isinstance(y, int | float) and y >= height + AXIS - 4


def _moved(layer: dict[str, Any], old: int, new: int) -> dict[str, Any]:
    mark: dict[str, Any] = (
        {"type": layer["mark"]} if isinstance(layer["mark"], str) else layer["mark"]
    )
    layer["mark"] = mark
    if mark.get("fontSize", SMALLEST) < SMALLEST:
        mark["fontSize"] = SMALLEST
    if mark["type"] == "bar" and "size" in mark:
        mark["size"] = round(mark["size"] * min(new / old, 1.4), 1)
    data = layer.get("data", {}).get("values", [])
    for channel in ("y", "y2"):
        place = layer["encoding"].get(channel, {})
        if isinstance(place.get("value"), int | float) and 0 < place["value"] <= old:
            place["value"] *= new / old
        field = place.get("field")
        raw = "scale" in place and place["scale"] is None
        if field and (raw or _is_raw(layer, channel)):
            for row in data:
                if isinstance(row.get(field), int | float):
                    row[field] *= new / old
    return layer


def _is_raw(layer: dict[str, Any], channel: str) -> bool:
    """A second channel takes its scale from the first."""
    first = layer["encoding"].get("y", {})
    return channel == "y2" and "scale" in first and first["scale"] is None


def _push_apart(layers: list[dict[str, Any]], field: str, height: int) -> None:
    """Labels of all layers together: the same label may stand in several."""
    low, end = _LEADERS[field]
    using = [
        layer
        for layer in layers
        if any(layer["encoding"].get(c, {}).get("field") == field for c in ("y", "y2"))
    ]
    rows = [
        row for layer in using for row in layer.get("data", {}).get("values", []) if field in row
    ]
    labels = sorted({(row[field], row.get("t", "")) for row in rows})
    placed = apart([y for y, _ in labels], LABEL_GAP, low, height - end)
    moved = dict(zip(labels, placed, strict=True))
    for row in rows:
        row[field] = moved[row[field], row.get("t", "")]


def draw(spec: Spec, width: int, height: int, name: str, *, phone: bool = False) -> str:
    """The chart as SVG about `width` × `height` px, labels and axes included, in CSS variables.

    `name` is put before the ids inside, so that several drawings can stand in one document; `phone` places labels
    as on a narrow screen.
    """
    plot_width, plot_height = width - 60, max(height - 50, 90)
    drawn = _svg(fitted(spec, plot_height), plot_width, phone)
    actual_width, actual_height = _size(drawn)
    if abs(actual_width - width) > 2 or abs(actual_height - height) > 2:
        plot_width = max(round(plot_width + width - actual_width), 200)
        plot_height = max(round(plot_height + height - actual_height), 90)
        drawn = _svg(fitted(spec, plot_height), plot_width, phone)
    drawn = re.sub(r'(id="|url\(#|href="#)([\w-]+)', rf"\g<1>{name}-\2", drawn)
    drawn = re.sub(
        r'^<svg ([^>]*?)width="[\d.]+" height="[\d.]+"',
        r'<svg \1preserveAspectRatio="xMinYMin meet"',
        drawn,
    )
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _size(svg: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _svg(spec: Spec, width: int, phone: bool) -> str:
    return drawing.drawing(spec, width, phone=phone)
