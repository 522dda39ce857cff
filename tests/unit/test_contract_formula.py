"""Formulas: arithmetic and comparisons over figure ids, nothing else, in any kind of number."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.formula import display, evaluate, evaluate_over, references

VALUES = {"a": 3.0, "b-2018": 4.0, "nul": 0.0}
NUMBERS = st.floats(min_value=-1e6, max_value=1e6)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("[a]", 3), ("[a] + [b-2018] * 2", 11), ("([a] + [b-2018]) * 2", 14), ("-[a]", -3),
        ("100 * [a] / [b-2018]", 75), ("abs([a] - [b-2018])", 1), ("[a]-[b-2018]", -1),
        ("min([a], [b-2018], 1)", 1), ("max([a], [b-2018])", 4), ("round([a] / 2)", 2),
        ("[a] < [b-2018]", True), ("[a] >= [b-2018]", False), ("1 < [a] < [b-2018] <= 4", True),
        ("[a] == 3", True), ("[a] != 3", False), ("[a] * 0.5", 1.5),
    ],
)  # fmt: skip
def test_values(expression: str, value: float) -> None:
    assert evaluate(expression, VALUES) == value


@given(NUMBERS, NUMBERS)
def test_it_computes_as_python_does(a: float, b: float) -> None:
    values = {"a": a, "b": b}
    assert evaluate("[a] + [b] * 2 - [a] / 4", values) == a + b * 2 - a / 4
    assert evaluate("[a] < [b]", values) == (a < b)


@given(st.fractions(), st.fractions())
def test_it_computes_in_exact_numbers_too(a: Fraction, b: Fraction) -> None:
    value = evaluate_over("[a] * 0.1 + [b]", {"a": a, "b": b}, number=Fraction)
    assert value == a / 10 + b


@pytest.mark.parametrize(
    "expression",
    ["", "[a", "[A]", "a", "_0_", "[a] + v0", "[a] ** 2", "[a] % 2", "[a] // 2", "[a] and [a]",
     "not [a]", "[a] if 1 else 2", "'tekst'", "True", "open('x')", "__import__('os')", "[a].real",
     "[a][0]", "lambda: 1", "(1, 2)", "abs([a], key=1)", "abs()", "min()", "[a] in [a]", "[a];[a]",
     "+[a]", "1j", "x := 1", "[a] \x00", "(" * 500],
)  # fmt: skip
def test_anything_else_is_refused_in_danish(expression: str) -> None:
    with pytest.raises(ValueError, match="formlen «"):
        evaluate(expression, VALUES)


def test_unknown_ids_and_zero_are_told_apart() -> None:
    with pytest.raises(KeyError):
        evaluate("[ukendt]", VALUES)
    with pytest.raises(ZeroDivisionError):
        evaluate("1 / [nul]", VALUES)


def test_references_come_once_in_order() -> None:
    assert references("[b-2018] + [a] * [b-2018]") == ["b-2018", "a"]


def test_a_formula_as_people_read_it() -> None:
    texts = {"a": "ca. 460", "b-2018": "18 pct."}
    assert display("[a] / ([b-2018] / 100)", texts) == "ca. 460 ÷ (18 pct. ÷ 100)"
    assert display("10000 * [a] - [b-2018]-0.18", texts) == "10.000 × ca. 460 − 18 pct.−0,18"
