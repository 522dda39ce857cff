"""Charts as specs: what is drawn is what the figures say, from zero, with gaps left open."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, theme
from dashboard.charts.bars import Bar, Column
from dashboard.charts.frame import LABEL_GAP, apart, top_of_axis
from dashboard.charts.timeline import Mark, Track, middle, segments, year_fraction
from tests.unit import made_up
from tests.unit.made_up import figure, series

Spec = dict[str, Any]
SPAN = {"first": date(1901, 1, 1), "last": date(1909, 12, 31)}


def layers(spec: Spec, mark: str, role: str | None = None) -> list[Spec]:
    """The layers with a mark, and a role description where given."""
    return [
        layer
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark
        and (role is None or layer["mark"].get("ariaRoleDescription") == role)
    ]


def rows(spec: Spec, mark: str, role: str | None = None) -> list[dict[str, Any]]:
    """The data rows of those layers."""
    return [row for layer in layers(spec, mark, role) for row in layer["data"]["values"]]


def scales(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """(channel, encoding) of every position channel with a domain of its own."""
    for layer in spec["layer"]:
        for channel in ("x", "y"):
            encoding = layer["encoding"].get(channel, {})
            if (encoding.get("scale") or {}).get("domain"):
                yield channel, encoding


# ---- what all charts share ----


@given(st.floats(0.01, 1e12))
def test_the_axis_ends_at_a_round_number_just_above(largest: float) -> None:
    top, ticks = top_of_axis([largest])
    assert ticks[0] == 0
    assert ticks[-1] == top
    assert 4 <= len(ticks) <= 7
    assert top >= largest * (1 - 1e-9)
    assert top - largest <= max(ticks[1], largest / 3)
    steps = {round((b - a) / ticks[1], 6) for a, b in pairwise(ticks)}
    assert steps == {1.0}


@given(st.lists(st.just(0.0) | st.floats(0.001, 1e9), min_size=1, max_size=30))
def test_no_value_lies_above_the_axis(values: list[float]) -> None:
    top, _ = top_of_axis(values)
    assert all(value <= top * (1 + 1e-9) for value in values)


def test_an_axis_without_values_still_has_ticks() -> None:
    assert top_of_axis([])[1][0] == 0
    assert top_of_axis([0.0])[0] > 0


@given(
    st.lists(st.floats(0, 320), min_size=1, max_size=15),
    st.sampled_from([LABEL_GAP, 23, 24]),
)
def test_labels_are_pushed_apart_within_the_plot_in_their_order(
    positions: list[float], gap: int
) -> None:
    low, high = 0.0, 320.0
    moved = apart(positions, gap, low, high)
    assert len(moved) == len(positions)
    assert all(low - 1e-6 <= y <= high + 1e-6 for y in moved)
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [moved[i] for i in order]
    between = [after - before for before, after in pairwise(placed)]
    if (len(positions) - 1) * gap <= high - low:
        assert all(space >= gap - 1e-6 for space in between)
    else:  # no room for all: spread evenly
        assert all(abs(space - between[0]) < 1e-6 for space in between)


@given(st.lists(st.integers(0, 15), min_size=1, max_size=10, unique=True))
def test_labels_far_enough_apart_stay_where_they_are(places: list[int]) -> None:
    positions = [place * 20.0 for place in places]
    assert apart(positions, 20, 0, 320) == pytest.approx(positions)


def test_labels_are_at_least_twenty_pixels_apart() -> None:
    assert LABEL_GAP >= 20


# ---- lines ----

quarters = st.sets(st.integers(0, 35), min_size=1, max_size=36)


@given(quarters)
def test_a_line_never_crosses_a_missing_period(present: set[int]) -> None:
    marks = [
        Mark(
            figure(float(n), f"{1901 + n // 4}K{n % 4 + 1}", indicator=made_up.PEOPLE),
            float(n),
            str(n),
        )
        for n in sorted(present)
    ]
    runs = segments(marks)
    assert [mark for run in runs for mark in run] == marks
    for run in runs:
        numbers = [int(mark.value) for mark in run]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    for run, following in pairwise(runs):
        assert following[0].value - run[-1].value > 1


def test_the_pieces_of_a_broken_line_are_drawn_apart() -> None:
    spec = charts.timeline(
        [Track.of("Prøve", "koebenhavn", series(1, 2, None, 4, 5, None, 7))], **SPAN
    )
    (line,) = layers(spec, "line")
    pieces: dict[str, list[float]] = {}
    for row in line["data"]["values"]:
        pieces.setdefault(row["del"], []).append(row["y"])
    assert list(pieces.values()) == [[1, 2], [4, 5]]
    assert line["encoding"]["detail"]["field"] == "del"
    assert 7 in [row["y"] for row in rows(spec, "point", "punkt")], (
        "a value without neighbours is a point"
    )


def test_quarters_and_years_are_no_neighbours_of_each_other() -> None:
    marks = Track.of(
        "Prøve",
        "andet",
        [figure(1, "1901"), figure(2, "1902K1"), figure(3, "1902K2"), figure(4, "1903")],
    ).marks
    assert [len(run) for run in segments(marks)] == [3, 1]


def test_a_yearly_average_is_a_dashed_bar_as_wide_as_its_year() -> None:
    spec = charts.timeline([Track.of("Prøve", "fleksjob", series(5, 6), average=True)], **SPAN)
    (bars,) = layers(spec, "rule", "årsgennemsnit")
    assert bars["mark"]["strokeDash"]
    assert [(int(row["x"]), int(row["x2"]), row["y"]) for row in bars["data"]["values"]] == [
        (1901, 1901, 5),
        (1902, 1902, 6),
    ]
    assert not layers(spec, "line")


def test_a_figure_without_a_value_is_left_out() -> None:
    track = Track.of("Prøve", "andet", [figure(1, "1901"), figure(None, "1902"), figure(3, "1903")])
    assert [mark.value for mark in track.marks] == [1, 3]
    assert [len(run) for run in segments(track.marks)] == [1, 1]


def test_the_coverage_row_has_a_field_for_every_quarter() -> None:
    track = Track.of("Prøve", "andet", [figure(1, "1901K1"), figure(2, "1901K3")], numbers=True)
    average = Track.of("Prøve, år", "andet", [figure(3, "1902")], average=True)
    spec = charts.timeline(
        [track, average], coverage=True, first=date(1901, 1, 1), last=date(1903, 12, 31)
    )
    fields = [layer for layer in layers(spec, "rect") if "cornerRadius" in layer["mark"]]
    filled = [
        row
        for layer in fields
        if layer["mark"]["fill"] != "transparent"
        for row in layer["data"]["values"]
    ]
    dashed = [
        row for layer in fields if "strokeDash" in layer["mark"] for row in layer["data"]["values"]
    ]
    empty = [
        row for layer in fields if layer["mark"]["fill"] == "transparent" and "strokeDash" not in layer["mark"]
        for row in layer["data"]["values"]
    ]  # fmt: skip
    assert (len(filled), len(dashed), len(empty)) == (2, 4, 6)


def test_events_stand_at_their_true_date_with_numbered_circles_apart() -> None:
    days = ["1903-05-02", "1903-05-20", "1903-06-01", "1905", "1908-11"]
    events = [made_up.event(day) for day in days]
    spec = charts.timeline(
        [Track.of("Prøve", "andet", series(1, 2, 3, 4, 5, 6, 7, 8, 9))], events=events, **SPAN
    )
    (ticks, *_) = [
        layer
        for layer in layers(spec, "rule")
        if layer["data"]["values"] and "sand" in layer["data"]["values"][0]
    ]
    data = ticks["data"]["values"]
    assert [row["n"] for row in data] == ["1", "2", "3", "4", "5"]
    for row, one in zip(data, events, strict=True):
        true = (year_fraction(one.date_start) + year_fraction(one.date_end)) / 2
        assert 1901 + row["sand"] * 9 == pytest.approx(true, abs=1e-6)
    for name, width, gap in (("bred", 900, 24), ("smal", 270, 23)):
        places = [row[name] * width for row in data]
        assert all(b - a >= gap - 1e-6 for a, b in pairwise(places)), (
            name,
            places,
        )
    whole_year = [layer for layer in layers(spec, "rect") if layer["mark"].get("strokeDash")]
    assert whole_year, "an event of a known year only is a dashed box over the year"


def test_events_outside_the_period_are_not_drawn() -> None:
    spec = charts.timeline(
        [Track.of("Prøve", "andet", series(1, 2))], events=[made_up.event("1899-01-01")], **SPAN
    )
    assert not [row for row in rows(spec, "text") if row.get("n")]


def test_an_index_has_a_line_at_its_base() -> None:
    spec = charts.timeline([Track.of("Prøve", "andet", series(90, 100))], baseline=100, **SPAN)
    assert [
        layer["encoding"]["y"]["datum"]
        for layer in layers(spec, "rule")
        if "datum" in layer["encoding"].get("y", {})
    ] == [100]


def test_a_timeline_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="ingen tal"):
        charts.timeline([Track.of("Prøve", "andet", [figure(None)])], **SPAN)


def test_labels_at_the_ends_of_near_lines_are_apart() -> None:
    tracks = [Track.of(f"Prøve {n}", "by", series(100 + n, 100 + n)) for n in range(6)]
    spec = charts.timeline(tracks, first=date(1901, 1, 1), last=date(1902, 12, 31))
    placed = sorted({row["to"] for row in rows(spec, "text") if "to" in row})
    assert len(placed) == 6
    assert all(b - a >= LABEL_GAP - 1e-6 for a, b in pairwise(placed))
    texts = {row["t"] for row in rows(spec, "text") if "to" in row}
    assert texts == {f"Prøve {n} {100 + n}" for n in range(6)}


@given(
    st.dates(date(1850, 1, 1), date(2150, 12, 31)), st.dates(date(1850, 1, 1), date(2150, 12, 31))
)
def test_time_runs_one_way(one: date, other: date) -> None:
    assert (year_fraction(one) < year_fraction(other)) == (one < other)
    assert int(year_fraction(one)) == one.year


def test_the_middle_of_a_period_lies_within_it() -> None:
    assert middle(figure(1, "1902")) == pytest.approx(1902.5, abs=0.01)
    assert middle(figure(1, "1902K1")) == pytest.approx(1902.125, abs=0.01)


# ---- bars and columns ----


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [
        Bar("a", figure(10), "fleksjob"),
        Bar("b", figure(40, "1902"), "fleksjob", text="fyrre prøver"),
    ]
    spec = charts.horizontal(bars)
    assert [(row["navn"], row["v"], row["t"]) for row in rows(spec, "bar")] == [
        ("a", 10, "10"),
        ("b", 40, "fyrre prøver"),
    ]
    (layer,) = layers(spec, "bar")
    assert layer["encoding"]["x"]["scale"]["domain"] == [0, 40]
    assert layer["encoding"]["y"]["sort"] == ["a", "b"], "bars keep the order they are given in"


def test_approximate_bars_are_dashed_and_pale_and_keep_their_qualifier() -> None:
    spec = charts.horizontal(
        [Bar("a", figure(10, qualifier="ca", as_written="ca. 10"), "landet"), Bar("b", figure(10))]
    )
    rough, exact = rows(spec, "bar")
    assert (rough["stiplet"], rough["gennem"], rough["t"]) == (True, 0.55, "ca. 10")
    assert (exact["stiplet"], exact["gennem"], exact["t"]) == (False, 1.0, "10")


def test_a_tint_is_outlined_in_its_full_colour() -> None:
    (row,) = rows(charts.horizontal([Bar("a", figure(10), "fleksjob", tint=True)]), "bar")
    assert row["fyld"] == theme.colour("fleksjob-tone")
    assert row["kant"] == theme.colour("fleksjob")


def test_stacked_columns_stand_on_each_other() -> None:
    column = Column("1901", [Bar("a", figure(10)), Bar("b", figure(30, "1902"))], over="40 i alt")
    spec = charts.columns([column], stacked=True)
    assert [(row["fra"], row["til"]) for row in rows(spec, "bar")] == [(0, 10), (10, 40)]
    assert "40 i alt" in {row["t"] for row in rows(spec, "text")}


def test_grouped_columns_all_stand_on_zero() -> None:
    spec = charts.columns(
        [Column("1901", [Bar("a", figure(10)), Bar("b", figure(30, "1902"))])], stacked=False
    )
    assert [(row["fra"], row["til"]) for row in rows(spec, "bar")] == [(0, 10), (0, 30)]


@pytest.mark.parametrize(
    "make",
    [lambda b: charts.horizontal(b), lambda b: charts.columns([Column("x", b)], stacked=True)],
)
def test_a_bar_without_a_number_is_refused(make: Any) -> None:
    with pytest.raises(ValueError, match="kræver et tal"):
        make([Bar("a", figure(None))])
    with pytest.raises(ValueError, match="kræver et tal"):
        make([])


# ---- the house's rules for all of them ----

KINDS = {
    "timeline": charts.timeline(
        [Track.of("a", "koebenhavn", series(3, 4)), Track.of("b", "landet", series(30, 41))], **SPAN
    ),
    "average": charts.timeline(
        [Track.of("a", "fleksjob", series(3, 4), average=True)], coverage=True, **SPAN
    ),
    "sparse": charts.timeline(
        [Track.of("a", "fleksjob", series(3, 4), numbers=True)],
        events=[made_up.event("1903")],
        **SPAN,
    ),
    "horizontal": charts.horizontal([Bar("a", figure(3))]),
    "stacked": charts.columns(
        [Column("x", [Bar("a", figure(3))], whole=Bar("b", figure(9)), over="9")], stacked=True
    ),
    "grouped": charts.columns(
        [Column("x", [Bar("a", figure(3)), Bar("b", figure(9))])], stacked=False
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_follows_the_house(kind: str) -> None:
    spec = KINDS[kind]
    assert spec["config"] == theme.config()
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["width"] == "container"
    for channel, encoding in scales(spec):
        low = encoding["scale"]["domain"][0]
        assert low == 0 or (channel == "x" and encoding["field"] in ("x", "x2") and low >= 1800), (
            channel,
            encoding,
        )
    for layer in spec["layer"]:
        mark = layer["mark"]
        assert (
            mark.get("aria") is False
            or "description" in layer["encoding"]
            or mark.get("ariaRoleDescription")
        ), f"{mark['type']}: say what it is, or hide it from those who hear the page"
