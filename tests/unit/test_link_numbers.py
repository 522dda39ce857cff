"""Numbers in addresses: what is written is read back, and what cannot be used is moved and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import link
from dashboard.link import Choice, Number

K = Number("k", "Beløb", 0, 14, 0.5, 8)
F = Number("f", "Andel", 0, 100, 0.1)
C = Number("c", "Pris", 0.1, 2, 0.01)
BOTH = [K, F, C, Choice("vis", "Vis", {"a": "A", "b": "B"}, ("a",))]


@st.composite
def numbers(draw):
    step = draw(st.sampled_from([0.01, 0.1, 0.25, 0.5, 1, 5, 100]))
    low = draw(st.integers(-5, 5)) * step
    steps = draw(st.integers(1, 2000))
    start = draw(st.none() | st.integers(0, steps).map(lambda i: low + i * step))
    number = Number("x", "Tallet", low, low + steps * step, step, start)
    return number, number.nearest(low + draw(st.integers(0, steps)) * step)


@given(numbers(), st.booleans())
def test_written_numbers_are_read_back(drawn, full):
    number, value = drawn
    values = {"x": (number.text(value),)}
    params = {k: [v] for k, v in link.write(values, [number], full=full).items()}
    assert link.read(params, [number]) == (values, [])


@given(numbers())
def test_an_empty_number_is_read_back(drawn):
    number, _ = drawn
    values = {"x": number.default}
    params = {k: [v] for k, v in link.write(values, [number], full=True).items()}
    assert link.read(params, [number]) == (values, [])
    assert link.read({}, [number]) == (values, [])


@given(numbers())
def test_what_the_screen_shows_can_be_typed(drawn):
    number, value = drawn
    assert link.typed(number, number.danish(value)) == ((number.text(value),), [])


@given(numbers(), st.floats(allow_nan=False, allow_infinity=False))
def test_the_nearest_number_is_valid(drawn, wanted):
    number, _ = drawn
    near = number.nearest(wanted)
    assert number.low - 1e-9 <= near <= number.high + 1e-9
    assert number.nearest(near) == near
    if number.low <= wanted <= number.high:
        assert abs(near - wanted) <= number.step / 2 + 1e-9


@given(st.text(max_size=60))
def test_any_address_gives_a_valid_value_or_none(text):
    for number in (K, F, C):
        (value, aside) = link.read({number.key: [text]}, [number])
        chosen = value[number.key]
        assert chosen == () or number.low <= float(chosen[0]) <= number.high
        assert chosen or number.start is None
        for complaint in aside:
            assert len(complaint.what) < 120


@given(st.text(max_size=60))
def test_anything_typed_gives_a_valid_value_or_none(text):
    for number in (K, F, C):
        chosen, _ = link.typed(number, text)
        assert chosen == () or number.low <= float(chosen[0]) <= number.high


@pytest.mark.parametrize(
    ("given_", "value"),
    [("8", "8"), ("8.5", "8.5"), ("8,5", "8.5"), ("08", "8"), ("0", "0"), ("14", "14")],
)
def test_comma_and_full_stop_are_both_decimals(given_, value):
    assert link.read({"k": [given_]}, [K]) == ({"k": (value,)}, [])


@pytest.mark.parametrize(
    ("given_", "value", "why"),
    [
        ("99", "14", "fra 0 til 14"),
        ("-3", "0", "fra 0 til 14"),
        ("7.3", "7.5", "trinnet er 0,5"),
        ("otte", "8", "ikke et tal"),
        ("", "8", "ikke et tal"),
        ("1e3", "8", "ikke et tal"),
        ("nan", "8", "ikke et tal"),
        ("<b>", "8", "ikke et tal"),
    ],
)
def test_what_cannot_be_used_is_moved_and_named(given_, value, why):
    values, aside = link.read({"k": [given_]}, [K])
    assert values == {"k": (value,)}
    assert len(aside) == 1
    assert "Beløb" in aside[0].what
    assert why in aside[0].why


def test_a_number_that_is_not_chosen_stays_so():
    assert link.read({}, [F]) == ({"f": ()}, [])
    assert link.amount({"f": ()}, "f") is None
    assert link.amount({"f": ("2.5",)}, "f") == 2.5


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,34", "0.34"), ("0.34", "0.34"), (" 1 ", "1"), ("0.3", "0.3"), ("1,5", "1.5")],
)
def test_danish_and_point_decimals_can_be_typed(text, value):
    assert link.typed(C, text) == ((value,), [])


def test_a_full_stop_groups_thousands_when_typed():
    assert link.typed(Number("n", "Unge", 100, 10_000, 1), "3.000") == (("3000",), [])


def test_a_repeated_number_is_named():
    values, aside = link.read({"k": ["5", "6"]}, [K])
    assert values == {"k": ("5",)}
    assert "flere gange" in aside[0].why


def test_numbers_and_choices_share_an_address():
    values = {"k": ("5",), "f": ("2.5",), "c": (), "vis": ("b",)}
    params = link.write(values, BOTH)
    assert params == {"k": "5", "f": "2.5", "vis": "b"}
    assert link.read({k: [v] for k, v in params.items()}, BOTH) == (values, [])
