"""The words in a time chart: values at points, names and last values at the ends of lines."""

from collections.abc import Sequence
from typing import Any

from dashboard import theme
from dashboard.charts.frame import (
    LABEL_GAP,
    PHONE_SCREEN,
    Layer,
    apart,
    outlined,
    raw,
    raw_colour,
    raw_second,
)
from dashboard.charts.track import Track, middle


def numbers(tracks: Sequence[Track]) -> list[Layer]:
    """The value above each point, or below when the neighbour to the left lies close above.

    On a phone only the first value (above) and the last (below) are written; the table has the rest.
    """
    above: list[dict[str, Any]] = []
    below: list[dict[str, Any]] = []
    phone: list[tuple[dict[str, Any], bool]] = []
    for track in tracks:
        under = _under(track)
        for number, mark in enumerate(track.marks):
            text = {
                "x": middle(mark.figure),
                "y": mark.value,
                "t": mark.text,
                "farve": theme.text_colour(track.role),
            }
            (below if number in under else above).append(text)
            if track.average or mark in (track.marks[0], track.marks[-1]):
                phone.append(
                    (text, mark is track.marks[-1] and not track.average and len(track.marks) > 1)
                )
    encoding = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "text": {"field": "t"},
        "color": raw_colour(),
    }
    layers: list[Layer] = []
    for data, dy, when in (
        (above, -12, f"!({PHONE_SCREEN})"), (below, 18, f"!({PHONE_SCREEN})"),
        ([t for t, last in phone if not last], -12, PHONE_SCREEN), ([t for t, last in phone if last], 18, PHONE_SCREEN),
    ):  # fmt: skip
        if data:
            own = outlined(data, encoding, dy=dy, fontWeight=600)
            layers.append(own | {"transform": [{"filter": when}]})
    return layers


def _under(track: Track) -> set[int]:
    """Which values of a track, by number, stand below their point: their left neighbour's stands close above."""
    found: set[int] = set()
    for number in range(1, 0 if track.average else len(track.marks)):
        one, other = (middle(mark.figure) for mark in track.marks[number - 1 : number + 1])
        if number - 1 not in found and other - one < 0.3:
            found.add(number)
    return found


def ends(tracks: Sequence[Track], top: float, height: int) -> list[Layer]:
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
        own = outlined(some, {"x": {"value": {"expr": "width"}}, "y": raw("ind"), "text": {"field": "t"}, "color": raw_colour()},
                       align="right", baseline="middle", fontWeight=weight)  # fmt: skip
        layers.append(own | {"transform": [{"filter": narrow}]})
    return layers


def names(tracks: Sequence[Track]) -> list[Layer]:
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
            wide = 36 if len(track.marks) - 1 in _under(track) else 24
            place = {"align": {"expr": f"{PHONE_SCREEN} ? 'right' : 'left'"}, "dx": {"expr": f"{PHONE_SCREEN} ? 12 : -26"},
                     "dy": {"expr": f"{PHONE_SCREEN} ? 36 : {wide}"}}  # fmt: skip
        x = mark.figure.start.year + 0.02 if track.average else middle(mark.figure)
        data = [{"x": x, "y": mark.value, "t": track.label, "farve": theme.text_colour(track.role)}]
        text = {
            "x": {"field": "x"},
            "y": {"field": "y"},
            "text": {"field": "t"},
            "color": raw_colour(),
        }
        layers.append(outlined(data, text, **place))
    return layers
