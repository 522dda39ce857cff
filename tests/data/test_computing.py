"""What is computed: intervals, precision, derived figures, relations, days. Made-up data only."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.formula import evaluate_over
from contract.periods import parse_period
from etl import intervals, precision
from etl.check import check
from etl.complaints import Place
from etl.decimals import place_of_last_digit, rounded
from etl.figures_csv import Figure
from etl.frames import build_tables
from etl.intervals import Interval, from_figure
from etl.precision import Known, known_of
from tests.data.small import SmallData


def figure(value: str, qualifier: str = "præcis", kind: str = "målt") -> Figure:
    """A made-up figure with as many decimals as its value is written with."""
    return Figure(
        id="proeve", indicator="proeve", area="000", group="", period=parse_period("1901"),
        value=Fraction(value), decimals=len(value.partition(".")[2]), qualifier=qualifier,
        as_written=value, kind=kind, source="proeve", locator="side 1", note="",
        place=Place("proeve", 1),
    )  # fmt: skip


INTERVALS = [
    ("53.5", "præcis", "pct.", "53.45", "53.55"),
    ("64.0", "præcis", "pct.", "63.95", "64.05"),
    ("65", "præcis", "pct.", "64.5", "65.5"),
    ("3740", "præcis", "personer", "3740", "3740"),
    ("3740", "præcis", "fuldtidspersoner", "3739.5", "3740.5"),
    ("3740", "ca", "personer", "3735", "3745"),
    ("460", "ca", "personer", "455", "465"),
    ("6600", "ca", "personer", "6550", "6650"),
    ("65", "ca", "pct.", "64.5", "65.5"),
    ("49.5", "ca", "pct.", "49.45", "49.55"),
    ("3900", "knap", "personer", "3850", "3900"),
    ("3000", "knap", "personer", "2500", "3000"),
    ("3000", "over", "personer", "3000", "3500"),
    ("2000", "mindst", "personer", "2000", "2500"),
    ("30", "op_til", "pct.", "25", "30"),
    ("10", "under", "timer", "5", "10"),
    ("50", "i_ord", "pct.", "45", "55"),
    ("0", "ca", "personer", "-0.5", "0.5"),
]


@pytest.mark.parametrize(("value", "qualifier", "unit", "low", "high"), INTERVALS)
def test_each_qualifier_has_its_interval(
    value: str, qualifier: str, unit: str, low: str, high: str
) -> None:
    expected = Interval(Fraction(low), Fraction(high))
    assert from_figure(figure(value, qualifier), unit) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "written", "low", "high"),
    [
        ("20", "knap", "knap hver femte", Fraction(200, 11), 20),
        ("10", "ca", "omkring hver tiende", Fraction(200, 21), Fraction(200, 19)),
        ("25", "knap", "lige knap hver fjerde", Fraction(200, 9), 25),
        ("20", "over", "mere end hver femte", 20, Fraction(200, 9)),
        ("50", "over", "mere end halvdelen", 50, 55),
        ("3", "i_ord", "hver 3. måned", Fraction(5, 2), Fraction(7, 2)),
    ],
)
def test_one_in_so_many_is_half_a_step_of_the_divisor(
    value: str, qualifier: str, written: str, low: Fraction, high: Fraction
) -> None:
    in_words = replace(figure(value, qualifier), as_written=written)
    assert from_figure(in_words, "pct.") == Interval(Fraction(low), Fraction(high))


points = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)


@st.composite
def interval_with_point(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    low, middle, high = sorted(draw(st.tuples(points, points, points)))
    return Interval(low, high), middle


@given(interval_with_point(), interval_with_point(), st.sampled_from(
    ["[a] + [b]", "[a] - [b]", "[a] * [b]", "[a] / [b]", "-[a] + 2 * [b]", "abs([a] - [b])",
     "min([a], [b])", "max([a], [b])", "100 * [a] / ([b] + 3000)"]
))  # fmt: skip
def test_the_interval_of_a_formula_holds_its_value(
    a: tuple[Interval, Fraction], b: tuple[Interval, Fraction], expression: str
) -> None:
    inside = {"abs": abs, "min": min, "max": max, "round": round}
    values = {"a": a[1], "b": b[1]}
    try:
        interval = evaluate_over(
            expression, {"a": a[0], "b": b[0]},
            number=intervals.constant, functions=intervals.FUNCTIONS,
        )  # fmt: skip
    except ZeroDivisionError:
        assert b[0].low <= 0 <= b[0].high
        return
    value = evaluate_over(expression, values, number=Fraction, functions=inside)
    assert interval.low <= value <= interval.high


@given(points, points, points)
def test_overlap_is_symmetric_and_shared(a: Fraction, b: Fraction, c: Fraction) -> None:
    one, other = Interval(min(a, b), max(a, b)), Interval(min(b, c), max(b, c))
    assert one.overlaps(other)
    assert other.overlaps(one)
    assert not Interval(a, a).overlaps(Interval(a + 1, a + 1))


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("2.4999", 0, "2"),
        ("-0.4", 0, "0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert rounded(Fraction(value), decimals) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "place"), [("3900", -2), ("65", 0), ("53.5", 1), ("0", 0), ("10", -1), ("-460", -1)]
)
def test_the_last_digit_has_a_place(value: str, place: int) -> None:
    assert place_of_last_digit(Fraction(value)) == place


PRECISIONS = [
    ("[a] - [b]", figure("53.5"), figure("10"), 0),
    ("[a] + [b]", figure("53.5"), figure("10.5"), 1),
    ("100 - [a] - [b]", figure("53.5"), figure("10.5"), 1),
    ("[a] / ([b] / 100)", figure("460", "ca"), figure("18"), -2),
    ("[a] / ([b] / 100)", figure("6600", "ca"), figure("49.5"), -3),
    ("abs([a] * [b])", figure("0.5"), figure("3.3"), 0),
    ("max([a], [b])", figure("0.5"), figure("3"), 0),
]


@pytest.mark.parametrize(("expression", "a", "b", "place"), PRECISIONS)
def test_a_result_is_no_finer_than_its_inputs(
    expression: str, a: Figure, b: Figure, place: int
) -> None:
    known = evaluate_over(
        expression, {"a": known_of(a, "pct."), "b": known_of(b, "pct.")},
        number=precision.constant, functions=precision.FUNCTIONS,
    )  # fmt: skip
    assert known.place == place


def test_counted_persons_and_decided_amounts_do_not_limit() -> None:
    assert known_of(figure("961"), "forløb") == Known(Fraction(961))
    assert known_of(figure("5.5", kind="forslag"), "mio. kr.").place is None
    share = known_of(figure("961"), "forløb") / known_of(figure("1087"), "forløb")
    assert share.place is None
    assert known_of(figure("961"), "fuldtidspersoner").place == 0
    assert known_of(figure("961", "ca"), "forløb").place == 0


def test_a_derived_figure_shows_how_it_is_computed(small: SmallData) -> None:
    figures = check(small.root).figures
    share, total = figures["andel-1901"], figures["sum-1903"]
    assert share.value == 20
    assert share.qualifier == "præcis"
    assert share.as_written == "20,0\u00a0pct."
    assert share.note == "100 × 200 ÷ 1.000 = 20,0\u00a0pct. Prøvenote."
    assert (share.source, share.locator) == ("proeve-a", "Beregnet af Indblik")
    assert share.derived_from == ("antal-1901", "antal-1902")
    assert total.value == 4360
    assert total.qualifier == "ca"
    assert total.as_written == "ca. 4.360"
    assert total.source == "proeve-a"
    assert total.note == (
        "knap 3.900 + ca. 460 = ca. 4.360. Tallene er fra «Prøvekilde A» og «Prøvekilde B»."
    )


def test_derived_figures_may_lean_on_each_other_in_any_order(small: SmallData) -> None:
    text = (small.root / "derived.toml").read_text("utf-8")
    extra = text.split("\n\n")[1].replace("sum-1903", "dobbelt").replace('"sum"', '"dobbelt"')
    extra = extra.replace("[antal-1903] + [to-1902]", "[sum-1903] * 2")
    small.write("derived.toml", f"{extra}\n{text}")
    checked = check(small.root)
    assert checked.complaints.lines() == []
    assert checked.figures["dobbelt"].value == 8720
    assert checked.figures["dobbelt"].derived_from == ("sum-1903",)


def test_a_relation_has_gap_and_intervals(small: SmallData) -> None:
    small.change("relations.toml", 'left = "[andel-1901]"', 'left = "[to-1902] / 20"')
    (row,) = build_tables(check(small.root))["relations"].to_dicts()
    assert (row["left"], row["left_low"], row["left_high"]) == (23.0, 22.75, 23.25)
    assert (row["right"], row["right_low"], row["right_high"]) == (19.5, 19.45, 19.55)
    assert row["gap"] == 3.5
    assert row["explained"] is False
    assert row["figures"] == ["to-1902", "andel-1902"]


def test_rounding_may_explain_a_gap(small: SmallData) -> None:
    small.change("relations.toml", 'left = "[andel-1901]"', 'left = "[to-1902] / 23.5"')
    (row,) = build_tables(check(small.root))["relations"].to_dicts()
    assert row["gap"] != 0
    assert row["explained"] is True


@pytest.mark.parametrize(
    ("ordered", "precision_", "days"), [("1903-05-01", "dag", 40), ("1903-05", "måned", None)]
)
def test_days_are_counted_only_between_days(
    small: SmallData, ordered: str, precision_: str, days: int | None
) -> None:
    small.change("decisions.toml", '"1903-05-01"', f'"{ordered}"')
    small.change("decisions.toml", '"dag"', f'"{precision_}"')
    checked = check(small.root)
    assert checked.complaints.lines() == []
    assert build_tables(checked)["decisions"]["days"].to_list() == [days]
